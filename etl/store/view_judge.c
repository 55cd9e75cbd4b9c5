/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_judge.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "models/alert/deadline.h"
#include "models/credit/model.h"

enum value {
    VALUE_JUDGED_ON,
    VALUE_UTC_OFFSET,
    VALUE_DEADLINE_JURISDICTION,
    VALUE_DEADLINE_FROM,
    VALUE_DEADLINE_DAYS,
    VALUE_JUDGED_OUTCOMES,
    VALUE_ADVERSE_OUTCOMES,
    VALUE_CLASSES,
    VALUE_COUNT
};

/* All of it is of one run: another run needs another. */
struct view_judge {
    int64_t run_id;
    const char *values[VALUE_COUNT];
    bool knows_deadlines;
    bool knows_model;
};

static const char *const names[VALUE_COUNT] = {
    [VALUE_JUDGED_ON] = "@judged_on",
    [VALUE_UTC_OFFSET] = "@utc_offset",
    [VALUE_DEADLINE_JURISDICTION] = "@deadline_jurisdiction",
    [VALUE_DEADLINE_FROM] = "@deadline_from",
    [VALUE_DEADLINE_DAYS] = "@deadline_days",
    [VALUE_JUDGED_OUTCOMES] = "@judged_outcomes",
    [VALUE_ADVERSE_OUTCOMES] = "@adverse_outcomes",
    [VALUE_CLASSES] = "@classes",
};

static enum value value_of(const char *name)
{
    for (int i = 0; i < VALUE_COUNT; i++) {
        if (strcmp(names[i], name) == 0)
            return (enum value)i;
    }
    return VALUE_COUNT;
}

bool view_judge_knows(const char *name)
{
    return value_of(name) != VALUE_COUNT;
}

/* The rules of one jurisdiction that limit the acceptance of complaints. */
struct limits {
    const struct rule_list *rules;
    const struct calendar *calendar;
    const char *jurisdiction; /* NULL = there are none */
    day from;                 /* the first day on which one is in force */
};

static bool is_limit(const struct limits *limits, const struct rule *rule)
{
    return rule->kind == RULE_COMPLAINT_NOT_ACCEPTED && limits->jurisdiction &&
           strcmp(rule->jurisdiction, limits->jurisdiction) == 0;
}

static void choose_limits(struct limits *limits, day judged_on)
{
    const struct rule calendar_reach = {.jurisdiction = limits->calendar->jurisdiction};
    limits->from = DAY_LAST;
    for (size_t i = 0; i < limits->rules->count; i++) {
        const struct rule *rule = &limits->rules->rules[i];
        if (!limits->jurisdiction && rule->kind == RULE_COMPLAINT_NOT_ACCEPTED &&
            rule_covers(&calendar_reach, text_of(rule->jurisdiction)))
            limits->jurisdiction = rule->jurisdiction;
        if (is_limit(limits, rule) && rule->valid_from < limits->from)
            limits->from = rule->valid_from;
    }
    if (limits->from < judged_on - VIEW_JUDGE_DEADLINE_DAYS)
        limits->from = judged_on - VIEW_JUDGE_DEADLINE_DAYS;
}

/* DAY_NONE when no limit is in force on the day of receipt. */
static day due_on(const struct limits *limits, day received_on)
{
    for (size_t i = 0; i < limits->rules->count; i++) {
        const struct rule *rule = &limits->rules->rules[i];
        const struct deadline_steps steps = {received_on, DAY_NONE, DAY_NONE, DAY_NONE};
        if (is_limit(limits, rule) && rule_in_force(rule, received_on))
            return deadline_judge(&steps, received_on,
                                  rule->parameters.complaint_not_accepted.limit_working_days,
                                  limits->calendar)
                .due_on;
    }
    return DAY_NONE;
}

static bool write_days(const struct limits *limits, day judged_on, struct arena *arena,
                       const char **out, struct error *err)
{
    size_t count = judged_on < limits->from ? 0 : (size_t)(judged_on - limits->from) + 1;
    char *text = arena_alloc(arena, count * DAY_TEXT_SIZE + 3);
    if (!text)
        return arena_error(arena, err);
    char *end = text;
    for (size_t i = 0; i < count; i++) {
        char due[DAY_TEXT_SIZE];
        day_format(due_on(limits, limits->from + (day)i), due);
        *end++ = i ? ',' : '{';
        end += snprintf(end, DAY_TEXT_SIZE, "%s", due[0] ? due : "NULL");
    }
    snprintf(end, 3, "%s", count ? "}" : "{}");
    *out = text;
    return true;
}

static bool copy_text(const char *text, struct arena *arena, const char **out, struct error *err)
{
    *out = arena_copy(arena, text, strlen(text));
    return *out || arena_error(arena, err);
}

