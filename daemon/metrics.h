/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counters of the running service, printed in the Prometheus text format. No label ever holds what
 * a client sent or an entity's identity. */
#ifndef HENG_DAEMON_METRICS_H
#define HENG_DAEMON_METRICS_H

#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

enum { METRICS_STATUS_CLASSES = 6, METRICS_BUCKETS = 12 };

struct metrics {
    atomic_llong requests[METRICS_STATUS_CLASSES]; /* by the first digit of the status */
    atomic_llong durations[METRICS_BUCKETS];       /* not cumulated; the last is +Inf */
    atomic_llong duration_us;
    atomic_llong bytes;
    atomic_llong requests_now;
    atomic_llong connections_now;
    atomic_llong connections_cut; /* by a deadline */
    atomic_llong cache_hits;
    atomic_llong not_modified;
    atomic_llong log_lost;
    atomic_llong logins;
    atomic_llong logins_refused;
    atomic_llong backups;
    atomic_llong backups_failed;
    atomic_llong backup_made_s; /* moment of the newest, in seconds since 1970 UTC; 0: none known */
};

void metrics_init(struct metrics *metrics);
void metrics_count(struct metrics *metrics, int status, int64_t duration_us, uint64_t bytes);
void metrics_print_head(FILE *stream, const char *name, const char *type, const char *help);
void metrics_print(struct metrics *metrics, int64_t now_s, FILE *stream);

#endif
