/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/score.h"

#include <assert.h>
#include <string.h>

/* Every function below is compiled twice, with and without a sink, so that the silent form does not
 * pay for the telling one. */
#define EITHER static inline __attribute__((always_inline))

static void tell(const struct credit_sink *sink, struct credit_part part)
{
    sink->take(sink->context, &part);
}

static void tell_fact(const struct credit_plan *plan, const struct credit_sink *sink,
                      const struct credit_fact *fact, unsigned counter, unsigned step,
                      int64_t weight)
{
    const struct credit_owner *owner = &plan->model->owners[counter];
    if (weight == 0 || owner->is_adverse)
        return;
    struct credit_part part = {
        .role = CREDIT_ROLE_EVIDENCE,
        .dimension = -1,
        .indicator = owner->is_rule ? -1 : owner->index,
        .rule = owner->is_rule ? owner->index : -1,
        .fact = fact,
        .age_days = plan->as_of - fact->occurred_on,
    };
    if (!owner->is_rule) {
        const struct credit_indicator *indicator = &plan->model->indicators[owner->index];
        part.dimension = indicator->dimension;
        if (indicator->step_count > 0) {
            part.role = CREDIT_ROLE_RECORD;
            part.points_milli = weight;
            part.decay_ppm = indicator->steps[step].ppm;
        }
    }
    tell(sink, part);
}

/* credit_fact_counts() without branches: whether a fact counts cannot be foretold. */
static inline bool counts(const struct credit_fact *fact, day as_of)
{
    return (fact->occurred_on <= as_of) & ((fact->ends_on == DAY_NONE) | (fact->ends_on > as_of));
}

EITHER void count_facts(const struct credit_plan *plan, const struct credit_input *input,
                        int64_t *tally, const struct credit_sink *sink)
{
    const uint64_t *counters_of = plan->model->counters_of;
    for (size_t i = 0; i < input->fact_count; i++) {
        const struct credit_fact *fact = &input->facts[i];
        uint64_t counters = counters_of[credit_cell(fact->kind, fact->state, fact->severity)];
        counters &= 0 - (uint64_t)counts(fact, plan->as_of);
        for (; counters; counters &= counters - 1) {
            unsigned c = (unsigned)__builtin_ctzll(counters);
            const struct credit_counter *counter = &plan->counters[c];
            unsigned step = 0;
            for (unsigned k = 0; k < CREDIT_STEPS_CAP; k++)
                step += fact->occurred_on < counter->start[k];
            int64_t weight = counter->weight[step][fact->severity];
            tally[c] += counter->by_amount ? weight * fact->amount_fen : weight;
            if (sink)
                tell_fact(plan, sink, fact, c, step, weight);
        }
    }
}

static int64_t clamp(int64_t value, int64_t min, int64_t max)
{
    return value < min ? min : value > max ? max : value;
}

static void tell_measure(const struct credit_plan *plan, const struct credit_input *input,
                         const struct credit_sink *sink, unsigned index,
                         struct credit_measure measure)
{
    const struct credit_indicator *indicator = &plan->model->indicators[index];
    if (indicator->step_count > 0)
        return;
    struct credit_part part = {
        .role = CREDIT_ROLE_INDICATOR,
        .dimension = indicator->dimension,
        .indicator = (int)index,
        .rule = -1,
        .points_milli = measure.points_milli,
        .value = measure.value,
    };
    if (measure.missing) {
        part.role = CREDIT_ROLE_MISSING;
    } else if (indicator->attribute) {
        part.role = CREDIT_ROLE_ATTRIBUTE;
    } else if (indicator->value_count > 0) {
        part.role = CREDIT_ROLE_ATTRIBUTE;
        part.fact = credit_indicator_grade(indicator, input, plan->as_of);
        part.age_days = plan->as_of - part.fact->occurred_on;
    }
    tell(sink, part);
}

/* Constants and limits: parts that only have points. */
static void tell_points(const struct credit_sink *sink, enum credit_role role, int dimension,
                        int indicator, int64_t points_milli)
{
    if (points_milli != 0)
        tell(sink, (struct credit_part){.role = role,
                                        .dimension = dimension,
                                        .indicator = indicator,
                                        .rule = -1,
                                        .points_milli = points_milli});
}

EITHER int64_t add_indicator(const struct credit_plan *plan, const struct credit_input *input,
                             const int64_t *tally, unsigned index, unsigned *missing,
                             const struct credit_sink *sink)
{
    const struct credit_indicator *indicator = &plan->model->indicators[index];
    struct credit_measure measure =
        indicator->kind->measure(indicator, input, plan->as_of, tally + indicator->counter);
    *missing += measure.missing;
    int64_t points = clamp(measure.points_milli, indicator->min_milli, indicator->max_milli);
    if (sink) {
        tell_measure(plan, input, sink, index, measure);
        tell_points(sink, CREDIT_ROLE_CAP, indicator->dimension, (int)index,
                    points - measure.points_milli);
    }
    return points;
}

