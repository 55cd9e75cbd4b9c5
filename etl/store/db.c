/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/db.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/store/db_internal.h"
#include "etl/store/sql.h"

/* SQLSTATE classes and codes after which the same work may succeed: serialisation failure,
 * deadlock, statement timeout, shutdown, crash, starting up, connection exceptions, too many
 * connections, lock timeout. */
static bool worth_a_retry(const char *state)
{
    static const char *const states[] = {"40001", "40P01", "57014", "57P01",
                                         "57P02", "57P03", "53300", "55P03"};
    if (strncmp(state, "08", 2) == 0)
        return true;
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
        if (strcmp(state, states[i]) == 0)
            return true;
    }
    return false;
}

static enum error_kind kind_of(const char *state)
{
    if (worth_a_retry(state))
        return ERROR_UNAVAILABLE;
    /* Class 22, data exception: a value is not what its column takes. */
    return strncmp(state, "22", 2) == 0 ? ERROR_INPUT : ERROR_DATABASE;
}

/* The server's message without its final newline. */
static void copy_line(char *out, size_t size, const char *message)
{
    snprintf(out, size, "%s", message ? message : "");
    out[strcspn(out, "\n")] = '\0';
}

bool db_failed(struct db *db, const PGresult *result, const char *what, struct error *err)
{
    char message[512];
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    if (!state || PQstatus(db->connection) == CONNECTION_BAD) {
        copy_line(message, sizeof message, PQerrorMessage(db->connection));
        return error_set(err, ERROR_UNAVAILABLE, what, "the database connection failed: %s",
                         message);
    }
    copy_line(message, sizeof message, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
    return error_set(err, kind_of(state), what, "the database refused (SQLSTATE %s): %s%s%.200s",
                     state, message, detail ? "; " : "", detail ? detail : "");
}

void db_drain(struct db *db)
{
    PGresult *result;
    while ((result = PQgetResult(db->connection)) != NULL) {
        ExecStatusType status = PQresultStatus(result);
        PQclear(result);
        if (status == PGRES_COPY_IN && PQputCopyEnd(db->connection, "abandoned") != 1)
            return;
        if (PQstatus(db->connection) == CONNECTION_BAD)
            return;
    }
}

/* Notices are not errors, and libpq would print them. */
static void ignore_notice(void *context, const PGresult *result)
{
    (void)context;
    (void)result;
}

static bool configure(struct db *db, struct error *err)
{
    char statement_limit[32];
    snprintf(statement_limit, sizeof statement_limit, "%ds", db->statement_seconds);
    char lock_limit[32];
    snprintf(lock_limit, sizeof lock_limit, "%ds", DB_LOCK_SECONDS);
    const char *parameters[] = {statement_limit, lock_limit};
    return db_run(db, "session.sql", parameters, 2, 3, NULL, NULL, err);
}

static bool connect_session(struct db *db, struct error *err)
{
    char seconds[16];
    snprintf(seconds, sizeof seconds, "%d", DB_CONNECT_SECONDS);
    const char *const keys[] = {"dbname",
                                "connect_timeout",
                                "application_name",
                                "client_encoding",
                                "keepalives_idle",
                                "tcp_user_timeout",
                                NULL};
    const char *const values[] = {db->dsn, seconds, "heng", "UTF8", "30", "60000", NULL};
    db->connection = PQconnectdbParams(keys, values, 1);
    if (!db->connection)
        return error_memory(err);
    if (PQstatus(db->connection) != CONNECTION_OK)
        return db_failed(db, NULL, "connect", err);
    PQsetNoticeReceiver(db->connection, ignore_notice, NULL);
    return configure(db, err);
}

bool db_open(const char *dsn, int statement_seconds, struct db **out, struct error *err)
{
    struct db *db = calloc(1, sizeof *db);
    if (!db)
        return error_memory(err);
    db->dsn = strdup(dsn);
    db->statement_seconds = statement_seconds;
    db->prepared = calloc(sql_count(), sizeof *db->prepared);
    bool whole = (db->dsn && db->prepared) || error_memory(err);
    if (!whole || !connect_session(db, err)) {
        db_close(db);
        return false;
    }
    *out = db;
    return true;
}

bool db_reopen(struct db *db, struct error *err)
{
    PQfinish(db->connection);
    db->connection = NULL;
    memset(db->prepared, 0, sql_count() * sizeof *db->prepared);
    return connect_session(db, err);
}

bool db_is_alive(const struct db *db)
{
    /* Nobody asked anything: what can be read is the server's farewell, or the end. */
    struct pollfd door = {.fd = PQsocket(db->connection), .events = POLLIN};
    return PQstatus(db->connection) == CONNECTION_OK && poll(&door, 1, 0) == 0;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    PQfinish(db->connection);
    free(db->prepared);
    free(db->dsn);
    free(db);
}

bool db_check_shape(PGresult *result, const char *statement, int columns, struct error *err)
{
    if (columns != DB_ANY_COLUMNS && PQnfields(result) != columns)
        return error_set(err, ERROR_INTERNAL, statement, "expected %d columns, the result has %d",
                         columns, PQnfields(result));
    if (PQntuples(result) > DB_ROWS_CAP)
        return error_set(err, ERROR_LIMIT, statement, "a result has at most %d rows, found %d",
                         DB_ROWS_CAP, PQntuples(result));
    return true;
}

struct db_rows *db_rows_of(PGresult *result)
{
    struct db_rows *rows = malloc(sizeof *rows);
    if (rows)
        rows->result = result;
    else
        PQclear(result);
    return rows;
}

bool db_run(struct db *db, const char *statement, const char *const *parameters,
            int parameter_count, int columns, struct db_rows **rows, int64_t *affected,
            struct error *err)
{
    assert(parameter_count <= DB_PARAMETERS_CAP);
    if (!db->connection)
        return error_set(err, ERROR_UNAVAILABLE, statement, "no database connection");
    PGresult *result = PQexecParams(db->connection, sql_text(statement), parameter_count, NULL,
                                    parameters, NULL, NULL, 0);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
        db_failed(db, result, statement, err);
        PQclear(result);
        return false;
    }
    if (!db_check_shape(result, statement, columns, err)) {
        PQclear(result);
        return false;
    }
    if (affected)
        *affected = strtoll(PQcmdTuples(result), NULL, 10);
    if (!rows) {
        PQclear(result);
        return true;
    }
    *rows = db_rows_of(result);
    return *rows != NULL || error_memory(err);
}

