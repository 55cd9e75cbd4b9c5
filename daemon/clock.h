/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The only door to the clocks. Everything else takes time as an argument (`as_of`, `now`), so that
 * a run with the same inputs gives the same bytes.
 */
#ifndef HENG_DAEMON_CLOCK_H
#define HENG_DAEMON_CLOCK_H

#include <stdint.h>

#include "models/core/day.h"

/* The wall clock: microseconds since 1970-01-01 00:00:00 UTC. */
int64_t clock_now_us(void);

/* The calendar day of a moment in a zone that is utc_offset_minutes ahead of UTC. */
day clock_day_of(int64_t moment_us, int utc_offset_minutes);

/* "YYYY-MM-DD HH:MM:SS+hh:mm" into buffer (MOMENT_TEXT_SIZE bytes), returned. */
const char *clock_moment(int64_t moment_us, int utc_offset_minutes, char *buffer);

/* The same with microseconds, "YYYY-MM-DD HH:MM:SS.uuuuuu+hh:mm" (CLOCK_INSTANT_SIZE bytes): for
 * what is ordered by it, such as the moments at which records became known. */
enum { CLOCK_INSTANT_SIZE = 33 };
const char *clock_instant(int64_t moment_us, int utc_offset_minutes, char *buffer);

/* "YYYY-MM-DDThh:mm:ssZ" into buffer (CLOCK_UTC_SIZE bytes), returned. */
enum { CLOCK_UTC_SIZE = 21 };
const char *clock_utc(int64_t moment_us, char *buffer);

/* A clock that never jumps, for durations and deadlines: milliseconds since an arbitrary start. */
int64_t clock_monotonic_ms(void);

/* The same in microseconds. */
int64_t clock_monotonic_us(void);

/* Sleeps; returns early when a signal arrives. */
void clock_sleep_ms(int duration_ms);

#endif
