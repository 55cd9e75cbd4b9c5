/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The PostgreSQL programs: cluster.bin_dir, else /usr/lib/postgresql/<major>/bin (the newest when
 * no data exists yet), else what `pg_config --bindir` says. Their version is asked, not guessed,
 * and must be the one that made the data.
 */
#ifndef HENG_DAEMON_CLUSTER_BINARY_H
#define HENG_DAEMON_CLUSTER_BINARY_H

#include <stdbool.h>

#include "daemon/cluster_paths.h"
#include "daemon/settings.h"
#include "models/core/error.h"

enum { CLUSTER_MAJOR_MIN = 15 };

struct cluster_binary {
    char initdb[CLUSTER_PATH_SIZE];
    char postgres[CLUSTER_PATH_SIZE];
    int major;
};

/* data_major: the version that made the data; 0 when there is none. */
ERROR_CHECKED bool cluster_binary_find(const struct settings *settings, int data_major,
                                       struct cluster_binary *binary, struct error *err);

/* "15", "15.20 (Debian …)" → 15; 0 when the text does not begin with a number. */
int cluster_binary_major(const char *version);

/* The largest number that names an entry of the folder which holds <entry>/<proof>; 0: none. */
int cluster_binary_newest(const char *folder, const char *proof);

#endif
