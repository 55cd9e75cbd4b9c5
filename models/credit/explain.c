/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/explain.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/credit/wording.h"

static const char *const roles[CREDIT_ROLE_COUNT] = {
    [CREDIT_ROLE_BASE] = "base",
    [CREDIT_ROLE_RECORD] = "record",
    [CREDIT_ROLE_EVIDENCE] = "evidence",
    [CREDIT_ROLE_INDICATOR] = "indicator",
    [CREDIT_ROLE_ATTRIBUTE] = "attribute",
    [CREDIT_ROLE_MISSING] = "missing",
    [CREDIT_ROLE_CAP] = "cap",
    [CREDIT_ROLE_RULE] = "rule",
};

const char *credit_role_name(enum credit_role role)
{
    return roles[role];
}

static void count_part(void *context, const struct credit_part *part)
{
    (void)part;
    (*(size_t *)context)++;
}

static void keep_part(void *context, const struct credit_part *part)
{
    struct credit_explanation *out = context;
    out->reasons[out->reason_count++].part = *part;
}

/* Where a part stands in the document; facts of one indicator stay in their canonical order. */
static long place_of(const struct credit_part *part)
{
    if (part->rule >= 0)
        return 1000000 + part->rule * 2L + (part->role == CREDIT_ROLE_EVIDENCE);
    if (part->dimension < 0)
        return -1;
    long place = part->dimension * 10000L;
    if (part->indicator < 0)
        return part->role == CREDIT_ROLE_BASE ? place : place + 9999;
    place += 1 + part->indicator * 3L;
    if (part->role == CREDIT_ROLE_RECORD || part->role == CREDIT_ROLE_EVIDENCE)
        return place + 1;
    return part->role == CREDIT_ROLE_CAP ? place + 2 : place;
}

static int compare_reasons(const void *a, const void *b)
{
    const struct credit_part *left = &((const struct credit_reason *)a)->part;
    const struct credit_part *right = &((const struct credit_reason *)b)->part;
    long difference = place_of(left) - place_of(right);
    if (difference != 0)
        return difference < 0 ? -1 : 1;
    return left->fact && right->fact ? credit_fact_compare(left->fact, right->fact) : 0;
}

static bool put_words(const struct credit_plan *plan, const struct credit_input *input,
                      struct arena *arena, struct credit_reason *reason)
{
    struct wording words;
    wording_of(plan, input, &reason->part, &words);
    reason->zh = arena_copy(arena, words.zh, strlen(words.zh));
    reason->en = arena_copy(arena, words.en, strlen(words.en));
    if (reason->part.rule >= 0)
        reason->basis = plan->model->rules[reason->part.rule].basis;
    else if (reason->part.indicator >= 0)
        reason->basis = plan->model->indicators[reason->part.indicator].basis;
    return reason->zh && reason->en;
}

bool credit_explain(const struct credit_plan *plan, const struct credit_input *input,
                    struct arena *arena, struct credit_explanation *out, struct error *err)
{
    size_t count = 0;
    *out = (struct credit_explanation){.reason_count = 0};
    struct credit_sink counting = {.take = count_part, .context = &count};
    credit_score_told(plan, input, &out->result, &counting);
    out->reasons = arena_array(arena, count, sizeof *out->reasons);
    if (!out->reasons)
        return arena_error(arena, err);
    struct credit_sink keeping = {.take = keep_part, .context = out};
    credit_score_told(plan, input, &out->result, &keeping);
    assert(out->reason_count == count);
    if (count > 1)
        qsort(out->reasons, count, sizeof *out->reasons, compare_reasons);
    for (size_t i = 0; i < count; i++) {
        if (!put_words(plan, input, arena, &out->reasons[i]))
            return arena_error(arena, err);
    }
    return true;
}

static json_t *day_json(day value)
{
    char text[DAY_TEXT_SIZE];
    return value == DAY_NONE ? json_null() : json_string(day_format(value, text));
}

