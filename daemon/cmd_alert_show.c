/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "daemon/cmd_alert.h"
#include "daemon/database.h"

/* An alert and its steps. */
struct view {
    struct alert alert;
    struct alert_transition *steps;
    size_t step_count;
};

static json_t *text_json(const char *value)
{
    return value ? json_string(value) : json_null();
}

static bool step_json(const struct alert_transition *step, json_t **out, struct error *err)
{
    char as_of[DAY_TEXT_SIZE];
    json_t *evidence = NULL;
    if (step->evidence &&
        !json_read(step->evidence, strlen(step->evidence), "evidence", &evidence, err))
        return false;
    *out =
        json_pack("{s:I, s:s, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:s, s:s}", "step",
                  (json_int_t)step->transition_id, "event", step->event, "from", step->from_state,
                  "to", step->to_state, "actor", step->actor, "reason", text_json(step->reason),
                  "assignee", text_json(step->assignee), "verdict", text_json(step->verdict),
                  "evidence", evidence ? evidence : json_null(), "as_of",
                  text_json(step->as_of == DAY_NONE ? NULL : day_format(step->as_of, as_of)), "at",
                  step->at, "hash", step->hash);
    return *out || error_memory(err);
}

static bool print_json(const struct invocation *inv, const struct view *view, struct error *err)
{
    json_t *object;
    if (!cmd_alert_json(&view->alert, &object, err))
        return false;
    json_t *steps = json_array();
    bool ok = json_object_set_new(object, "steps", steps) == 0 || error_memory(err);
    for (size_t i = 0; ok && i < view->step_count; i++) {
        json_t *step;
        ok = step_json(&view->steps[i], &step, err) &&
             (json_array_append_new(steps, step) == 0 || error_memory(err));
    }
    if (!ok) {
        json_decref(object);
        return false;
    }
    return cmd_alert_print(inv, object, err);
}

static void print_step(const struct invocation *inv, const struct alert_transition *step)
{
    fprintf(inv->out, "  %s  %s  %s → %s  %s", step->at, step->event,
            cmd_alert_state(step->from_state, inv->chinese),
            cmd_alert_state(step->to_state, inv->chinese), step->actor);
    if (step->assignee)
        fprintf(inv->out, inv->chinese ? "  分派给 %s" : "  to %s", step->assignee);
    if (step->verdict)
        fprintf(inv->out, inv->chinese ? "  结论 %s" : "  verdict %s", step->verdict);
    if (step->reason)
        fprintf(inv->out, "  %s", step->reason);
    fprintf(inv->out, "  [%.12s]\n", step->hash);
}

static void print_lines(const struct invocation *inv, const struct view *view)
{
    const struct alert *alert = &view->alert;
    char days[2][DAY_TEXT_SIZE];
    cmd_alert_line(inv, alert);
    fprintf(inv->out,
            inv->chinese ? "首次 %s，最近 %s，分派给 %s，结论 %s"
                         : "first as of %s, last as of %s, assigned to %s, verdict %s",
            day_format(alert->first_as_of, days[0]), day_format(alert->last_as_of, days[1]),
            alert->assignee ? alert->assignee : "-", alert->verdict ? alert->verdict : "-");
    if (alert->previous)
        fprintf(inv->out, inv->chinese ? "，前一条 %" PRId64 : ", earlier alert %" PRId64,
                alert->previous);
    fprintf(inv->out, inv->chinese ? "\n证据 %s\n经过\n" : "\nevidence %s\nsteps\n",
            alert->evidence);
    for (size_t i = 0; i < view->step_count; i++)
        print_step(inv, &view->steps[i]);
}

static bool show(struct invocation *inv, int64_t alert_id, struct arena *arena, struct error *err)
{
    struct view view;
    struct db *db = NULL;
    char now[MOMENT_TEXT_SIZE];
    if (!database_open(inv, DB_READ_SECONDS, &db, err))
        return false;
    const char *zone = cmd_alert_zone(database_now(inv, now));
    bool ok =
        alert_store_one(db, alert_id, zone, arena, &view.alert, err) &&
        alert_store_transitions(db, alert_id, zone, arena, &view.steps, &view.step_count, err);
    db_close(db);
    if (ok && inv->json)
        return print_json(inv, &view, err);
    if (ok)
        print_lines(inv, &view);
    return ok;
}

bool cmd_alert_show(struct invocation *inv, struct error *err)
{
    struct option_form form = {.usage = "ID", .positional_min = 1, .positional_max = 1};
    struct arena arena;
    int64_t alert_id;
    if (!invocation_options(inv, &form, err) || !cmd_alert_number(inv, &alert_id, err))
        return false;
    arena_init(&arena, CMD_ALERT_ARENA_CAP);
    bool ok = show(inv, alert_id, &arena, err);
    arena_reset(&arena);
    return ok;
}
