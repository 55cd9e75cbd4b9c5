/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Addresses of what the service serves, for Location and for the results of jobs. */
#ifndef HENG_DAEMON_LINK_H
#define HENG_DAEMON_LINK_H

#include <stdbool.h>
#include <stddef.h>

#include "models/core/text.h"

enum { LINK_SIZE = 512 };

/* "/api/v1/<family>/<name>", the name escaped (RFC 3986: all but the unreserved characters); with
 * "/<number>" behind it when number is above 0. name has at most LINES_ID_CAP bytes. */
const char *link_make(const char *family, const char *name, int64_t number, char out[LINK_SIZE]);

/* Can the name stand in an address? A slash cannot: targets are decoded before they are cut. */
bool link_can_name(const char *name);

#endif
