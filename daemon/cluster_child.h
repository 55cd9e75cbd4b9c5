/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A child that never outlives this process: it gets a signal when the thread that started it ends,
 * however it ends. It has its own process group (Ctrl-C reaches heng only), a clean environment
 * with LC_ALL=C.UTF-8, no open file but a log for its output, and the directory / as its own.
 */
#ifndef HENG_DAEMON_CLUSTER_CHILD_H
#define HENG_DAEMON_CLUSTER_CHILD_H

#include <stdbool.h>
#include <sys/types.h>

#include "models/core/error.h"

/* argv[0] is the absolute path of the program. Main thread only. */
ERROR_CHECKED bool cluster_child_start(char *const *argv, const char *log, int death_signal,
                                       pid_t *out, struct error *err);

enum cluster_child_state { CLUSTER_CHILD_RUNS, CLUSTER_CHILD_ENDED };

/* Looks without waiting. *status is as of waitpid(2). */
enum cluster_child_state cluster_child_look(pid_t child, int *status);

/* Waits; false when the deadline passes first. */
bool cluster_child_wait(pid_t child, int deadline_ms, int *status);

/* "ended with exit code 1" or "was ended by signal 9", into buffer (64 bytes), returned. */
const char *cluster_child_ending(int status, char *buffer);

#endif