static bool read_deadlines(struct view *view, struct view_judge *judge, struct error *err)
{
    struct rule_list rules;
    struct calendar calendar;
    struct limits limits = {.rules = &rules, .calendar = &calendar};
    char from[DAY_TEXT_SIZE];
    day judged_on = DAY_NONE;
    bool known = day_parse(text_of(judge->values[VALUE_JUDGED_ON]), &judged_on);
    assert(known && view->rules);
    if (!view->rules(view, &rules, &calendar, err))
        return false;
    choose_limits(&limits, judged_on);
    judge->knows_deadlines = true;
    if (!limits.jurisdiction)
        return true;
    day_format(limits.from, from);
    judge->values[VALUE_DEADLINE_JURISDICTION] = limits.jurisdiction;
    return copy_text(from, view->arena, &judge->values[VALUE_DEADLINE_FROM], err) &&
           write_days(&limits, judged_on, view->arena, &judge->values[VALUE_DEADLINE_DAYS], err);
}

/* The names of the states in bits, as an array. */
static bool write_states(uint32_t states, struct arena *arena, const char **out, struct error *err)
{
    char text[512] = "{";
    size_t used = 1;
    for (unsigned i = 0; i < CREDIT_STATE_COUNT; i++) {
        if (!(states >> i & 1u))
            continue;
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", used > 1 ? "," : "",
                                 credit_word_of(CREDIT_STATES, i)->name);
        assert(used + 1 < sizeof text);
    }
    text[used++] = '}';
    *out = arena_copy(arena, text, used);
    return *out || arena_error(arena, err);
}

static bool write_classes(const char *classes, struct arena *arena, const char **out,
                          struct error *err)
{
    char text[2 * CREDIT_CLASSES_CAP + 2] = "{";
    size_t used = 1;
    for (const char *letter = classes; *letter; letter++) {
        if (used > 1)
            text[used++] = ',';
        text[used++] = *letter;
    }
    text[used++] = '}';
    *out = arena_copy(arena, text, used);
    return *out || arena_error(arena, err);
}

static bool take_model(struct view *view, const char *document, struct view_judge *judge,
                       struct error *err)
{
    struct credit_model *model = NULL;
    uint32_t judged = 0;
    uint32_t adverse = 0;
    if (!credit_model_read(document, strlen(document), "model of the run", view->arena, &model,
                           err) ||
        !write_classes(model->classes, view->arena, &judge->values[VALUE_CLASSES], err))
        return false;
    return !credit_model_inspections(model, &judged, &adverse) ||
           (write_states(judged, view->arena, &judge->values[VALUE_JUDGED_OUTCOMES], err) &&
            write_states(adverse, view->arena, &judge->values[VALUE_ADVERSE_OUTCOMES], err));
}

static bool read_model(struct view *view, struct view_judge *judge, struct error *err)
{
    enum { COLUMN_DOCUMENT = 4, COLUMNS = 10 };
    struct db_rows *rows = NULL;
    judge->knows_model = true;
    if (!db_run(view->db, "score/published.sql", NULL, 0, COLUMNS, &rows, NULL, err))
        return false;
    bool good =
        db_rows_count(rows) == 0 || take_model(view, db_text(rows, 0, COLUMN_DOCUMENT), judge, err);
    db_rows_free(rows);
    return good;
}

static bool start(struct view *view, struct error *err)
{
    const struct view_stamp *stamp = &view->stamp;
    char utc_offset[VIEW_NUMBER_SIZE];
    if (view->judge && view->judge->run_id == stamp->run_id)
        return true;
    struct view_judge *judge = arena_alloc(view->arena, sizeof *judge);
    if (!judge)
        return arena_error(view->arena, err);
    judge->run_id = stamp->run_id;
    snprintf(utc_offset, sizeof utc_offset, "%d", view->utc_offset_minutes);
    view->judge = judge;
    return copy_text(utc_offset, view->arena, &judge->values[VALUE_UTC_OFFSET], err) &&
           copy_text(stamp->run_id ? stamp->as_of : view->today, view->arena,
                     &judge->values[VALUE_JUDGED_ON], err);
}

bool view_judge_value(struct view *view, const char *name, const char **out, struct error *err)
{
    enum value value = value_of(name);
    assert(value != VALUE_COUNT);
    if (!start(view, err))
        return false;
    struct view_judge *judge = view->judge;
    bool is_deadline = value >= VALUE_DEADLINE_JURISDICTION && value <= VALUE_DEADLINE_DAYS;
    bool is_model = value >= VALUE_JUDGED_OUTCOMES;
    if ((is_deadline && !judge->knows_deadlines && !read_deadlines(view, judge, err)) ||
        (is_model && !judge->knows_model && !read_model(view, judge, err)))
        return false;
    *out = judge->values[value];
    return true;
}
