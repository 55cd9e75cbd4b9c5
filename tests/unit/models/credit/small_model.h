/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One-dimension models written out of fragments, and subjects scored with them. */
#ifndef HENG_TESTS_CREDIT_SMALL_MODEL_H
#define HENG_TESTS_CREDIT_SMALL_MODEL_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/models.h"
#include "tests/unit/models/credit/random_case.h"

static struct arena small_arena;

static inline day date(const char *text)
{
    day value = DAY_NONE;
    assert_true(day_parse(text_of(text), &value));
    return value;
}

static inline struct credit_model *model_from(const char *text, size_t size)
{
    struct credit_model *model = NULL;
    struct error err = {.kind = ERROR_NONE};
    if (!credit_model_read(text, size, "test", &small_arena, &model, &err))
        fail_msg("%s: %s", err.subject, err.message);
    return model;
}

/* limits: "min_milli", "max_milli" of the dimension; classes A below 100, B below 200, C, D. */
static inline const char *small_text(const char *direct, const char *adjust, const char *limits,
                                     const char *indicators)
{
    static char text[16384];
    int size = snprintf(
        text, sizeof text,
        "{\"model\":\"heng-credit-model-1\",\"scheme\":\"small\",\"version\":\"1\","
        "\"valid_from\":\"2024-01-01\",\"title\":{\"zh\":\"小\",\"en\":\"small\"},"
        "\"authority\":{\"zh\":\"无\",\"en\":\"none\"},\"example\":true,\"jurisdiction\":\"CN\","
        "\"classes\":[\"A\",\"B\",\"C\",\"D\"],\"base_milli\":0,"
        "\"unknown\":{\"low_coverage_ppm\":500000},"
        "\"bands\":[{\"class\":\"A\",\"below_milli\":100000},{\"class\":\"B\",\"below_milli\":"
        "200000},{\"class\":\"C\",\"below_milli\":300000},{\"class\":\"D\"}],"
        "\"direct\":[%s],\"adjust\":[%s],\"dimensions\":[{\"id\":\"all\",\"title\":{\"zh\":\"全\","
        "\"en\":\"all\"},\"base_milli\":0,%s,\"indicators\":[%s]}]}",
        direct, adjust, limits, indicators);
    assert_in_range(size, 1, sizeof text - 1);
    return text;
}

static inline struct credit_model *small_model(const char *direct, const char *adjust,
                                               const char *limits, const char *indicators)
{
    const char *text = small_text(direct, adjust, limits, indicators);
    return model_from(text, strlen(text));
}

#define WIDE "\"min_milli\":-1000000000,\"max_milli\":1000000000"
#define NAMED(id) "{\"id\":\"" id "\",\"title\":{\"zh\":\"题\",\"en\":\"title\"},"

static inline struct credit_fact fact_on(enum credit_kind kind, day occurred_on)
{
    return (struct credit_fact){
        .id = 1, .kind = (uint8_t)kind, .occurred_on = occurred_on, .ends_on = DAY_NONE};
}

static inline struct credit_result score_with(const struct credit_model *model,
                                              const struct credit_subject *subject,
                                              const struct credit_fact *facts, size_t count,
                                              const struct credit_related *related, day as_of)
{
    struct credit_plan plan;
    struct credit_result result;
    struct credit_input input = {
        .subject = subject, .facts = facts, .fact_count = count, .related = related};
    credit_plan_init(&plan, model, as_of);
    credit_score(&plan, &input, &result);
    return result;
}

static inline struct credit_result score_facts(const struct credit_model *model,
                                               const struct credit_fact *facts, size_t count,
                                               day as_of)
{
    struct credit_subject subject = credit_subject_unknown(1);
    return score_with(model, &subject, facts, count, NULL, as_of);
}

static inline int64_t score_fact(const struct credit_model *model, struct credit_fact fact,
                                 day as_of)
{
    return score_facts(model, &fact, 1, as_of).score_milli;
}

static inline int small_setup(void **state)
{
    (void)state;
    models_init();
    arena_init(&small_arena, 64u * 1024 * 1024);
    return 0;
}

static inline int small_teardown(void **state)
{
    (void)state;
    arena_reset(&small_arena);
    return 0;
}

#endif
