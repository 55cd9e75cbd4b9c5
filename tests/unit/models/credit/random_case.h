/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Random subjects, facts and related entities for the credit tests and the oracle comparison:
 * the same seed gives the same case. Values crowd around the places where results change.
 */
#ifndef HENG_TESTS_CREDIT_RANDOM_CASE_H
#define HENG_TESTS_CREDIT_RANDOM_CASE_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/credit/score.h"

enum { CASE_FACTS = 24, CASE_OTHERS = 4, CASE_OTHER_FACTS = 3, CASE_FILE_SIZE = 65536 };

struct random_other {
    struct credit_subject subject;
    struct credit_fact facts[CASE_OTHER_FACTS];
    size_t fact_count;
    uint32_t relations;
};

struct random_case {
    uint64_t state;
    day as_of;
    struct credit_subject subject;
    struct credit_fact facts[CASE_FACTS];
    size_t fact_count;
    struct random_other others[CASE_OTHERS];
    size_t other_count;
    struct credit_related related;
};

/* splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t random_next(struct random_case *c)
{
    uint64_t z = (c->state += UINT64_C(0x9e3779b97f4a7c15));
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static inline unsigned random_below(struct random_case *c, unsigned n)
{
    return (unsigned)(random_next(c) % n);
}

static inline day random_day(struct random_case *c)
{
    static const int ages[] = {0,   1,   29,  30,  31,  89,  90,  99,   100,  101,  119,
                               120, 364, 365, 366, 729, 730, 731, 1095, 1096, 1097, -1};
    if (random_below(c, 2))
        return c->as_of - ages[random_below(c, sizeof ages / sizeof ages[0])];
    return c->as_of - (int)random_below(c, 1300) + 20;
}

static inline struct credit_fact random_fact(struct random_case *c)
{
    static const char *const grades[] = {"A", "B", "M", "C", "D", "优", "差", "AAA"};
    struct credit_fact fact = {
        .id = random_next(c) % 1000000,
        .kind = (uint8_t)(1 + random_below(c, CREDIT_KIND_COUNT - 1)),
        .severity = (uint8_t)random_below(c, CREDIT_SEVERITY_COUNT),
        .amount_fen = random_below(c, 3) ? 0 : (int64_t)random_below(c, 3000000),
        .occurred_on = random_day(c),
        .ends_on = DAY_NONE,
    };
    if (random_below(c, 4) == 0)
        fact.kind = random_below(c, 2) ? CREDIT_KIND_INSPECTION : CREDIT_KIND_COMPLAINT;
    do
        fact.state = (uint8_t)random_below(c, CREDIT_STATE_COUNT);
    while (!(credit_kind_states((enum credit_kind)fact.kind) >> fact.state & 1u));
    if (random_below(c, 4) == 0) {
        fact.ends_on = c->as_of + (int)random_below(c, 3) - 1;
        fact.ends_by = (uint8_t)(1 + random_below(c, CREDIT_END_COUNT - 1));
    }
    (void)credit_grade_set(&fact, text_of(grades[random_below(c, 8)]));
    return fact;
}

static inline struct credit_subject random_subject(struct random_case *c)
{
    static const char *const regions[] = {"", "500103", "500112", "510100", "500103001002"};
    struct credit_subject subject = credit_subject_unknown((int64_t)(random_next(c) >> 1));
    subject.entity_type = (uint8_t)random_below(c, CREDIT_ENTITY_COUNT);
    subject.status = (uint8_t)random_below(c, CREDIT_STATUS_COUNT);
    subject.industry_section = (uint8_t)(random_below(c, 3) ? 'A' + random_below(c, 9) : 0);
    subject.industry_division = (uint8_t)(random_below(c, 2) ? 62 : random_below(c, 10));
    subject.licence_tags = random_below(c, 4) * 2u;
    const char *region = regions[random_below(c, 5)];
    memcpy(subject.region_code, region, strlen(region));
    if (random_below(c, 4))
        subject.registered_on = c->as_of - (int)random_below(c, 2600) + 30;
    if (random_below(c, 4))
        subject.capital_fen = (int64_t)random_below(c, 200000000);
    if (random_below(c, 4))
        subject.employees = (int32_t)random_below(c, 20);
    if (random_below(c, 2))
        subject.risk_ppm = (int32_t)random_below(c, 1000001);
    return subject;
}

static inline void random_others(struct random_case *c)
{
    c->other_count = random_below(c, CASE_OTHERS + 1);
    for (size_t i = 0; i < c->other_count; i++) {
        struct random_other *other = &c->others[i];
        other->subject = random_subject(c);
        other->relations = (1u + random_below(c, (1u << (CREDIT_RELATION_COUNT - 1)) - 1u)) << 1;
        other->fact_count = random_below(c, CASE_OTHER_FACTS + 1);
        for (size_t k = 0; k < other->fact_count; k++)
            other->facts[k] = random_fact(c);
    }
}

static inline struct random_case random_case_of(uint64_t seed)
{
    static const day days[] = {20634, 20513, 19782, 20453}; /* 2026-06-30, -03-01, 2024-02-29 … */
    struct random_case c = {.state = seed};
    c.as_of = random_below(&c, 2) ? days[random_below(&c, 4)] : 20000 + (int)random_below(&c, 700);
    c.subject = random_subject(&c);
    c.fact_count = random_below(&c, CASE_FACTS + 1);
    for (size_t i = 0; i < c.fact_count; i++)
        c.facts[i] = random_fact(&c);
    random_others(&c);
    return c;
}

/* The case as an input for this plan; it points into the case. */
static inline struct credit_input random_input(struct random_case *c,
                                               const struct credit_plan *plan)
{
    memset(&c->related, 0, sizeof c->related);
    for (size_t i = 0; i < c->other_count; i++) {
        const struct random_other *other = &c->others[i];
        credit_related_add(
            plan->model, &c->related, other->relations,
            credit_related_bits(plan, &other->subject, other->facts, other->fact_count));
    }
    return (struct credit_input){.subject = &c->subject,
                                 .facts = c->facts,
                                 .fact_count = c->fact_count,
                                 .related = &c->related};
}

/* A file below the source directory; the program ends when it cannot be read. */
static inline size_t read_source_file(const char *root, const char *name, char *out)
{
    char path[1024];
    (void)snprintf(path, sizeof path, "%s/%s", root, name);
    FILE *file = fopen(path, "rb");
    if (!file) {
        perror(path);
        exit(1);
    }
    size_t size = fread(out, 1, CASE_FILE_SIZE - 1, file);
    (void)fclose(file);
    out[size] = '\0';
    return size;
}

#endif
