/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The directories of the embedded server: where they are, made when missing, checked before use.
 */
#ifndef HENG_DAEMON_CLUSTER_PATHS_H
#define HENG_DAEMON_CLUSTER_PATHS_H

#include <stdbool.h>
#include <stdint.h>

#include "daemon/cluster_user.h"
#include "daemon/settings.h"
#include "models/core/error.h"

enum {
    CLUSTER_PATH_SIZE = 512,
    CLUSTER_SOCKET_PATH_MAX = 107, /* sun_path of unix(7) without its NUL */
    CLUSTER_PORT = 5432            /* only a part of the socket's name: there is no TCP */
};

struct cluster_paths {
    char home[CLUSTER_PATH_SIZE];    /* <data_dir>/pg */
    char runtime[CLUSTER_PATH_SIZE]; /* where the socket directory is made */
};

/* As root: makes the directories and gives them to the user. Call before becoming the user. */
ERROR_CHECKED bool cluster_paths_prepare(const struct settings *settings,
                                         const struct cluster_user *user, struct error *err);

/* As the user: checks that each can be entered, is the user's own and short enough for a socket. */
ERROR_CHECKED bool cluster_paths_choose(const struct settings *settings,
                                        const struct cluster_user *user,
                                        struct cluster_paths *paths, struct error *err);

/* "<folder>/<name>" into out (CLUSTER_PATH_SIZE bytes). */
ERROR_CHECKED bool cluster_paths_join(const char *folder, const char *name, char *out,
                                      struct error *err);

/* A new directory of mode 0700 for the socket, its path into out (CLUSTER_PATH_SIZE bytes). */
ERROR_CHECKED bool cluster_paths_make_socket_dir(const struct cluster_paths *paths, char *out,
                                                 struct error *err);

/* Removes a socket directory with what a killed server leaves in it. Best effort: a leftover is an
 * empty directory in a temporary place. Anything that has no such name is left alone. */
void cluster_paths_remove_socket_dir(const char *socket_dir);

/* Refuses to go on with less than min_mb free below path. */
ERROR_CHECKED bool cluster_paths_check_free(const char *path, int64_t min_mb, struct error *err);

/* Free bytes for this user below path. */
ERROR_CHECKED bool cluster_paths_free_bytes(const char *path, int64_t *out, struct error *err);

#endif
