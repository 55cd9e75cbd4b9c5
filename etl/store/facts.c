/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/facts.h"

#include <stdio.h>

#include "etl/store/session.h"
#include "models/core/text.h"

static bool take(const PGresult *row, struct facts *facts, struct error *err)
{
    char *const texts[] = {facts->server_version, facts->encoding, facts->checksums,
                           facts->database, facts->role};
    int64_t *const numbers[] = {&facts->size_bytes, &facts->tables};
    enum { TEXTS = sizeof texts / sizeof texts[0], NUMBERS = sizeof numbers / sizeof numbers[0] };
    for (int i = 0; i < TEXTS; i++)
        snprintf(texts[i], FACTS_TEXT_SIZE, "%s", PQgetvalue(row, 0, i));
    for (int i = 0; i < NUMBERS; i++) {
        const char *value = PQgetvalue(row, 0, TEXTS + i);
        if (!text_to_i64(text_of(value), numbers[i]))
            return error_set(err, ERROR_DATABASE, "facts/server.sql",
                             "column %d must be a whole number, found \"%s\"", TEXTS + i + 1,
                             value);
    }
    return true;
}

bool facts_fetch(const char *dsn, struct facts *facts, struct error *err)
{
    PGconn *connection;
    PGresult *row;
    if (!session_open(dsn, &connection, err))
        return false;
    bool good = session_fetch_row(connection, "facts/server.sql", 7, &row, err);
    if (good) {
        good = take(row, facts, err);
        PQclear(row);
    }
    session_close(connection);
    return good;
}
