/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/measure.h"

#include <string.h>

void credit_counter_window(struct credit_counter *counter, day start)
{
    counter->start[counter->steps] = start;
    for (unsigned severity = 0; severity < CREDIT_SEVERITY_COUNT; severity++)
        counter->weight[counter->steps][severity] = 1;
    counter->steps++;
}

void measure_arm_none(const struct credit_indicator *indicator, day as_of,
                      struct credit_counter *counters)
{
    (void)indicator;
    (void)as_of;
    (void)counters;
}

void measure_arm_events(const struct credit_indicator *indicator, day as_of,
                        struct credit_counter *counters)
{
    counters->steps = indicator->step_count;
    for (unsigned i = 0; i < indicator->step_count; i++) {
        counters->start[i] = credit_window_start(indicator->steps[i].within, as_of);
        for (unsigned severity = 0; severity < CREDIT_SEVERITY_COUNT; severity++)
            counters->weight[i][severity] =
                indicator->points_milli[severity] * indicator->steps[i].ppm / CREDIT_PPM;
    }
}

void measure_arm_count(const struct credit_indicator *indicator, day as_of,
                       struct credit_counter *counters)
{
    credit_counter_window(counters, credit_window_start(indicator->within, as_of));
}

void measure_arm_amount(const struct credit_indicator *indicator, day as_of,
                        struct credit_counter *counters)
{
    measure_arm_count(indicator, as_of, counters);
    counters->by_amount = true;
}

void measure_arm_share(const struct credit_indicator *indicator, day as_of,
                       struct credit_counter *counters)
{
    measure_arm_count(indicator, as_of, &counters[0]);
    measure_arm_count(indicator, as_of, &counters[1]);
}

/* The earlier counter has a first step without weight: the recent days are not its own. */
void measure_arm_growth(const struct credit_indicator *indicator, day as_of,
                        struct credit_counter *counters)
{
    int32_t recent = (int32_t)indicator->recent_days - 1;
    int32_t both = recent + (int32_t)indicator->earlier_days;
    day recent_start = as_of - DAY_FIRST < recent ? DAY_FIRST : as_of - recent;
    credit_counter_window(&counters[0], recent_start);
    credit_counter_window(&counters[1], recent_start);
    memset(counters[1].weight[0], 0, sizeof counters[1].weight[0]);
    credit_counter_window(&counters[1], as_of - DAY_FIRST < both ? DAY_FIRST : as_of - both);
}

static struct credit_measure banded(const struct credit_indicator *indicator, int64_t value)
{
    return (struct credit_measure){
        .value = value,
        .points_milli = credit_bands_points(&indicator->bands, value),
    };
}

static struct credit_measure missing(const struct credit_indicator *indicator)
{
    return (struct credit_measure){
        .value = CREDIT_UNKNOWN,
        .points_milli = indicator->missing_milli,
        .missing = true,
    };
}

static bool value_holds(const struct credit_indicator *indicator, const struct credit_value *listed,
                        const struct credit_subject *subject, int64_t value)
{
    switch (indicator->attribute->form) {
    case CREDIT_FORM_TAGS:
        return value >> listed->key & 1;
    case CREDIT_FORM_REGION:
        return memcmp(subject->region_code, listed->text, strlen(listed->text)) == 0;
    default:
        return value == listed->key;
    }
}

const struct credit_value *credit_indicator_value(const struct credit_indicator *indicator,
                                                  const struct credit_subject *subject,
                                                  int64_t value)
{
    for (size_t i = 0; i < indicator->value_count; i++) {
        if (value_holds(indicator, &indicator->values[i], subject, value))
            return &indicator->values[i];
    }
    return NULL;
}

static int64_t tag_points(const struct credit_indicator *indicator, int64_t tags)
{
    int64_t points_milli = 0;
    bool any = false;
    for (size_t i = 0; i < indicator->value_count; i++) {
        if (value_holds(indicator, &indicator->values[i], NULL, tags)) {
            points_milli += indicator->values[i].points_milli;
            any = true;
        }
    }
    return any ? points_milli : indicator->other_milli;
}

