/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_reason.h"

#include "etl/store/score_explain.h"

static const char *const states[] = {[SCORE_EXPLAINED] = "explained",
                                     [SCORE_NOT_SCORED] = "not_scored",
                                     [SCORE_OUTDATED] = "outdated"};

static bool not_scored(json_t *answer, struct error *err)
{
    return view_set(answer, "score", json_null(), err) &&
           view_set(answer, "reasons", json_array(), err) &&
           view_set(answer, "reasons_state", json_string(states[SCORE_NOT_SCORED]), err);
}

/* The numbers of the dimensions get their names and bounds from the run's model. */
static bool name_dimensions(const struct credit_model *model, json_t *score, struct error *err)
{
    json_t *list = json_array();
    json_t *points = json_object_get(score, "dimensions");
    bool ok = list != NULL || error_memory(err);
    for (unsigned i = 0; ok && i < model->dimension_count; i++) {
        const struct credit_dimension *dimension = &model->dimensions[i];
        ok = view_append(list,
                         json_pack("{s:s, s:{s:s, s:s}, s:O, s:I, s:I}", "id", dimension->id,
                                   "title", "zh", dimension->title.zh, "en", dimension->title.en,
                                   "milli", json_array_get(points, i), "min_milli",
                                   (json_int_t)dimension->min_milli, "max_milli",
                                   (json_int_t)dimension->max_milli),
                         err);
    }
    if (ok)
        return view_set(score, "dimensions", list, err);
    json_decref(list);
    return false;
}

static bool add_score(struct view *view, const struct score_explain *explain, const char *identity,
                      json_t *answer, struct error *err)
{
    const char *parameters[] = {view->stamp.score_table, identity};
    json_t *score;
    if (!explain->stored.found)
        return view_set(answer, "score", json_null(), err);
    return view_row(view, "view/entity_score.sql", parameters, 2, "score", &score, err) &&
           view_set(answer, "score", score, err) &&
           name_dimensions(explain->plan.model, score, err);
}

static bool add_origin(const struct score_origin *origin, json_t *record, struct error *err)
{
    return !origin || (view_set(record, "source", json_string(origin->source), err) &&
                       view_set(record, "file", json_string(origin->file), err) &&
                       view_set(record, "line", json_integer((json_int_t)origin->line), err) &&
                       view_set(record, "key", json_string(origin->key), err));
}

static json_t *other_json(const struct score_origin *other)
{
    char on[DAY_TEXT_SIZE];
    return json_pack("{s:s, s:s, s:I, s:s, s:s, s:o}", "source", other->source, "file", other->file,
                     "line", (json_int_t)other->line, "key", other->key, "occurred_on",
                     day_format(other->occurred_on, on), "amount_fen",
                     other->amount_fen < 0 ? json_null() : json_integer(other->amount_fen));
}

/* The other records of the same decision, which count as this one: "others", where there are any.
 */
static bool add_others(const struct score_explain *explain, const struct score_origin *golden,
                       json_t *record, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && golden && golden->decision_id != 0 && i < explain->origin_count; i++) {
        const struct score_origin *other = &explain->origins[i];
        if (other->id == golden->id || other->decision_id != golden->decision_id)
            continue;
        ok = (json_object_get(record, "others") || view_set(record, "others", json_array(), err)) &&
             view_append(json_object_get(record, "others"), other_json(other), err);
    }
    return ok;
}

/* The reasons in their JSON form stand in the same order. */
static bool add_origins(const struct score_explain *explain, json_t *reasons, struct error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < explain->explanation.reason_count; i++) {
        json_t *record = json_object_get(json_array_get(reasons, i), "record");
        const struct credit_reason *reason = &explain->explanation.reasons[i];
        const struct score_origin *origin = score_explain_origin(explain, reason);
        ok = !record ||
             (add_origin(origin, record, err) && add_others(explain, origin, record, err));
    }
    return ok;
}

static bool add_reasons(const struct score_explain *explain, json_t *answer, struct error *err)
{
    json_t *explained;
    if (!view_set(answer, "reasons_state", json_string(states[explain->state]), err))
        return false;
    if (explain->state != SCORE_EXPLAINED)
        return view_set(answer, "reasons", json_array(), err);
    if (!credit_explain_json(&explain->plan, &explain->explanation, &explained, err))
        return false;
    json_t *reasons = json_object_get(explained, "reasons");
    bool ok = add_origins(explain, reasons, err) &&
              view_set(answer, "reasons", json_incref(reasons), err);
    json_decref(explained);
    return ok;
}

bool view_reason_add(struct view *view, const char *scheme, const char *code, const char *identity,
                     json_t *answer, struct error *err)
{
    struct score_explain explain = {.snapshot = NULL};
    if (view->stamp.run_id == 0)
        return not_scored(answer, err);
    bool ok = score_explain_entity(view->db, scheme, code, view->utc_offset_minutes, view->arena,
                                   &explain, err) &&
              add_score(view, &explain, identity, answer, err) &&
              add_reasons(&explain, answer, err);
    score_explain_free(&explain);
    return ok;
}
