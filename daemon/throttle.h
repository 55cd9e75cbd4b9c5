/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often something may be tried: at most `limit` tries of a key within the last minute. Keys are
 * any bytes (an account name, an address). Holds THROTTLE_KEYS keys; beyond that the key whose last
 * try is the longest ago gives way. Time is an argument; one thread at a time.
 */
#ifndef HENG_DAEMON_THROTTLE_H
#define HENG_DAEMON_THROTTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { THROTTLE_KEYS = 1024, THROTTLE_TRIES_CAP = 64, THROTTLE_WINDOW_MS = 60 * 1000 };

struct throttle;

/* limit: 1 to THROTTLE_TRIES_CAP. NULL without memory. */
struct throttle *throttle_new(int limit);
void throttle_free(struct throttle *throttle);

/* Counts this try. False when it is one too many: *wait_ms is then the time until the next may be
 * made, and the refused try itself is not counted. */
bool throttle_try(struct throttle *throttle, const char *key, size_t size, int64_t now_ms,
                  int64_t *wait_ms);

#endif
