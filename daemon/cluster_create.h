/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The first start: a data directory is made under the name <data>.tmp and renamed when it is whole
 * and on disk, so a directory of the final name is always usable, whenever the work was cut off.
 */
#ifndef HENG_DAEMON_CLUSTER_CREATE_H
#define HENG_DAEMON_CLUSTER_CREATE_H

#include <stdbool.h>

#include "daemon/cluster_server.h"

/* Makes server->data with checksums, UTF-8 and access for os_user only. The caller holds the owner
 * lock. */
ERROR_CHECKED bool cluster_create_data(struct cluster_server *server,
                                       const struct cluster_binary *binary, const char *os_user,
                                       struct error *err);

#endif
