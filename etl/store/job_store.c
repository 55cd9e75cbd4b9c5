/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/job_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = 24 };

static const char *number(int64_t value, char *out)
{
    snprintf(out, NUMBER_SIZE, "%" PRId64, value);
    return out;
}

bool job_store_insert(struct db *db, const char *kind, int64_t account_id, const char *argument,
                      const char *idempotency_key, const char *now, int64_t *job_id,
                      struct error *err)
{
    char account[NUMBER_SIZE];
    const char *parameters[] = {kind, number(account_id, account), argument, idempotency_key, now};
    struct db_rows *rows = NULL;
    if (!db_run(db, "job/insert.sql", parameters, 5, 1, &rows, NULL, err))
        return false;
    *job_id = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return true;
}

bool job_store_find(struct db *db, const char *kind, int64_t account_id, const char *argument,
                    const char *idempotency_key, int64_t *job_id, struct error *err)
{
    char account[NUMBER_SIZE];
    const char *parameters[] = {kind, number(account_id, account), argument, idempotency_key};
    struct db_rows *rows = NULL;
    *job_id = 0;
    if (!db_run(db, "job/by_key.sql", parameters, 4, 2, &rows, NULL, err))
        return false;
    bool found = db_rows_count(rows) == 1;
    bool same = found && db_bool(rows, 0, 1);
    if (same)
        *job_id = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return !found || same ||
           error_set(err, ERROR_CONFLICT, NULL,
                     "this Idempotency-Key was used for a request that asked for something else");
}

static json_t *text_or_null(const struct db_rows *rows, int column)
{
    return db_is_null(rows, 0, column) ? json_null() : json_string(db_text(rows, 0, column));
}

static json_t *document(const struct db_rows *rows)
{
    return json_pack("{s:s, s:s, s:s, s:I, s:s, s:o, s:o, s:s, s:o, s:o}", "id",
                     db_text(rows, 0, 0), "kind", db_text(rows, 0, 1), "state", db_text(rows, 0, 2),
                     "percent", (json_int_t)db_integer(rows, 0, 3), "detail", db_text(rows, 0, 4),
                     "result", text_or_null(rows, 5), "error", text_or_null(rows, 6), "created_at",
                     db_text(rows, 0, 7), "started_at", text_or_null(rows, 8), "finished_at",
                     text_or_null(rows, 9));
}

bool job_store_fetch(struct db *db, int64_t job_id, int64_t account_id, json_t **out,
                     struct error *err)
{
    char id[NUMBER_SIZE];
    char account[NUMBER_SIZE];
    const char *parameters[] = {number(job_id, id),
                                account_id ? number(account_id, account) : NULL};
    struct db_call call = {
        .statement = "job/one.sql", .parameters = parameters, .parameter_count = 2, .columns = 10};
    /* Prepared: whoever waits for a job asks often. */
    if (!db_run_calls(db, &call, 1, err))
        return false;
    bool found = db_rows_count(call.rows) == 1;
    *out = found ? document(call.rows) : NULL;
    db_calls_free(&call, 1);
    if (!found)
        return error_set(err, ERROR_NOT_FOUND, id, "there is no job %s", id);
    return *out || error_memory(err);
}

bool job_store_cancel(struct db *db, int64_t job_id, int64_t account_id, const char *now,
                      struct error *err)
{
    char id[NUMBER_SIZE];
    char account[NUMBER_SIZE];
    const char *parameters[] = {number(job_id, id), account_id ? number(account_id, account) : NULL,
                                now};
    int64_t changed = 0;
    if (!db_run(db, "job/cancel.sql", parameters, 3, 0, NULL, &changed, err))
        return false;
    return changed == 1 || error_set(err, ERROR_CONFLICT, id, "job %s is over already", id);
}

bool job_store_take(struct db *db, enum job_lane lane, const char *now, struct job_row *out,
                    bool *found, struct error *err)
{
    const char *parameters[] = {now, lane == JOB_LANE_FEED ? "t" : "f"};
    struct db_rows *rows = NULL;
    if (!db_run(db, "job/take.sql", parameters, 2, 5, &rows, NULL, err))
        return false;
    *found = db_rows_count(rows) == 1;
    if (*found) {
        out->job_id = db_integer(rows, 0, 0);
        snprintf(out->kind, sizeof out->kind, "%s", db_text(rows, 0, 1));
        out->argument = strdup(db_text(rows, 0, 2));
        snprintf(out->actor, sizeof out->actor, "%s", db_text(rows, 0, 3));
        out->account_id = db_integer(rows, 0, 4);
    }
    bool good = !*found || out->argument;
    db_rows_free(rows);
    return good || error_memory(err);
}

bool job_store_progress(struct db *db, int64_t job_id, int percent, const char *detail,
                        bool *cancel, struct error *err)
{
    char id[NUMBER_SIZE];
    char share[NUMBER_SIZE];
    const char *parameters[] = {number(job_id, id), number(percent, share), detail};
    struct db_rows *rows = NULL;
    if (!db_run(db, "job/progress.sql", parameters, 3, 1, &rows, NULL, err))
        return false;
    *cancel = db_rows_count(rows) == 1 && db_bool(rows, 0, 0);
    db_rows_free(rows);
    return true;
}

bool job_store_finish(struct db *db, int64_t job_id, const char *state, const char *result,
                      const char *message, const char *now, struct error *err)
{
    char id[NUMBER_SIZE];
    const char *parameters[] = {number(job_id, id), state, result, message, now};
    return db_run(db, "job/finish.sql", parameters, 5, 0, NULL, NULL, err);
}

bool job_store_abandon(struct db *db, enum job_lane lane, const char *now, struct error *err)
{
    const char *parameters[] = {now, lane == JOB_LANE_FEED ? "t" : "f"};
    return db_run(db, "job/abandon.sql", parameters, 2, 0, NULL, NULL, err);
}

bool job_store_forget(struct db *db, int64_t job_id, struct error *err)
{
    char id[NUMBER_SIZE];
    const char *parameters[] = {number(job_id, id)};
    return db_run(db, "job/forget.sql", parameters, 1, 0, NULL, NULL, err);
}
