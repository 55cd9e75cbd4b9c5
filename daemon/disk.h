/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Free space of the file system that holds a path. */
#ifndef HENG_DAEMON_DISK_H
#define HENG_DAEMON_DISK_H

#include <stdint.h>

#include "models/core/error.h"

/* ERROR_LIMIT with both numbers (MiB) when less is free for programs without privileges. */
ERROR_CHECKED bool disk_require(const char *path, uint64_t bytes, struct error *err);

#endif
