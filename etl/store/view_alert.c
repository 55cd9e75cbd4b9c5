/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_alert.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "models/alert/rule.h"
#include "models/core/json.h"

enum { NUMBER_SIZE = 24 };

static bool add_zeros(json_t *counts, struct error *err)
{
    for (int i = LIFE_NONE + 1; i < LIFE_STATE_COUNT; i++) {
        if (!view_set(counts, life_state_name((enum life_state)i), json_integer(0), err))
            return false;
    }
    return true;
}

static bool add_counts(struct view *view, const struct view_query *query, json_t *answer,
                       struct error *err)
{
    struct db_rows *rows = NULL;
    json_t *counts = json_object();
    const char *parameters[] = {view->region_code,
                                query->value(query->context, "rule"),
                                query->value(query->context, "severity"),
                                query->value(query->context, "region_code"),
                                query->value(query->context, "assignee"),
                                query->value(query->context, "overdue"),
                                view->today};
    if (!view_set(answer, "counts", counts, err) || !add_zeros(counts, err) ||
        !db_run(view->db, "view/alert_counts.sql", parameters, 7, 2, &rows, NULL, err))
        return false;
    bool good = true;
    for (int i = 0; good && i < db_rows_count(rows); i++)
        good = view_set(counts, db_text(rows, i, 0), json_integer(db_integer(rows, i, 1)), err);
    db_rows_free(rows);
    return good;
}

bool view_alert_queue(struct view *view, const void *context, json_t *answer, struct error *err)
{
    return view_list_fill(view, context, answer, err) && add_counts(view, context, answer, err);
}

enum { NEEDS_REASON = 1, NEEDS_ASSIGNEE = 2, NEEDS_VERDICT = 4 };

/* Whether the table of an alert's life lets this actor bring the event about with these given. */
static bool is_allowed(enum life_state state, enum life_event event, unsigned actor, int given)
{
    enum life_state next;
    struct error ignored;
    const struct life_step step = {
        .event = event,
        .actor = (enum life_actor)actor,
        .verdict = given & NEEDS_VERDICT ? LIFE_TRUE : LIFE_NO_VERDICT,
        .assignee = given & NEEDS_ASSIGNEE ? TEXT_LITERAL("x") : TEXT_LITERAL(""),
        .reason = given & NEEDS_REASON ? TEXT_LITERAL("x") : TEXT_LITERAL(""),
    };
    return life_apply(state, &step, &next, &ignored);
}

/* The fewest that the event needs; -1 when it is not allowed at all. */
static int needs_of(enum life_state state, enum life_event event, unsigned actor)
{
    static const int fewest_first[] = {0, 1, 2, 4, 3, 5, 6, 7};
    for (size_t i = 0; i < sizeof fewest_first / sizeof fewest_first[0]; i++) {
        if (is_allowed(state, event, actor, fewest_first[i]))
            return fewest_first[i];
    }
    return -1;
}

