/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>

#include "daemon/cmd_alert.h"
#include "daemon/database.h"

static bool print_json(const struct invocation *inv, const struct alert_verdict *verdict,
                       struct error *err)
{
    return cmd_alert_print(
        inv,
        json_pack("{s:b, s:I, s:I, s:s, s:o, s:o, s:o}", "valid", verdict->valid, "steps",
                  (json_int_t)verdict->transitions, "alerts", (json_int_t)verdict->alerts, "head",
                  verdict->head, "bad_step",
                  verdict->transition_id ? json_integer(verdict->transition_id) : json_null(),
                  "bad_alert", verdict->alert_id ? json_integer(verdict->alert_id) : json_null(),
                  "flaw", verdict->valid ? json_null() : json_string(verdict->flaw)),
        err);
}

static bool print_verdict(const struct invocation *inv, const struct alert_verdict *verdict,
                          struct error *err)
{
    if (inv->json)
        return print_json(inv, verdict, err);
    if (verdict->valid)
        fprintf(inv->out,
                inv->chinese ? "有效：%" PRId64 " 步，%" PRId64 " 条预警，末步哈希 %s\n"
                             : "valid: %" PRId64 " steps, %" PRId64
                               " alerts, hash of the last step %s\n",
                verdict->transitions, verdict->alerts, verdict->head);
    return true;
}

static bool refuse(const struct alert_verdict *verdict, struct error *err)
{
    if (verdict->transition_id == 0)
        return error_set(err, ERROR_CHECK, "alert", "alert %" PRId64 ": %s", verdict->alert_id,
                         verdict->flaw);
    if (verdict->alert_id == 0)
        return error_set(err, ERROR_CHECK, "alert_transition", "step %" PRId64 ": %s",
                         verdict->transition_id, verdict->flaw);
    return error_set(err, ERROR_CHECK, "alert_transition",
                     "step %" PRId64 " (alert %" PRId64 "): %s", verdict->transition_id,
                     verdict->alert_id, verdict->flaw);
}

bool cmd_alert_verify(struct invocation *inv, struct error *err)
{
    struct option_form form = {.usage = NULL};
    struct alert_verdict verdict;
    struct db *db = NULL;
    if (!invocation_options(inv, &form, err) || !database_open(inv, DB_JOB_SECONDS, &db, err))
        return false;
    bool ok = alert_store_verify(db, &verdict, err);
    db_close(db);
    return ok && print_verdict(inv, &verdict, err) && (verdict.valid || refuse(&verdict, err));
}
