/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * UUID version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then bits that are random where the
 * process begins and counted from there. Sorts by time; names things, and is no secret.
 */
#ifndef HENG_DAEMON_UUID_H
#define HENG_DAEMON_UUID_H

#include <stdint.h>

#include "models/core/error.h"

enum { UUID_TEXT_SIZE = 37 };

ERROR_CHECKED bool uuid_make(int64_t now_ms, char out[UUID_TEXT_SIZE], struct error *err);

#endif