bool db_script(struct db *db, const char *script, int64_t *counts, int capacity, int *done,
               struct error *err)
{
    int statements = 0;
    bool ok = true;
    if (!db->connection || PQsendQuery(db->connection, sql_text(script)) != 1)
        return db_failed(db, NULL, script, err);
    PGresult *result;
    while ((result = PQgetResult(db->connection)) != NULL) {
        ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
            if (ok)
                db_failed(db, result, script, err);
            ok = false;
        } else if (statements < capacity) {
            counts[statements] = strtoll(PQcmdTuples(result), NULL, 10);
        }
        statements++;
        PQclear(result);
        if (PQstatus(db->connection) == CONNECTION_BAD)
            break;
    }
    if (done)
        *done = statements;
    return ok;
}

void db_rows_free(struct db_rows *rows)
{
    if (!rows)
        return;
    PQclear(rows->result);
    free(rows);
}

int db_rows_count(const struct db_rows *rows)
{
    return PQntuples(rows->result);
}

int db_columns_count(const struct db_rows *rows)
{
    return PQnfields(rows->result);
}

const char *db_column_name(const struct db_rows *rows, int column)
{
    return PQfname(rows->result, column);
}

enum db_type db_column_type(const struct db_rows *rows, int column)
{
    /* Object identifiers of pg_type, fixed by PostgreSQL's catalogue (pg_type.dat). */
    static const struct {
        Oid oid;
        enum db_type type;
    } types[] = {{16, DB_BOOLEAN}, {20, DB_INTEGER},  {21, DB_INTEGER}, {23, DB_INTEGER},
                 {114, DB_JSON},   {1184, DB_MOMENT}, {3802, DB_JSON}};
    Oid oid = PQftype(rows->result, column);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (types[i].oid == oid)
            return types[i].type;
    }
    return DB_OTHER;
}

const char *db_text(const struct db_rows *rows, int row, int column)
{
    return PQgetvalue(rows->result, row, column);
}

bool db_is_null(const struct db_rows *rows, int row, int column)
{
    return PQgetisnull(rows->result, row, column) == 1;
}

int64_t db_integer(const struct db_rows *rows, int row, int column)
{
    return strtoll(db_text(rows, row, column), NULL, 10);
}

bool db_bool(const struct db_rows *rows, int row, int column)
{
    return db_text(rows, row, column)[0] == 't';
}

day db_day(const struct db_rows *rows, int row, int column)
{
    day value = DAY_NONE;
    if (db_is_null(rows, row, column) || !day_parse(text_of(db_text(rows, row, column)), &value))
        return DAY_NONE;
    return value;
}

bool db_begin(struct db *db, struct error *err)
{
    return db_run(db, "begin.sql", NULL, 0, 0, NULL, NULL, err);
}

bool db_begin_snapshot(struct db *db, struct error *err)
{
    return db_run(db, "begin_snapshot.sql", NULL, 0, 0, NULL, NULL, err);
}

bool db_commit(struct db *db, struct error *err)
{
    return db_run(db, "commit.sql", NULL, 0, 0, NULL, NULL, err);
}

void db_rollback(struct db *db)
{
    if (!db->connection || PQstatus(db->connection) != CONNECTION_OK)
        return;
    db_drain(db);
    if (PQtransactionStatus(db->connection) == PQTRANS_IDLE)
        return;
    struct error ignored;
    /* A rollback that fails leaves a broken connection, which the next call reports. */
    if (!db_run(db, "rollback.sql", NULL, 0, 0, NULL, NULL, &ignored))
        return;
}
