/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <string.h>

#include "models/credit/score.h"

void credit_plan_init(struct credit_plan *plan, const struct credit_model *model, day as_of)
{
    assert(as_of >= DAY_FIRST && as_of <= DAY_LAST);
    memset(plan, 0, sizeof *plan);
    plan->model = model;
    plan->as_of = as_of;
    for (unsigned i = 0; i < CREDIT_COUNTERS_CAP; i++) {
        for (unsigned k = 0; k < CREDIT_STEPS_CAP; k++)
            plan->counters[i].start[k] = DAY_NONE; /* below every day: an unused step */
    }
    for (unsigned i = 0; i < model->indicator_count; i++) {
        const struct credit_indicator *indicator = &model->indicators[i];
        indicator->kind->arm(indicator, as_of, &plan->counters[indicator->counter]);
    }
    for (unsigned i = 0; i < model->rule_count; i++) {
        const struct credit_rule *rule = &model->rules[i];
        if (rule->facts.kinds != 0)
            credit_counter_window(&plan->counters[rule->counter],
                                  credit_window_start(rule->within, as_of));
    }
    for (unsigned i = 0; i < model->related_count; i++)
        plan->related_start[i] =
            credit_window_start(model->indicators[model->related[i]].within, as_of);
}

static uint8_t status_bits(const struct credit_model *model, const struct credit_subject *subject)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < model->related_count; i++)
        bits |= (model->indicators[model->related[i]].statuses >> subject->status & 1u) << i;
    return (uint8_t)bits;
}

uint8_t credit_related_bits(const struct credit_plan *plan, const struct credit_subject *subject,
                            const struct credit_fact *facts, size_t fact_count)
{
    const struct credit_model *model = plan->model;
    unsigned bits = status_bits(model, subject);
    for (size_t f = 0; f < fact_count; f++) {
        const struct credit_fact *fact = &facts[f];
        unsigned admitted = model->related_of[credit_cell(fact->kind, fact->state, fact->severity)];
        if (admitted == 0 || !credit_fact_counts(fact, plan->as_of))
            continue;
        for (unsigned i = 0; i < model->related_count; i++) {
            if (fact->occurred_on >= plan->related_start[i])
                bits |= admitted & 1u << i;
        }
    }
    return (uint8_t)bits;
}

void credit_related_add(const struct credit_model *model, struct credit_related *related,
                        uint32_t relations, uint8_t bits)
{
    for (unsigned i = 0; i < model->related_count; i++) {
        if (!(model->indicators[model->related[i]].relations & relations))
            continue;
        related->total[i]++;
        related->hits[i] += bits >> i & 1u;
    }
}

static void put(struct digest *digest, uint64_t value, unsigned width)
{
    unsigned char bytes[8];
    for (unsigned i = 0; i < width; i++)
        bytes[i] = (unsigned char)(value >> (8 * (width - 1 - i)));
    digest_update(digest, bytes, width);
}

static void put_subject(struct digest *digest, const struct credit_subject *subject)
{
    put(digest, (uint64_t)subject->entity_id, 8);
    put(digest, (uint64_t)subject->capital_fen, 8);
    put(digest, (uint32_t)subject->registered_on, 4);
    put(digest, (uint32_t)subject->employees, 4);
    put(digest, (uint32_t)subject->risk_ppm, 4);
    put(digest, subject->entity_type, 1);
    put(digest, subject->status, 1);
    put(digest, subject->industry_section, 1);
    put(digest, subject->industry_division, 1);
    put(digest, subject->licence_tags, 4);
    digest_update(digest, subject->region_code, CREDIT_REGION_SIZE);
}

static void put_related(struct digest *digest, const struct credit_model *model,
                        const struct credit_related *related)
{
    put(digest, related != NULL, 1);
    for (unsigned i = 0; related && i < model->related_count; i++) {
        put(digest, related->total[i], 4);
        put(digest, related->hits[i], 4);
    }
}

static void put_fact(struct digest *digest, const struct credit_fact *fact)
{
    put(digest, fact->id, 8);
    put(digest, (uint64_t)fact->amount_fen, 8);
    put(digest, (uint32_t)fact->occurred_on, 4);
    put(digest, (uint32_t)fact->ends_on, 4);
    put(digest, fact->kind, 1);
    put(digest, fact->state, 1);
    put(digest, fact->severity, 1);
    put(digest, fact->ends_by, 1);
    digest_update(digest, fact->grade, CREDIT_GRADE_SIZE);
}

bool credit_inputs_hash(const struct credit_plan *plan, const struct credit_input *input,
                        struct digest *digest, unsigned char out[DIGEST_SIZE], struct error *err)
{
    const struct credit_model *model = plan->model;
    digest_start(digest);
    digest_update(digest, model->hash, DIGEST_SIZE);
    put(digest, (uint32_t)plan->as_of, 4);
    put_subject(digest, input->subject);
    put_related(digest, model, input->related);
    for (size_t i = 0; i < input->fact_count; i++) {
        const struct credit_fact *fact = &input->facts[i];
        if (i > 0 && credit_fact_compare(fact - 1, fact) > 0)
            return error_set(err, ERROR_INTERNAL, "credit inputs hash",
                             "expected facts in canonical order, found number %zu out of order",
                             i + 1);
        if (!credit_fact_counts(fact, plan->as_of))
            continue;
        if (model->counters_of[credit_cell(fact->kind, fact->state, fact->severity)] ||
            model->graded_kinds >> fact->kind & 1u)
            put_fact(digest, fact);
    }
    digest_finish(digest, out);
    return true;
}
