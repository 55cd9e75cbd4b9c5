/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Indicators: the parts of a dimension that give points. Their kinds are one table (indicator.c):
 * how each is read from the document, which counters it needs, and how counts become points.
 *
 * A counter adds one weight per counting fact that its condition admits, chosen by the fact's age
 * and severity; all of an indicator's looking at facts is done by its counters.
 *
 *   attribute  points by value or band of a field of the subject
 *   events     per fact: points by severity * decay ppm by age / 1,000,000, towards zero
 *   count      bands over the number of facts in a window
 *   amount     bands over the sum of their amount_fen
 *   share      bands over (adverse * 1,000,000 + prior share_ppm * weight) / (all + weight), down
 *   related    the same over related entities that have such a fact or status, each counted once
 *   growth     bands over (recent * E + events * R) * 1,000,000 / ((earlier + events) * R), down:
 *              the recent rate (age below R days) against the earlier one (R <= age < R + E)
 *   imported   points by the latest grade another scheme gave
 *   risk       bands over a stored prediction in ppm
 *
 * Missing data gives missing_milli, the neutral points that the document states, or for share and
 * related the points of the prior alone; it lowers the coverage.
 */
#ifndef HENG_MODELS_CREDIT_INDICATOR_H
#define HENG_MODELS_CREDIT_INDICATOR_H

#include "models/credit/attribute.h"
#include "models/credit/condition.h"

enum {
    CREDIT_STEPS_CAP = 8,
    CREDIT_VALUES_CAP = 128,
    CREDIT_RELATED_CAP = 8,
    CREDIT_PRIOR_CAP = 1000,
    CREDIT_INDICATOR_COUNTERS = 2,
};

struct credit_step {
    struct credit_window within;
    int32_t ppm;
};

/* A listed value and its points. */
struct credit_value {
    const char *text;
    int64_t key;
    int64_t points_milli;
};

/* Prepared for one day. The weight of a fact that occurred before start[steps - 1] is in
 * weight[steps], which is zero. */
struct credit_counter {
    day start[CREDIT_STEPS_CAP];
    int64_t weight[CREDIT_STEPS_CAP + 1][CREDIT_SEVERITY_COUNT];
    uint8_t steps;
    bool by_amount; /* the weight is multiplied with amount_fen */
};

/* Related entities by related indicator of the model, in document order. */
struct credit_related {
    uint32_t total[CREDIT_RELATED_CAP];
    uint32_t hits[CREDIT_RELATED_CAP];
};

/* What one entity is scored from. related is NULL when relations are not known. */
struct credit_input {
    const struct credit_subject *subject;
    const struct credit_fact *facts;
    size_t fact_count;
    const struct credit_related *related;
};

struct credit_measure {
    int64_t value; /* what the bands or list were asked for */
    int64_t points_milli;
    bool missing;
};

struct credit_indicator;

struct credit_indicator_kind {
    const char *name;
    const char *const *members; /* besides the common ones */
    uint8_t counters;
    bool may_miss;
    bool (*read)(const struct credit_reader *reader, const json_t *object,
                 const struct json_place *place, struct credit_indicator *out);
    void (*arm)(const struct credit_indicator *indicator, day as_of,
                struct credit_counter *counters);
    struct credit_measure (*measure)(const struct credit_indicator *indicator,
                                     const struct credit_input *input, day as_of,
                                     const int64_t *tally);
};

struct credit_indicator {
    const char *id;
    struct credit_title title;
    const char *basis; /* legal basis, NULL when the document gives none */
    const struct credit_indicator_kind *kind;
    int64_t min_milli;
    int64_t max_milli;
    uint8_t dimension;
    uint8_t counter; /* the first of its counters */
    uint8_t related; /* its place among the related indicators */

    struct credit_condition facts[CREDIT_INDICATOR_COUNTERS]; /* of each counter */
    struct credit_window within;
    struct credit_step steps[CREDIT_STEPS_CAP]; /* events */
    uint8_t step_count;
    int64_t points_milli[CREDIT_SEVERITY_COUNT]; /* events */
    struct credit_bands bands;
    int64_t missing_milli;
    const struct credit_attribute *attribute;
    struct credit_value *values; /* attribute by list, imported */
    size_t value_count;
    int64_t other_milli;     /* attribute by list: a known value that is not listed */
    int64_t prior_share_ppm; /* share, related */
    int64_t prior_weight;    /* share, related; growth: events */
    uint32_t statuses;       /* related */
    uint32_t relations;      /* related */
    int64_t recent_days;     /* growth */
    int64_t earlier_days;    /* growth */
};

ERROR_CHECKED bool credit_indicator_read(const struct credit_reader *reader, const json_t *object,
                                         const struct json_place *place,
                                         struct credit_indicator *out);

/* The latest grade that counts, for an imported indicator; NULL when there is none. */
const struct credit_fact *credit_indicator_grade(const struct credit_indicator *indicator,
                                                 const struct credit_input *input, day as_of);

/* The listed value that gave an attribute its points, NULL when none did. */
const struct credit_value *credit_indicator_value(const struct credit_indicator *indicator,
                                                  const struct credit_subject *subject,
                                                  int64_t value);

/* Adds a step to a counter: weight 1 for every severity from this day on. */
void credit_counter_window(struct credit_counter *counter, day start);

#endif
