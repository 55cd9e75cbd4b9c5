/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/alert_store.h"
#include "etl/store/alert_write.h"

/* A step with its texts NUL-terminated; empty ones are NULL. */
struct request {
    int64_t alert_id;
    const struct life_step *step;
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

static bool take_request(struct request *request, struct text actor, struct error *err)
{
    const struct life_step *step = request->step;
    if (!take_text(actor, "actor", ALERT_NAME_CAP, request->actor, err) ||
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

static bool apply(struct alert_writer *writer, const struct request *request,
                  const struct db_rows *rows, struct error *err)
{
    const struct life_step *step = request->step;
    struct alert_link link = {
        .alert_id = request->alert_id,
        .fingerprint = db_text(rows, 0, 0),
        .rule_id = db_text(rows, 0, 1),
        .event = step->event,
        .actor = request->actor,
        .reason = given(request->reason),
        .assignee = given(request->assignee),
        .verdict = step->verdict == LIFE_NO_VERDICT ? NULL : life_verdict_name(step->verdict),
        .as_of = DAY_NONE,
    };
    if (!life_state_of(text_of(db_text(rows, 0, 2)), &link.from))
        return error_set(err, ERROR_CHECK, "alert", "alert %" PRId64 " is in no known state: %.40s",
                         link.alert_id, db_text(rows, 0, 2));
    return life_apply(link.from, step, &link.to, err) && store_step(writer, &link, err);
}

static bool find_and_apply(struct alert_writer *writer, const struct request *request,
                           struct error *err)
{
    char number[ALERT_NUMBER_SIZE];
    struct db_rows *rows;
    const char *parameters[] = {alert_write_number(request->alert_id, number)};
    if (!db_run(writer->db, "alert/one.sql", parameters, 1, 3, &rows, NULL, err))
        return false;
    bool ok = db_rows_count(rows) == 1 ? apply(writer, request, rows, err)
                                       : error_set(err, ERROR_NOT_FOUND, "alert",
                                                   "there is no alert %" PRId64, request->alert_id);
    db_rows_free(rows);
    return ok;
}

bool alert_store_step(struct db *db, int64_t alert_id, const struct life_step *step,
                      struct text actor, const char *now, struct error *err)
{
    struct request request = {.alert_id = alert_id, .step = step};
    struct alert_writer writer;
    if (!take_request(&request, actor, err))
        return false;
    bool done = alert_write_open(&writer, db, now, err) && find_and_apply(&writer, &request, err);
    return alert_write_close(&writer, done, err);
}