struct credit_measure measure_attribute(const struct credit_indicator *indicator,
                                        const struct credit_input *input, day as_of,
                                        const int64_t *tally)
{
    (void)tally;
    int64_t value = indicator->attribute->value(input->subject, as_of);
    if (value == CREDIT_UNKNOWN)
        return missing(indicator);
    struct credit_measure measure = {.value = value, .points_milli = indicator->other_milli};
    if (indicator->attribute->form == CREDIT_FORM_NUMBER)
        return banded(indicator, value);
    if (indicator->attribute->form == CREDIT_FORM_TAGS) {
        measure.points_milli = tag_points(indicator, value);
        return measure;
    }
    const struct credit_value *listed = credit_indicator_value(indicator, input->subject, value);
    if (listed)
        measure.points_milli = listed->points_milli;
    return measure;
}

struct credit_measure measure_events(const struct credit_indicator *indicator,
                                     const struct credit_input *input, day as_of,
                                     const int64_t *tally)
{
    (void)indicator;
    (void)input;
    (void)as_of;
    return (struct credit_measure){.value = tally[0], .points_milli = tally[0]};
}

struct credit_measure measure_sum(const struct credit_indicator *indicator,
                                  const struct credit_input *input, day as_of, const int64_t *tally)
{
    (void)input;
    (void)as_of;
    return banded(indicator, tally[0]);
}

static struct credit_measure shrunk(const struct credit_indicator *indicator, int64_t all,
                                    int64_t adverse)
{
    int64_t prior = indicator->prior_share_ppm * indicator->prior_weight;
    struct credit_measure measure =
        banded(indicator, (adverse * CREDIT_PPM + prior) / (all + indicator->prior_weight));
    measure.missing = all == 0;
    return measure;
}

struct credit_measure measure_share(const struct credit_indicator *indicator,
                                    const struct credit_input *input, day as_of,
                                    const int64_t *tally)
{
    (void)input;
    (void)as_of;
    return shrunk(indicator, tally[0], tally[1]);
}

struct credit_measure measure_related(const struct credit_indicator *indicator,
                                      const struct credit_input *input, day as_of,
                                      const int64_t *tally)
{
    (void)as_of;
    (void)tally;
    if (!input->related)
        return shrunk(indicator, 0, 0);
    return shrunk(indicator, input->related->total[indicator->related],
                  input->related->hits[indicator->related]);
}

struct credit_measure measure_growth(const struct credit_indicator *indicator,
                                     const struct credit_input *input, day as_of,
                                     const int64_t *tally)
{
    (void)input;
    (void)as_of;
    int64_t recent = indicator->recent_days;
    int64_t events = indicator->prior_weight;
    return banded(indicator, (tally[0] * indicator->earlier_days + events * recent) * CREDIT_PPM /
                                 ((tally[1] + events) * recent));
}

const struct credit_fact *credit_indicator_grade(const struct credit_indicator *indicator,
                                                 const struct credit_input *input, day as_of)
{
    day start = credit_window_start(indicator->within, as_of);
    const struct credit_fact *latest = NULL;
    for (size_t i = 0; i < input->fact_count; i++) {
        const struct credit_fact *fact = &input->facts[i];
        if (!(indicator->facts[0].kinds >> fact->kind & 1u) || fact->occurred_on < start ||
            !credit_fact_counts(fact, as_of))
            continue;
        if (!latest || credit_fact_compare(latest, fact) < 0)
            latest = fact;
    }
    return latest;
}

struct credit_measure measure_imported(const struct credit_indicator *indicator,
                                       const struct credit_input *input, day as_of,
                                       const int64_t *tally)
{
    (void)tally;
    const struct credit_fact *fact = credit_indicator_grade(indicator, input, as_of);
    for (size_t i = 0; fact && i < indicator->value_count; i++) {
        const struct credit_value *listed = &indicator->values[i];
        if (strncmp(fact->grade, listed->text, CREDIT_GRADE_SIZE) == 0)
            return (struct credit_measure){.value = (int64_t)i,
                                           .points_milli = listed->points_milli};
    }
    return missing(indicator);
}

struct credit_measure measure_risk(const struct credit_indicator *indicator,
                                   const struct credit_input *input, day as_of,
                                   const int64_t *tally)
{
    (void)as_of;
    (void)tally;
    if (input->subject->risk_ppm == CREDIT_UNKNOWN)
        return missing(indicator);
    return banded(indicator, input->subject->risk_ppm);
}
