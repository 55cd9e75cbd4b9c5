/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdlib.h>

#include "etl/store/db_internal.h"
#include "etl/store/sql.h"

/* PostgreSQL counts days from 2000-01-01. */
enum { POSTGRES_EPOCH_DAY = 10957, STREAM_COLUMNS_CAP = 40 };

bool db_copy_open(struct db *db, const char *statement, struct error *err)
{
    PGresult *result = PQexec(db->connection, sql_text(statement));
    bool ok = PQresultStatus(result) == PGRES_COPY_IN;
    if (!ok)
        db_failed(db, result, statement, err);
    PQclear(result);
    return ok;
}

/* The reason why a COPY broke off arrives as a result, not from PQputCopyData(). */
static bool copy_failed(struct db *db, struct error *err)
{
    bool told = false;
    PGresult *result;
    while ((result = PQgetResult(db->connection)) != NULL) {
        ExecStatusType status = PQresultStatus(result);
        if (!told && status == PGRES_FATAL_ERROR) {
            db_failed(db, result, "COPY", err);
            told = true;
        }
        PQclear(result);
        if (status == PGRES_COPY_IN && PQputCopyEnd(db->connection, "abandoned") != 1)
            break;
        if (PQstatus(db->connection) == CONNECTION_BAD)
            break;
    }
    return told ? false : db_failed(db, NULL, "COPY", err);
}

bool db_copy_put(struct db *db, const char *bytes, size_t size, struct error *err)
{
    assert(size <= INT32_MAX);
    if (size == 0 || PQputCopyData(db->connection, bytes, (int)size) == 1)
        return true;
    return copy_failed(db, err);
}

bool db_copy_close(struct db *db, int64_t *rows, struct error *err)
{
    if (PQputCopyEnd(db->connection, NULL) != 1)
        return copy_failed(db, err);
    bool ok = true;
    PGresult *result;
    while ((result = PQgetResult(db->connection)) != NULL) {
        if (PQresultStatus(result) != PGRES_COMMAND_OK) {
            if (ok)
                db_failed(db, result, "COPY", err);
            ok = false;
        } else if (rows) {
            *rows = strtoll(PQcmdTuples(result), NULL, 10);
        }
        PQclear(result);
        if (PQstatus(db->connection) == CONNECTION_BAD)
            break;
    }
    return ok;
}

void db_copy_abort(struct db *db)
{
    if (PQputCopyEnd(db->connection, "abandoned") == 1)
        db_drain(db);
}

static bool deliver(PGresult *result, int columns, db_row_function *row, void *context,
                    struct error *err)
{
    struct db_field fields[STREAM_COLUMNS_CAP];
    for (int i = 0; i < columns; i++) {
        fields[i].size = PQgetlength(result, 0, i);
        fields[i].data =
            PQgetisnull(result, 0, i) ? NULL : (const unsigned char *)PQgetvalue(result, 0, i);
    }
    return row(context, fields, err);
}

/* Stops the server, then empties the line. */
static void cancel(struct db *db)
{
    char ignored[256];
    PGcancel *handle = PQgetCancel(db->connection);
    if (handle)
        PQcancel(handle, ignored, sizeof ignored);
    PQfreeCancel(handle);
    db_drain(db);
}

bool db_stream(struct db *db, const char *statement, const char *const *parameters,
               int parameter_count, int columns, db_row_function *row, void *context,
               struct error *err)
{
    assert(columns <= STREAM_COLUMNS_CAP && parameter_count <= DB_PARAMETERS_CAP);
    if (PQsendQueryParams(db->connection, sql_text(statement), parameter_count, NULL, parameters,
                          NULL, NULL, 1) != 1 ||
        PQsetSingleRowMode(db->connection) != 1)
        return db_failed(db, NULL, statement, err);
    PGresult *result;
    bool ok = true;
    while (ok && (result = PQgetResult(db->connection)) != NULL) {
        ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_SINGLE_TUPLE && PQnfields(result) != columns)
            ok = error_set(err, ERROR_INTERNAL, statement, "expected %d columns, the result has %d",
                           columns, PQnfields(result));
        else if (status == PGRES_SINGLE_TUPLE)
            ok = deliver(result, columns, row, context, err);
        else if (status != PGRES_TUPLES_OK)
            ok = db_failed(db, result, statement, err);
        PQclear(result);
    }
    if (!ok)
        cancel(db);
    return ok;
}

int64_t db_field_integer(const struct db_field *field)
{
    uint64_t value = 0;
    for (int i = 0; i < field->size; i++)
        value = value << 8 | field->data[i];
    if (field->size == 2)
        return (int16_t)value;
    if (field->size == 4)
        return (int32_t)value;
    assert(field->size == 8);
    return (int64_t)value;
}

day db_field_day(const struct db_field *field)
{
    if (!field->data)
        return DAY_NONE;
    assert(field->size == 4);
    return (day)db_field_integer(field) + POSTGRES_EPOCH_DAY;
}

struct text db_field_text(const struct db_field *field)
{
    if (!field->data)
        return (struct text){"", 0};
    return (struct text){(const char *)field->data, (size_t)field->size};
}
