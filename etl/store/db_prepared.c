/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "etl/store/db_internal.h"
#include "etl/store/sql.h"

enum { PREPARED_NAME_SIZE = 16 };

/* A prepared statement is named after its place among all statements. */
static const char *name_of(size_t place, char out[PREPARED_NAME_SIZE])
{
    snprintf(out, PREPARED_NAME_SIZE, "s%zu", place);
    return out;
}

static bool send_call(struct db *db, const struct db_call *call)
{
    char name[PREPARED_NAME_SIZE];
    size_t place = sql_place(call->statement);
    name_of(place, name);
    if (!db->prepared[place] && PQsendPrepare(db->connection, name, sql_all()[place].text,
                                              call->parameter_count, NULL) != 1)
        return false;
    return PQsendQueryPrepared(db->connection, name, call->parameter_count, call->parameters, NULL,
                               NULL, 0) == 1;
}

/* Sends all calls and the end of the pipeline; the server then works while we wait once. */
static bool send_calls(struct db *db, const struct db_call *calls, int count)
{
    if (PQenterPipelineMode(db->connection) != 1)
        return false;
    for (int i = 0; i < count; i++) {
        if (!send_call(db, &calls[i]))
            return false;
    }
    return PQpipelineSync(db->connection) == 1;
}

/* The next result; each query of a pipeline ends with a NULL. */
static PGresult *take_result(struct db *db)
{
    PGresult *result = PQgetResult(db->connection);
    PGresult *end = result ? PQgetResult(db->connection) : NULL;
    PQclear(end);
    return result;
}

static bool take_prepare(struct db *db, const struct db_call *call, struct error *err)
{
    PGresult *result = take_result(db);
    bool good =
        PQresultStatus(result) == PGRES_COMMAND_OK || db_failed(db, result, call->statement, err);
    PQclear(result);
    return good;
}

static bool take_rows(struct db *db, struct db_call *call, struct error *err)
{
    PGresult *result = take_result(db);
    if (PQresultStatus(result) != PGRES_TUPLES_OK) {
        db_failed(db, result, call->statement, err);
        PQclear(result);
        return false;
    }
    if (!db_check_shape(result, call->statement, call->columns, err)) {
        PQclear(result);
        return false;
    }
    call->rows = db_rows_of(result);
    return call->rows != NULL || error_memory(err);
}

static bool take_call(struct db *db, struct db_call *call, struct error *err)
{
    size_t place = sql_place(call->statement);
    if (!db->prepared[place]) {
        if (!take_prepare(db, call, err))
            return false;
        db->prepared[place] = true;
    }
    return take_rows(db, call, err);
}

/* Reads up to the end of the pipeline, whatever still comes. */
static void leave_pipeline(struct db *db)
{
    bool ended = false;
    while (!ended && PQstatus(db->connection) == CONNECTION_OK) {
        PGresult *result = PQgetResult(db->connection);
        ended = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        PQclear(result);
    }
    /* Fails only on a broken connection, which the next call reports. */
    (void)PQexitPipelineMode(db->connection);
}

void db_calls_free(struct db_call *calls, int count)
{
    for (int i = 0; i < count; i++) {
        db_rows_free(calls[i].rows);
        calls[i].rows = NULL;
    }
}

bool db_run_calls(struct db *db, struct db_call *calls, int count, struct error *err)
{
    assert(count > 0);
    for (int i = 0; i < count; i++)
        calls[i].rows = NULL;
    if (!db->connection)
        return error_set(err, ERROR_UNAVAILABLE, calls[0].statement, "no database connection");
    bool good = send_calls(db, calls, count) || db_failed(db, NULL, calls[0].statement, err);
    for (int i = 0; good && i < count; i++)
        good = take_call(db, &calls[i], err);
    leave_pipeline(db);
    if (!good)
        db_calls_free(calls, count);
    return good;
}
