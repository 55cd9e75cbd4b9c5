/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A short connection for a handful of statements without parameters: set up, asked, closed. Time
 * limits are set, notices are dropped, and every statement says how many columns it expects.
 */
#ifndef HENG_ETL_STORE_SESSION_H
#define HENG_ETL_STORE_SESSION_H

#include <libpq-fe.h>
#include <stdbool.h>

#include "models/core/error.h"

ERROR_CHECKED bool session_open(const char *dsn, PGconn **out, struct error *err);
void session_close(PGconn *connection);

/* Runs the embedded statement `name`, which returns nothing. */
ERROR_CHECKED bool session_run(PGconn *connection, const char *name, struct error *err);

/* Runs the embedded statement `name`, which returns one row of `columns` values that are not null;
 * PQclear() the result. */
ERROR_CHECKED bool session_fetch_row(PGconn *connection, const char *name, int columns,
                                     PGresult **out, struct error *err);

#endif