static bool add_needs(json_t *list, int needs, struct error *err)
{
    static const struct {
        int bit;
        const char *name;
    } rows[] = {{NEEDS_ASSIGNEE, "assignee"}, {NEEDS_VERDICT, "verdict"}, {NEEDS_REASON, "reason"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if ((needs & rows[i].bit) && !view_append(list, json_string(rows[i].name), err))
            return false;
    }
    return true;
}

static bool add_allowed(json_t *answer, unsigned actor, struct error *err)
{
    enum life_state state = LIFE_NONE;
    json_t *allowed = json_array();
    const char *name = json_string_value(json_object_get(answer, "state"));
    if (!view_set(answer, "allowed", allowed, err))
        return false;
    if (!life_state_of(text_of(name), &state))
        return error_set(err, ERROR_CHECK, "alert", "is in no known state: %.40s", name);
    for (int event = 0; actor != 0 && event < LIFE_EVENT_COUNT; event++) {
        int needs = needs_of(state, (enum life_event)event, actor);
        if (needs < 0)
            continue;
        json_t *list = json_array();
        json_t *item = json_pack("{s:s, s:o}", "event", life_event_name((enum life_event)event),
                                 "needs", list);
        if (!view_append(allowed, item, err) || !add_needs(list, needs, err))
            return false;
    }
    return true;
}

/* The records behind an alert, per kind of rule. */
struct behind {
    const char *statement;
    bool departments; /* holds rows of departments */
};

static const struct behind *behind_of(const char *rule_kind)
{
    static const struct behind rows[RULE_KIND_COUNT] = {
        [RULE_COUNT_SURGE] = {"view/alert_week.sql", false},
        [RULE_CLASS_DOWNGRADE] = {"view/alert_facts.sql", true},
        [RULE_COMPLAINT_NOT_ACCEPTED] = {"view/alert_complaint.sql", false},
        [RULE_SOURCE_SILENT] = {"view/alert_deliveries.sql", false},
    };
    for (int i = 0; i < RULE_KIND_COUNT; i++) {
        if (strcmp(rule_kind_name((enum rule_kind)i), rule_kind) == 0)
            return &rows[i];
    }
    return NULL;
}

/* One row more than is shown says whether there are others. */
static bool cut_records(json_t *answer, struct error *err)
{
    json_t *records = json_object_get(answer, "records");
    bool more = json_array_size(records) > VIEW_ALERT_RECORDS;
    if (more)
        json_array_remove(records, VIEW_ALERT_RECORDS);
    return view_set(answer, "records_more", json_boolean(more), err);
}

/* As the scan knew them: by the end of the day of the last hit. */
static bool add_records(struct view *view, const char *alert_id, json_t *answer, struct error *err)
{
    char moment[MOMENT_TEXT_SIZE];
    char rows[NUMBER_SIZE];
    day last_hit;
    const char *as_of = json_string_value(json_object_get(answer, "last_as_of"));
    const char *kind = json_string_value(json_object_get(answer, "rule_kind"));
    const struct behind *behind = behind_of(kind);
    if (!behind || !day_parse(text_of(as_of), &last_hit))
        return error_set(err, ERROR_CHECK, "alert", "alert %s is of kind \"%.40s\" as of \"%.40s\"",
                         alert_id, kind, as_of);
    day_end_moment(last_hit, view->utc_offset_minutes, moment);
    snprintf(rows, sizeof rows, "%d", VIEW_ALERT_RECORDS + 1);
    const char *parameters[] = {alert_id, view->region_code, moment, rows, view->department_id};
    return view_add_rows(view, behind->statement, parameters, behind->departments ? 5 : 4,
                         "records", answer, err) &&
           cut_records(answer, err);
}

/* "bound", for people, instead of "bound_milli"; null where history was too short for one. */
static bool add_bounds(json_t *answer, struct error *err)
{
    size_t i;
    json_t *week;
    json_t *series = json_object_get(json_object_get(answer, "evidence"), "series");
    json_array_foreach(series, i, week)
    {
        const json_t *milli = json_object_get(week, "bound_milli");
        json_t *bound = json_is_integer(milli) ? json_real((double)json_integer_value(milli) / 1000)
                                               : json_null();
        if (!view_set(week, "bound", bound, err))
            return false;
        json_object_del(week, "bound_milli");
    }
    return true;
}

bool view_alert_one(struct view *view, const void *context, json_t *answer, struct error *err)
{
    const struct view_alert *asked = context;
    char alert_id[NUMBER_SIZE];
    json_t *alert = NULL;
    snprintf(alert_id, sizeof alert_id, "%" PRId64, asked->alert_id);
    const char *parameters[] = {alert_id, view->region_code};
    if (!view_row(view, "view/alert.sql", parameters, 2, "alert", &alert, err))
        return false;
    bool good = json_object_update(answer, alert) == 0 || error_memory(err);
    json_decref(alert);
    return good && add_bounds(answer, err) &&
           view_add_rows(view, "view/alert_steps.sql", parameters, 1, "transitions", answer, err) &&
           add_records(view, alert_id, answer, err) && add_allowed(answer, asked->actor, err);
}
