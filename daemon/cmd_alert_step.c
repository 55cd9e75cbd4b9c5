/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <string.h>

#include "daemon/cmd_alert.h"
#include "daemon/command.h"
#include "daemon/database.h"

/* What the command line asked for. */
struct request {
    int64_t alert_id;
    const char *actor;
    const char *reason;
    const char *assignee;
    const char *verdict;
};

static struct text given(const char *value)
{
    return value ? text_of(value) : TEXT_LITERAL("");
}

/* The verb is the last word of the command's name. Whoever may run this program on the register's
 * machine oversees it, so the steps are a supervisor's. */
static bool read_step(const struct invocation *inv, const struct request *request,
                      struct life_step *step, struct error *err)
{
    const char *verb = strrchr(inv->command->name, ' ') + 1;
    *step = (struct life_step){.actor = LIFE_SUPERVISOR,
                               .assignee = given(request->assignee),
                               .reason = given(request->reason)};
    if (!life_event_of(text_of(verb), &step->event))
        return error_set(err, ERROR_INTERNAL, verb, "is no event of an alert's life");
    if (!request->actor)
        return error_set(err, ERROR_USAGE, NULL, "expected --actor NAME: who takes this step");
    if (request->verdict && (!life_verdict_of(text_of(request->verdict), &step->verdict) ||
                             step->verdict == LIFE_NO_VERDICT))
        return error_set(err, ERROR_USAGE, NULL,
                         "--verdict is true, false or duplicate, found %.40s", request->verdict);
    return true;
}

static bool print_alert(const struct invocation *inv, const struct alert *alert, struct error *err)
{
    json_t *object;
    if (inv->json)
        return cmd_alert_json(alert, &object, err) && cmd_alert_print(inv, object, err);
    cmd_alert_line(inv, alert);
    return true;
}

static bool take_step(struct invocation *inv, const struct request *request, struct error *err)
{
    struct life_step step;
    struct alert alert;
    struct arena arena;
    struct db *db = NULL;
    char now[MOMENT_TEXT_SIZE];
    /* Behind a scan the step waits as long as a lock may take. */
    if (!read_step(inv, request, &step, err) || !database_open(inv, DB_JOB_SECONDS, &db, err))
        return false;
    arena_init(&arena, CMD_ALERT_ARENA_CAP);
    database_now(inv, now);
    bool ok = alert_store_step(db, request->alert_id, &step, text_of(request->actor), now, err) &&
              alert_store_one(db, request->alert_id, cmd_alert_zone(now), &arena, &alert, err) &&
              print_alert(inv, &alert, err);
    arena_reset(&arena);
    db_close(db);
    return ok;
}

bool cmd_alert_step(struct invocation *inv, struct error *err)
{
    struct request request = {0};
    const struct option_row rows[] = {
        {.name = "actor",
         .argument = "NAME",
         .type = OPTION_TEXT,
         .text = &request.actor,
         .help_zh = "由谁操作（必填）",
         .help_en = "who takes this step (required)"},
        {.name = "reason",
         .argument = "TEXT",
         .type = OPTION_TEXT,
         .text = &request.reason,
         .help_zh = "理由；resolve 和改派时必填",
         .help_en = "why; required to resolve and to assign again"},
        {.name = "assignee",
         .argument = "NAME",
         .type = OPTION_TEXT,
         .text = &request.assignee,
         .help_zh = "分派给谁；只用于 assign",
         .help_en = "to whom; for assign only"},
        {.name = "verdict",
         .argument = "VERDICT",
         .type = OPTION_TEXT,
         .text = &request.verdict,
         .help_zh = "结论 true、false 或 duplicate；只用于 resolve",
         .help_en = "true, false or duplicate; for resolve only"},
    };
    struct option_form form = {OPTION_ROWS(rows), .usage = "ID", .positional_min = 1,
                               .positional_max = 1};
    return invocation_options(inv, &form, err) && cmd_alert_number(inv, &request.alert_id, err) &&
           take_step(inv, &request, err);
}
