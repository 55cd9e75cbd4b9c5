/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/alert_step.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/alert_store.h"

/* A step with its texts NUL-terminated; empty ones are NULL. */
struct request {
    const struct alert_order *order;
    char actor[ALERT_NAME_CAP + 1];
    char assignee[ALERT_NAME_CAP + 1];
    char reason[ALERT_REASON_CAP + 1];
};

static bool take_text(struct text value, const char *what, size_t cap, char *out, struct error *err)
{
    struct text trimmed = text_trim(value);
    if (trimmed.size > cap)
        return error_set(err, ERROR_INPUT, what, "expected at most %zu bytes, found %zu", cap,
                         trimmed.size);
    if (!text_valid_utf8(trimmed))
        return error_set(err, ERROR_INPUT, what, "expected UTF-8, found other bytes");
    if (trimmed.size > 0)
        memcpy(out, trimmed.data, trimmed.size);
    out[trimmed.size] = '\0';
    return true;
}

static bool take_request(struct request *request, struct error *err)
{
    const struct life_step *step = request->order->step;
    if (!take_text(request->order->actor, "actor", ALERT_NAME_CAP, request->actor, err) ||
        !take_text(step->assignee, "assignee", ALERT_NAME_CAP, request->assignee, err) ||
        !take_text(step->reason, "reason", ALERT_REASON_CAP, request->reason, err))
        return false;
    if (!request->actor[0] || strcmp(request->actor, ALERT_SYSTEM) == 0)
        return error_set(err, ERROR_INPUT, "actor", "expected the name of a person, found \"%s\"",
                         request->actor);
    return true;
}

static const char *given(const char *value)
{
    return value[0] ? value : NULL;
}

static bool store_step(struct alert_writer *writer, const struct alert_link *link,
                       struct error *err)
{
    char number[ALERT_NUMBER_SIZE];
    const char *parameters[] = {alert_write_number(link->alert_id, number),
                                life_state_name(link->to),
                                life_is_open(link->to) ? "t" : "f",
                                link->assignee,
                                link->verdict,
                                writer->at};
    return db_run(writer->db, "alert/step.sql", parameters, 6, 0, NULL, NULL, err) &&
           alert_write_link(writer, link, err);
}

/* Columns of alert/one.sql. */
enum column { COLUMN_FINGERPRINT, COLUMN_RULE, COLUMN_STATE, COLUMN_VERSION, COLUMNS };

static bool check_version(const struct alert_order *order, int64_t version,
                          enum alert_refusal *refusal, struct error *err)
{
    if (order->version == ALERT_STEP_ANY_VERSION || order->version == version)
        return true;
    *refusal = ALERT_STEP_STALE;
    return error_set(err, ERROR_CONFLICT, "alert",
                     "alert %" PRId64 " is at version %" PRId64 ", the step is for %" PRId64,
                     order->alert_id, version, order->version);
}

/* What the step will be in the chain, if the alert as it is takes it. */
static bool plan_link(const struct request *request, const struct db_rows *rows,
                      struct alert_link *link, enum alert_refusal *refusal, struct error *err)
{
    const struct alert_order *order = request->order;
    const struct life_step *step = order->step;
    if (db_rows_count(rows) != 1) {
        *refusal = ALERT_STEP_REFUSED;
        return error_set(err, ERROR_NOT_FOUND, "alert", "there is no alert %" PRId64,
                         order->alert_id);
    }
    *link = (struct alert_link){
        .alert_id = order->alert_id,
        .fingerprint = db_text(rows, 0, COLUMN_FINGERPRINT),
        .rule_id = db_text(rows, 0, COLUMN_RULE),
        .event = step->event,
        .actor = request->actor,
        .reason = given(request->reason),
        .assignee = given(request->assignee),
        .verdict = step->verdict == LIFE_NO_VERDICT ? NULL : life_verdict_name(step->verdict),
        .as_of = DAY_NONE,
    };
    if (!life_state_of(text_of(db_text(rows, 0, COLUMN_STATE)), &link->from))
        return error_set(err, ERROR_CHECK, "alert", "alert %" PRId64 " is in no known state: %.40s",
                         link->alert_id, db_text(rows, 0, COLUMN_STATE));
    if (!check_version(order, db_integer(rows, 0, COLUMN_VERSION), refusal, err))
        return false;
    *refusal = ALERT_STEP_REFUSED;
    return life_apply(link->from, step, &link->to, err);
}

static bool find_and_apply(struct alert_writer *writer, const struct request *request,
                           enum alert_refusal *refusal, struct error *err)
{
    char number[ALERT_NUMBER_SIZE];
    struct db_rows *rows;
    struct alert_link link = {.alert_id = request->order->alert_id};
    const char *parameters[] = {alert_write_number(request->order->alert_id, number),
                                request->order->region_code};
    if (!db_run(writer->db, "alert/one.sql", parameters, 2, COLUMNS, &rows, NULL, err))
        return false;
    bool ok = plan_link(request, rows, &link, refusal, err);
    if (ok) {
        *refusal = ALERT_STEP_FAILED;
        ok = store_step(writer, &link, err);
    }
    db_rows_free(rows);
    return ok;
}

bool alert_step_take(struct alert_writer *writer, const struct alert_order *order,
                     enum alert_refusal *refusal, struct error *err)
{
    struct request request = {.order = order};
    *refusal = ALERT_STEP_REFUSED;
    if (!take_request(&request, err))
        return false;
    *refusal = ALERT_STEP_FAILED;
    return find_and_apply(writer, &request, refusal, err);
}

bool alert_store_step(struct db *db, int64_t alert_id, const struct life_step *step,
                      struct text actor, const char *now, struct error *err)
{
    const struct alert_order order = {.alert_id = alert_id, .step = step, .actor = actor};
    struct alert_writer writer;
    enum alert_refusal refusal;
    bool done = alert_write_open(&writer, db, ALERT_WRITE_STEPS, now, err) &&
                alert_step_take(&writer, &order, &refusal, err);
    return alert_write_close(&writer, done, err);
}
