/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Randomness for secrets, from the system through libsodium. Nothing that a draw decides comes from
 * here: a draw uses what models/draw/FORMAT.md defines. */
#ifndef HENG_DAEMON_SECRET_H
#define HENG_DAEMON_SECRET_H

#include <stddef.h>

#include "models/core/error.h"

ERROR_CHECKED bool secret_fill(unsigned char *out, size_t size, struct error *err);

#endif
