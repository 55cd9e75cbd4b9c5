/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The report of `heng load --check`: for people, or as JSON. */
#ifndef HENG_DAEMON_LOAD_CHECK_H
#define HENG_DAEMON_LOAD_CHECK_H

#include <jansson.h>

#include "daemon/invocation.h"
#include "etl/load/load.h"

enum { LOAD_CHECK_TOP = 10 }; /* unknown values shown per field */

void load_check_print(const struct invocation *inv, const char *path,
                      const struct load_report *report, struct profile *profile);

/* NULL for want of memory. */
json_t *load_check_json(const char *path, const struct load_report *report,
                        struct profile *profile);

#endif