EITHER int64_t add_dimension(const struct credit_plan *plan, const struct credit_input *input,
                             const int64_t *tally, unsigned index, unsigned *missing,
                             const struct credit_sink *sink)
{
    const struct credit_dimension *dimension = &plan->model->dimensions[index];
    int64_t sum = dimension->base_milli;
    if (sink)
        tell_points(sink, CREDIT_ROLE_BASE, (int)index, -1, sum);
    for (unsigned i = 0; i < dimension->indicator_count; i++)
        sum += add_indicator(plan, input, tally, dimension->first_indicator + i, missing, sink);
    int64_t points = clamp(sum, dimension->min_milli, dimension->max_milli);
    if (sink)
        tell_points(sink, CREDIT_ROLE_CAP, (int)index, -1, points - sum);
    return points;
}

static bool rule_holds(const struct credit_rule *rule, const struct credit_input *input,
                       const int64_t *tally)
{
    if (rule->facts.kinds == 0)
        return rule->statuses >> input->subject->status & 1u;
    return tally[rule->counter] >= rule->count_min;
}

static uint32_t rules_that_hold(const struct credit_model *model, const struct credit_input *input,
                                const int64_t *tally)
{
    uint32_t held = 0;
    for (unsigned i = 0; i < model->rule_count; i++)
        held |= (uint32_t)rule_holds(&model->rules[i], input, tally) << i;
    return held;
}

static int adjustment(const struct credit_model *model, uint32_t held)
{
    bool up = false;
    bool down = false;
    for (unsigned i = model->direct_count; i < model->rule_count; i++) {
        bool holds = held >> i & 1u;
        up = up || (holds && model->rules[i].effect == CREDIT_EFFECT_UP);
        down = down || (holds && model->rules[i].effect == CREDIT_EFFECT_DOWN);
    }
    return (int)down - (int)up;
}

/* See rule.h for the order of precedence. */
static void decide_class(const struct credit_model *model, uint32_t held,
                         struct credit_result *result)
{
    int rank = (int)credit_model_rank(model, result->score_milli);
    int worst = (int)strlen(model->classes) - 1;
    result->class_by_score = model->classes[rank];
    int adjusted = (int)clamp(rank + adjustment(model, held), 0, worst);
    int floored = adjusted;
    result->direct_rule = result->floor_rule = -1;
    for (unsigned i = 0; i < model->direct_count; i++) {
        const struct credit_rule *rule = &model->rules[i];
        if (!(held >> i & 1u))
            continue;
        if (rule->effect == CREDIT_EFFECT_CLASS) {
            result->direct_rule = (int8_t)i;
            result->floor_rule = -1;
            result->adjust = 0;
            result->class_letter = model->classes[rule->rank];
            return;
        }
        if (rule->rank > floored) {
            floored = rule->rank;
            result->floor_rule = (int8_t)i;
        }
    }
    result->adjust = (int8_t)(adjusted - rank);
    result->class_letter = model->classes[floored];
}

static void tell_rules(const struct credit_model *model, uint32_t held, const int64_t *tally,
                       const struct credit_result *result, const struct credit_sink *sink)
{
    for (unsigned i = 0; i < model->rule_count; i++) {
        const struct credit_rule *rule = &model->rules[i];
        if (!(held >> i & 1u))
            continue;
        tell(sink, (struct credit_part){
                       .role = CREDIT_ROLE_RULE,
                       .dimension = -1,
                       .indicator = -1,
                       .rule = (int)i,
                       .value = rule->facts.kinds ? tally[rule->counter] : 0,
                       .applied = (int)i == result->direct_rule || (int)i == result->floor_rule ||
                                  (rule->effect == CREDIT_EFFECT_UP && result->adjust < 0) ||
                                  (rule->effect == CREDIT_EFFECT_DOWN && result->adjust > 0),
                   });
    }
}

EITHER void evaluate(const struct credit_plan *plan, const struct credit_input *input,
                     struct credit_result *result, const struct credit_sink *sink)
{
    const struct credit_model *model = plan->model;
    assert(input->fact_count <= CREDIT_FACTS_CAP);
    int64_t tally[CREDIT_COUNTERS_CAP + CREDIT_INDICATOR_COUNTERS];
    memset(tally, 0, (model->counter_count + CREDIT_INDICATOR_COUNTERS) * sizeof tally[0]);
    *result = (struct credit_result){.score_milli = model->base_milli};
    if (sink)
        tell_points(sink, CREDIT_ROLE_BASE, -1, -1, model->base_milli);
    count_facts(plan, input, tally, sink);
    unsigned missing = 0;
    for (unsigned i = 0; i < model->dimension_count; i++) {
        int64_t points = add_dimension(plan, input, tally, i, &missing, sink);
        result->dimension_milli[i] = (int32_t)points;
        result->score_milli += points;
    }
    unsigned may_miss = model->may_miss_count;
    result->coverage_ppm =
        may_miss ? (int32_t)((may_miss - missing) * CREDIT_PPM / may_miss) : (int32_t)CREDIT_PPM;
    result->low_coverage = result->coverage_ppm < model->low_coverage_ppm;
    uint32_t held = rules_that_hold(model, input, tally);
    decide_class(model, held, result);
    if (sink)
        tell_rules(model, held, tally, result, sink);
}

void credit_score(const struct credit_plan *plan, const struct credit_input *input,
                  struct credit_result *result)
{
    evaluate(plan, input, result, NULL);
}

void credit_score_told(const struct credit_plan *plan, const struct credit_input *input,
                       struct credit_result *result, const struct credit_sink *sink)
{
    assert(sink && sink->take);
    evaluate(plan, input, result, sink);
}
