/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scores one entity: model + facts + day → score, class, points per dimension. Integers only, so
 * the same inputs give the same bits anywhere. Nothing is allocated; a plan and its model may be
 * shared by threads.
 *
 * Facts may come in any order and may include ones that do not count on the day: they are left
 * out here (see fact.h). At most CREDIT_FACTS_CAP facts; values must have passed
 * credit_fact_check() and credit_subject_check().
 *
 * There is one evaluation. credit_score() runs it silently, credit_score_told() also tells every
 * part of the score to a sink, and the points it tells add up exactly to the score.
 */
#ifndef HENG_MODELS_CREDIT_SCORE_H
#define HENG_MODELS_CREDIT_SCORE_H

#include "models/credit/model.h"

/* A model prepared for one day: 22 KB, meant for the stack. */
struct credit_plan {
    const struct credit_model *model;
    day as_of;
    struct credit_counter counters[CREDIT_COUNTERS_CAP];
    day related_start[CREDIT_RELATED_CAP];
};

void credit_plan_init(struct credit_plan *plan, const struct credit_model *model, day as_of);

struct credit_result {
    int64_t score_milli;
    int32_t dimension_milli[CREDIT_DIMENSIONS_CAP];
    int32_t coverage_ppm; /* indicators with data / indicators that data can be missing for */
    int8_t direct_rule;   /* index into model.rules of the class rule that decided, or -1 */
    int8_t floor_rule;    /* of the floor that made the class worse, or -1 */
    int8_t adjust;        /* classes moved by adjust: -1 better, 0, 1 worse */
    bool low_coverage;    /* coverage below what the document asks for */
    char class_by_score;  /* by the bands alone */
    char class_letter;    /* the class */
};

enum credit_role {
    CREDIT_ROLE_BASE,      /* the model's or a dimension's constant */
    CREDIT_ROLE_RECORD,    /* a fact with points of its own */
    CREDIT_ROLE_EVIDENCE,  /* a fact that was counted; the indicator gives the points */
    CREDIT_ROLE_INDICATOR, /* the points of count, amount, share, related, growth, risk */
    CREDIT_ROLE_ATTRIBUTE, /* the points of a field of the subject, or of an imported grade */
    CREDIT_ROLE_MISSING,   /* neutral points for missing data */
    CREDIT_ROLE_CAP,       /* what an indicator's or a dimension's limits take or add */
    CREDIT_ROLE_RULE,      /* a rule that holds; no points */
    CREDIT_ROLE_COUNT
};

/* One part of a score. Indices are -1 where they do not apply. */
struct credit_part {
    enum credit_role role;
    int dimension;
    int indicator;
    int rule;
    const struct credit_fact *fact; /* RECORD, EVIDENCE, an imported grade; else NULL */
    int64_t points_milli;
    int64_t value; /* what the bands or list were asked for; RULE: how many facts */
    int32_t age_days;
    int32_t decay_ppm; /* RECORD */
    bool applied;      /* RULE: it decided or changed the class */
};

struct credit_sink {
    void (*take)(void *context, const struct credit_part *part);
    void *context;
};

void credit_score(const struct credit_plan *plan, const struct credit_input *input,
                  struct credit_result *result);
void credit_score_told(const struct credit_plan *plan, const struct credit_input *input,
                       struct credit_result *result, const struct credit_sink *sink);

/* For which of the model's related indicators this entity is a hit as somebody's relation: one
 * bit each. */
uint8_t credit_related_bits(const struct credit_plan *plan, const struct credit_subject *subject,
                            const struct credit_fact *facts, size_t fact_count);

/* Adds one related entity, which must be added once, with all relations it is related by (bits
 * 1u << enum credit_relation) and its credit_related_bits(). */
void credit_related_add(const struct credit_model *model, struct credit_related *related,
                        uint32_t relations, uint8_t bits);

/*
 * SHA-256 over what the score depends on: the model's hash, the day, the subject's fields, the
 * related counts, and the facts that count and that the model looks at. Integers are big endian at
 * full width. The facts must be in the order of credit_fact_sort(), so that the hash is the same
 * whatever order they were found in; returns false when they are not.
 */
ERROR_CHECKED bool credit_inputs_hash(const struct credit_plan *plan,
                                      const struct credit_input *input, struct digest *digest,
                                      unsigned char out[DIGEST_SIZE], struct error *err);

#endif
