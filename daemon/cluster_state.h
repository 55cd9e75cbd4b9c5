/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the owner of the embedded server tells the processes that join: the file <home>/state with
 * the socket directory and whether the server is ready for them. It is replaced, never changed, and
 * means something only while the owner lock is held.
 */
#ifndef HENG_DAEMON_CLUSTER_STATE_H
#define HENG_DAEMON_CLUSTER_STATE_H

#include <stdbool.h>

#include "daemon/cluster_paths.h"
#include "models/core/error.h"

struct cluster_state {
    char socket_dir[CLUSTER_PATH_SIZE];
    bool ready;
};

/* False when there is no state (or no whole one). */
bool cluster_state_read(const char *home, struct cluster_state *state);

ERROR_CHECKED bool cluster_state_write(const char *home, const struct cluster_state *state,
                                       struct error *err);

/* Removes the file and the socket directory that it names. */
void cluster_state_remove(const char *home);

#endif
