/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Locks between processes (flock(2)): the kernel drops them when their holder ends, however it
 * ends. Lock files stay: removing one would let two processes lock two files of one name.
 */
#ifndef HENG_DAEMON_CLUSTER_LOCK_H
#define HENG_DAEMON_CLUSTER_LOCK_H

#include <stdbool.h>
#include <sys/types.h>

#include "daemon/cluster_paths.h"
#include "models/core/error.h"

struct cluster_lock {
    int file; /* -1 when closed */
    char path[CLUSTER_PATH_SIZE];
};

enum cluster_lock_mode { CLUSTER_LOCK_SHARED, CLUSTER_LOCK_EXCLUSIVE };

ERROR_CHECKED bool cluster_lock_open(const char *folder, const char *name,
                                     struct cluster_lock *lock, struct error *err);

/* Never waits: *got tells. A refused change from shared to exclusive loses the shared lock. */
ERROR_CHECKED bool cluster_lock_try(struct cluster_lock *lock, enum cluster_lock_mode mode,
                                    bool *got, struct error *err);

/* The process that last took the lock exclusively; 0 if none is noted. */
pid_t cluster_lock_holder(const struct cluster_lock *lock);

/* Gives the lock up. */
void cluster_lock_close(struct cluster_lock *lock);

#endif
