/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/session.h"

#include <string.h>

#include "etl/store/sql.h"

static void drop_notice(void *context, const PGresult *notice)
{
    (void)context;
    (void)notice;
}

/* libpq ends its messages with a line feed. */
static bool fail(PGconn *connection, enum error_kind kind, const char *subject, const char *state,
                 struct error *err)
{
    const char *message = PQerrorMessage(connection);
    int size = (int)strlen(message);
    while (size > 0 && message[size - 1] == '\n')
        size--;
    error_set(err, kind, subject, "%.*s%s%s", size, message, state ? "; SQLSTATE " : "",
              state ? state : "");
    return false;
}

bool session_open(const char *dsn, PGconn **out, struct error *err)
{
    static const char limits[] = "-c statement_timeout=60s -c lock_timeout=10s "
                                 "-c idle_in_transaction_session_timeout=60s";
    const char *const keywords[] = {"dbname",          "connect_timeout", "application_name",
                                    "client_encoding", "options",         NULL};
    const char *const values[] = {dsn, "10", "heng", "UTF8", limits, NULL};
    PGconn *connection = PQconnectdbParams(keywords, values, 1);
    if (!connection)
        return error_memory(err);
    if (PQstatus(connection) != CONNECTION_OK) {
        fail(connection, ERROR_UNAVAILABLE, "database", NULL, err);
        PQfinish(connection);
        return false;
    }
    PQsetNoticeReceiver(connection, drop_notice, NULL);
    *out = connection;
    return true;
}

void session_close(PGconn *connection)
{
    PQfinish(connection);
}

static bool execute(PGconn *connection, const char *name, ExecStatusType expected, PGresult **out,
                    struct error *err)
{
    PGresult *result = PQexecParams(connection, sql_text(name), 0, NULL, NULL, NULL, NULL, 0);
    if (PQresultStatus(result) == expected) {
        *out = result;
        return true;
    }
    fail(connection, ERROR_DATABASE, name, PQresultErrorField(result, PG_DIAG_SQLSTATE), err);
    PQclear(result);
    return false;
}

bool session_run(PGconn *connection, const char *name, struct error *err)
{
    PGresult *result;
    if (!execute(connection, name, PGRES_COMMAND_OK, &result, err))
        return false;
    PQclear(result);
    return true;
}

bool session_fetch_row(PGconn *connection, const char *name, int columns, PGresult **out,
                       struct error *err)
{
    if (!execute(connection, name, PGRES_TUPLES_OK, out, err))
        return false;
    int rows_found = PQntuples(*out);
    int columns_found = PQnfields(*out);
    bool whole = rows_found == 1 && columns_found == columns;
    for (int i = 0; whole && i < columns; i++)
        whole = !PQgetisnull(*out, 0, i);
    if (whole)
        return true;
    PQclear(*out);
    return error_set(err, ERROR_DATABASE, name,
                     "expected 1 row of %d values, found %d of %d or a null", columns, rows_found,
                     columns_found);
}
