/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/db_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/store/db_internal.h"
#include "etl/store/sql.h"

static const char placeholder[] = ":\"table\"";

/* NULL when there is no memory. */
static char *expand(struct db *db, const char *statement, const char *table)
{
    const char *text = sql_text(statement);
    const char *place = strstr(text, placeholder);
    char *name = PQescapeIdentifier(db->connection, table, strlen(table));
    char *out = NULL;
    if (name && place &&
        asprintf(&out, "%.*s%s%s", (int)(place - text), text, name,
                 place + sizeof placeholder - 1) < 0)
        out = NULL;
    PQfreemem(name);
    return out;
}

/* The result of the statement, which must have this status; NULL on failure. */
static PGresult *begin(struct db *db, const char *statement, const char *table,
                       ExecStatusType expected, struct error *err)
{
    if (!db->connection) {
        error_set(err, ERROR_UNAVAILABLE, statement, "no database connection");
        return NULL;
    }
    char *text = expand(db, statement, table);
    if (!text) {
        error_memory(err);
        return NULL;
    }
    PGresult *result = PQexec(db->connection, text);
    free(text);
    if (PQresultStatus(result) == expected)
        return result;
    db_failed(db, result, table, err);
    PQclear(result);
    return NULL;
}

bool db_table_run(struct db *db, const char *statement, const char *table, struct error *err)
{
    PGresult *result = begin(db, statement, table, PGRES_COMMAND_OK, err);
    PQclear(result);
    return result != NULL;
}

bool db_table_write(struct db *db, const char *statement, const char *table, struct error *err)
{
    PGresult *result = begin(db, statement, table, PGRES_COPY_IN, err);
    PQclear(result);
    return result != NULL;
}

/* What the server still has to say after the last line, or after it was told to stop. */
static bool end(struct db *db, const char *table, struct error *err)
{
    PGresult *result;
    bool good = true;
    while ((result = PQgetResult(db->connection)) != NULL) {
        if (good && PQresultStatus(result) != PGRES_COMMAND_OK)
            good = db_failed(db, result, table, err);
        PQclear(result);
        if (PQstatus(db->connection) == CONNECTION_BAD)
            break;
    }
    return good;
}

static void stop(struct db *db, const char *table)
{
    char ignored[256];
    char *line = NULL;
    PGcancel *handle = PQgetCancel(db->connection);
    if (handle)
        PQcancel(handle, ignored, sizeof ignored);
    PQfreeCancel(handle);
    while (PQgetCopyData(db->connection, &line, 0) > 0)
        PQfreemem(line);
    struct error unsaid; /* that it was cancelled */
    bool good = end(db, table, &unsaid);
    (void)good;
}

bool db_table_read(struct db *db, const char *statement, const char *table, db_line_function *line,
                   void *context, struct error *err)
{
    PGresult *result = begin(db, statement, table, PGRES_COPY_OUT, err);
    if (!result)
        return false;
    PQclear(result);
    for (;;) {
        char *bytes = NULL;
        int size = PQgetCopyData(db->connection, &bytes, 0);
        if (size < 0)
            return end(db, table, err) && (size == -1 || db_failed(db, NULL, table, err));
        bool good = line(context, bytes, (size_t)size, err);
        PQfreemem(bytes);
        if (!good) {
            stop(db, table);
            return false;
        }
    }
}
