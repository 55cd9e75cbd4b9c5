/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database connection of a command: starts or joins the cluster and opens a session. */
#ifndef HENG_DAEMON_DATABASE_H
#define HENG_DAEMON_DATABASE_H

#include "daemon/invocation.h"
#include "etl/store/db.h"

/* A session in a database that has this program's schema. The caller closes it. */
ERROR_CHECKED bool database_open(struct invocation *inv, int statement_seconds, struct db **out,
                                 struct error *err);

/* The same without looking at the schema: for migrate and check. */
ERROR_CHECKED bool database_open_any(struct invocation *inv, int statement_seconds, struct db **out,
                                     struct error *err);

/* The moment of this call in the register's zone, into buffer (MOMENT_TEXT_SIZE), returned. */
const char *database_now(const struct invocation *inv, char *buffer);

/* The same with microseconds (CLOCK_INSTANT_SIZE): two loads within a second stay in order. */
const char *database_instant(const struct invocation *inv, char *buffer);

/* The day of this moment in the register's zone. */
day database_today(const struct invocation *inv);

#endif
