/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The database of this process: the server named by database.dsn, or, without one, a private
 * PostgreSQL below cluster.data_dir that heng starts as its direct child and stops at the end.
 *
 * Below <data_dir>/pg/:
 *   <major>/     the data directory (<major>.tmp while initdb runs)
 *   owner.lock   exclusive: held for life by the process whose child the server is (the owner)
 *   users.lock   shared: held by each process that uses the server. The owner takes it exclusively
 *                before it stops the server, so it never stops it under another command: a command
 *                that started the server and is done before another stays until that one is done
 *   serve.lock   exclusive: two `heng serve` exclude each other
 *   state        socket directory and "starting" or "ready", for the processes that join
 *   server.log   what initdb and postgres print
 *
 * `heng serve` always wants to be the owner: it waits, without counting as a user, until a command
 * that happens to own the server is done. The kernel drops locks of a killed process and sends its
 * server SIGINT (parent-death signal), so kill -9 leaves neither a lock nor an orphan.
 *
 * Started as root, the whole process becomes cluster.service_user before it touches the data.
 * Call from the main thread: the parent-death signal follows the thread that forked.
 *
 * Errors: config (no such user, wrong owner, path cannot be entered or is too long), not-found (no
 * PostgreSQL), conflict (second serve), limit (disk full), unavailable (deadline), database (server
 * or initdb failed; carries the last lines of the log), interrupted.
 */
#ifndef HENG_DAEMON_CLUSTER_H
#define HENG_DAEMON_CLUSTER_H

#include <stdbool.h>

#include "daemon/progress.h"
#include "daemon/settings.h"
#include "models/core/error.h"

enum cluster_purpose { CLUSTER_COMMAND, CLUSTER_SERVE };

struct cluster;

/* *out is NULL on failure; close it with cluster_close(). */
ERROR_CHECKED bool cluster_open(const struct settings *settings, enum cluster_purpose purpose,
                                struct progress *progress, struct cluster **out, struct error *err);

/* The connection string of the application role; lives as long as the cluster. */
const char *cluster_dsn(const struct cluster *cluster);

/* The data directory of the embedded server; NULL with a server of someone else. */
const char *cluster_data_dir(const struct cluster *cluster);

/* False, with the last lines of its log, when the server that this process owns has ended. */
ERROR_CHECKED bool cluster_check(struct cluster *cluster, struct error *err);

/* Stops the server if this process owns it, once no other process uses it. Frees the cluster even
 * on failure. NULL is allowed. */
ERROR_CHECKED bool cluster_close(struct cluster *cluster, struct progress *progress,
                                 struct error *err);

#endif
