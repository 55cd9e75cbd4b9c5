/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One run of one feed, whatever its kind: locked against other runs of the same feed, its begin and
 * end noted. A run that fails keeps what it has committed; the next one goes on from there.
 */
#ifndef HENG_ETL_FEED_FEED_RUN_H
#define HENG_ETL_FEED_FEED_RUN_H

#include "etl/feed/delivery.h"

/* run->db and run->entry (registered), clock and progress are the caller's; the report is filled
 * also when the run fails. Conflict: a run of the feed is under way. *failures gets the number of
 * failed runs in a row. */
ERROR_CHECKED bool feed_run(struct feed_run *run, int *failures, struct error *err);

/* Whether a run could begin, without taking anything. */
ERROR_CHECKED bool feed_run_check(const struct feed_entry *entry, struct error *err);

/* The report in words, cut to size bytes: "3 deliveries, 120 rows …". */
const char *feed_run_words(const struct feed_report *report, char *buffer, size_t size);

#endif