/* The id is text: a reader in JavaScript would round a large number. */
static json_t *fact_json(const struct credit_part *part)
{
    const struct credit_fact *fact = part->fact;
    char id[24];
    (void)snprintf(id, sizeof id, "%llu", (unsigned long long)fact->id);
    return json_pack("{s:s, s:s, s:s, s:s, s:o, s:o, s:s, s:i, s:I, s:s#}", "id", id, "kind",
                     credit_word_of(CREDIT_KINDS, fact->kind)->name, "state",
                     credit_word_of(CREDIT_STATES, fact->state)->name, "severity",
                     credit_word_of(CREDIT_SEVERITIES, fact->severity)->name, "occurred_on",
                     day_json(fact->occurred_on), "ends_on", day_json(fact->ends_on), "ends_by",
                     credit_word_of(CREDIT_ENDS, fact->ends_by)->name, "age_days",
                     (int)part->age_days, "amount_fen", (json_int_t)fact->amount_fen, "grade",
                     fact->grade, (int)strnlen(fact->grade, CREDIT_GRADE_SIZE));
}

static json_t *reason_json(const struct credit_model *model, const struct credit_reason *reason)
{
    const struct credit_part *part = &reason->part;
    json_t *out = json_pack("{s:s, s:I, s:s, s:s, s:s?}", "role", roles[part->role], "points_milli",
                            (json_int_t)part->points_milli, "zh", reason->zh, "en", reason->en,
                            "basis", reason->basis);
    int failed = !out;
    if (out && part->dimension >= 0)
        failed |= json_object_set_new(out, "dimension",
                                      json_string(model->dimensions[part->dimension].id));
    if (out && part->indicator >= 0)
        failed |= json_object_set_new(out, "indicator",
                                      json_string(model->indicators[part->indicator].id));
    if (out && part->rule >= 0)
        failed |= json_object_set_new(out, "rule", json_string(model->rules[part->rule].id));
    if (out && part->role == CREDIT_ROLE_RULE)
        failed |= json_object_set_new(out, "applied", json_boolean(part->applied));
    if (out && part->role == CREDIT_ROLE_RECORD)
        failed |= json_object_set_new(out, "decay_ppm", json_integer(part->decay_ppm));
    if (out && (part->role == CREDIT_ROLE_INDICATOR || part->role == CREDIT_ROLE_ATTRIBUTE))
        failed |= json_object_set_new(out, "value", json_integer(part->value));
    if (out && part->fact)
        failed |= json_object_set_new(out, "record", fact_json(part));
    if (!failed)
        return out;
    json_decref(out);
    return NULL;
}

static json_t *reasons_json(const struct credit_model *model,
                            const struct credit_explanation *explanation)
{
    json_t *list = json_array();
    for (size_t i = 0; list && i < explanation->reason_count; i++) {
        if (json_array_append_new(list, reason_json(model, &explanation->reasons[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *dimensions_json(const struct credit_model *model, const struct credit_result *result)
{
    json_t *list = json_array();
    for (unsigned i = 0; list && i < model->dimension_count; i++) {
        const struct credit_dimension *dimension = &model->dimensions[i];
        json_t *item =
            json_pack("{s:s, s:s, s:s, s:I}", "id", dimension->id, "zh", dimension->title.zh, "en",
                      dimension->title.en, "points_milli", (json_int_t)result->dimension_milli[i]);
        if (json_array_append_new(list, item) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *model_json(const struct credit_model *model)
{
    char hash[DIGEST_HEX_SIZE];
    text_hex(model->hash, DIGEST_SIZE, hash);
    return json_pack("{s:s, s:s, s:b, s:s}", "scheme", model->scheme, "version", model->version,
                     "example", (int)model->example, "hash", hash);
}

bool credit_explain_json(const struct credit_plan *plan,
                         const struct credit_explanation *explanation, json_t **out,
                         struct error *err)
{
    const struct credit_model *model = plan->model;
    const struct credit_result *result = &explanation->result;
    const char *direct = result->direct_rule < 0 ? NULL : model->rules[result->direct_rule].id;
    const char *floor = result->floor_rule < 0 ? NULL : model->rules[result->floor_rule].id;
    *out = json_pack("{s:s%, s:s%, s:I, s:i, s:b, s:s?, s:s?, s:i, s:o, s:o, s:o, s:o}", "class",
                     &result->class_letter, (size_t)1, "class_by_score", &result->class_by_score,
                     (size_t)1, "score_milli", (json_int_t)result->score_milli, "coverage_ppm",
                     (int)result->coverage_ppm, "low_coverage", (int)result->low_coverage,
                     "direct_rule", direct, "floor_rule", floor, "adjust", (int)result->adjust,
                     "as_of", day_json(plan->as_of), "model", model_json(model), "dimensions",
                     dimensions_json(model, result), "reasons", reasons_json(model, explanation));
    return *out || error_memory(err);
}
