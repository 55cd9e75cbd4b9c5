/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The feeds of the running service: their documents (setting feed.folder, read at the start and on
 * SIGHUP), when each runs next, and counters. A document that cannot be used is said in the log and
 * stops no other. Safe for any number of threads.
 *
 * Intervals go by the clock that never jumps, times of the day by the wall clock
 * (models/feed/schedule.h). A feed that failed waits, longer each time, and then runs again
 * whatever its schedule says.
 */
#ifndef HENG_DAEMON_FEEDS_H
#define HENG_DAEMON_FEEDS_H

#include <stdio.h>

#include "daemon/settings.h"
#include "etl/feed/feed_run.h"

struct feeds;

/* The time for runs of feeds. */
extern const struct feed_clock feeds_clock;

ERROR_CHECKED bool feeds_open(const struct settings *settings, struct feeds **out,
                              struct error *err);
void feeds_close(struct feeds *feeds);

/* The old documents stay when the folder cannot be read. */
ERROR_CHECKED bool feeds_reload(struct feeds *feeds, struct error *err);

/* The documents as they are now; released with feed_set_release(). */
struct feed_set *feeds_share(struct feeds *feeds);

/* Not found: there is no such feed. Conflict: it is not one that is run. */
ERROR_CHECKED bool feeds_check(struct feeds *feeds, const char *name, struct error *err);

/* Queues a job for each feed that is due; *wait_ms gets the time until the next may be. */
ERROR_CHECKED bool feeds_queue_due(struct feeds *feeds, struct db *db, int64_t *wait_ms,
                                   struct error *err);

enum feeds_outcome { FEEDS_DONE, FEEDS_FAILED, FEEDS_CANCELLED, FEEDS_OUTCOME_COUNT };

/* A run, or a delivery that came by itself, has ended. */
void feeds_note(struct feeds *feeds, const char *name, enum feeds_outcome outcome,
                const struct feed_report *report, int failures);

/* Prometheus text. Labels are names of feeds. */
void feeds_print_metrics(struct feeds *feeds, FILE *stream);

#endif
