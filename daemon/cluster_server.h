/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The embedded postgres as a direct child: started, watched and stopped. Its output goes to a log
 * file, whose last lines are part of an error. It is never sent SIGKILL.
 */
#ifndef HENG_DAEMON_CLUSTER_SERVER_H
#define HENG_DAEMON_CLUSTER_SERVER_H

#include <stdbool.h>
#include <sys/types.h>

#include "daemon/cluster_binary.h"
#include "daemon/cluster_paths.h"
#include "models/core/error.h"

#define CLUSTER_SUPERUSER "heng_admin"

struct cluster_server {
    pid_t process; /* 0: none */
    off_t log_start;
    char log[CLUSTER_PATH_SIZE];
    char data[CLUSTER_PATH_SIZE]; /* <home>/<major> */
    char socket_dir[CLUSTER_PATH_SIZE];
};

/* Starts postgres and waits until it answers on server->socket_dir. shared_buffers_mb 0: 128 to 512
 * by memory. On failure nothing is left running. */
ERROR_CHECKED bool cluster_server_start(struct cluster_server *server,
                                        const struct cluster_binary *binary,
                                        int64_t shared_buffers_mb, struct error *err);

/* False when the process has ended. */
ERROR_CHECKED bool cluster_server_check(struct cluster_server *server, struct error *err);

/* Fast shutdown with a deadline, then immediate. */
ERROR_CHECKED bool cluster_server_stop(struct cluster_server *server, struct error *err);

/* The connection string of a role on this server, into out (CLUSTER_PATH_SIZE bytes). */
void cluster_server_dsn(const char *socket_dir, const char *role, const char *database, char *out);

/* The error for a program that ended when it should not have, with the log since the mark. */
void cluster_server_mark_log(struct cluster_server *server);
bool cluster_server_ended(const struct cluster_server *server, const char *program, int status,
                          struct error *err);

#endif
