/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/provision.h"

#include "etl/store/session.h"

static bool provision(PGconn *connection, struct error *err)
{
    PGresult *state;
    if (!session_fetch_row(connection, "provision/state.sql", 2, &state, err))
        return false;
    bool has_role = PQgetvalue(state, 0, 0)[0] == 't';
    bool has_database = PQgetvalue(state, 0, 1)[0] == 't';
    PQclear(state);
    return (has_role || session_run(connection, "provision/role.sql", err)) &&
           (has_database || session_run(connection, "provision/database.sql", err));
}

bool provision_database(const char *dsn, struct error *err)
{
    PGconn *connection;
    if (!session_open(dsn, &connection, err))
        return false;
    bool good = provision(connection, err);
    session_close(connection);
    return good;
}
