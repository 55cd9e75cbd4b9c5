/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by the files of the door to libpq; nobody else includes it. */
#ifndef HENG_ETL_STORE_DB_INTERNAL_H
#define HENG_ETL_STORE_DB_INTERNAL_H

#include <libpq-fe.h>

#include "etl/store/db.h"

struct db {
    PGconn *connection;
    char *dsn;
    int statement_seconds;
    bool *prepared; /* by place among all statements */
};

struct db_rows {
    PGresult *result;
};

/* Turns a failed result (or, if NULL, a failed connection) into an error. Returns false. */
bool db_failed(struct db *db, const PGresult *result, const char *what, struct error *err);

bool db_check_shape(PGresult *result, const char *statement, int columns, struct error *err);

/* Takes the result over, also on failure (NULL: no memory). */
struct db_rows *db_rows_of(PGresult *result);

/* Reads and drops results until none is left. */
void db_drain(struct db *db);

#endif
