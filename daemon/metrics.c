/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/metrics.h"

#include <stddef.h>
#include <string.h>

/* Upper bounds in microseconds; the last bucket has none. */
static const int64_t bounds_us[METRICS_BUCKETS - 1] = {
    100, 300, 1000, 3000, 10000, 30000, 100000, 300000, 1000000, 3000000, 10000000};

static const struct {
    const char *name;
    const char *type;
    const char *help;
    size_t offset;
} simple[] = {
    {"heng_http_bytes_total", "counter", "Bytes of answers sent", offsetof(struct metrics, bytes)},
    {"heng_http_requests_now", "gauge", "Requests under way",
     offsetof(struct metrics, requests_now)},
    {"heng_http_connections_now", "gauge", "Open connections",
     offsetof(struct metrics, connections_now)},
    {"heng_http_connections_cut_total", "counter", "Connections ended by a deadline",
     offsetof(struct metrics, connections_cut)},
    {"heng_http_cache_hits_total", "counter", "Answers from the cache",
     offsetof(struct metrics, cache_hits)},
    {"heng_http_not_modified_total", "counter", "Answers 304",
     offsetof(struct metrics, not_modified)},
    {"heng_log_lines_lost_total", "counter", "Lines of the access log that could not be written",
     offsetof(struct metrics, log_lost)},
    {"heng_logins_total", "counter", "Sessions opened", offsetof(struct metrics, logins)},
    {"heng_logins_refused_total", "counter", "Logins refused",
     offsetof(struct metrics, logins_refused)},
    {"heng_backups_total", "counter", "Backups made by this process",
     offsetof(struct metrics, backups)},
    {"heng_backups_failed_total", "counter", "Backups that failed in this process",
     offsetof(struct metrics, backups_failed)},
};

void metrics_init(struct metrics *metrics)
{
    memset(metrics, 0, sizeof *metrics);
}

void metrics_count(struct metrics *metrics, int status, int64_t duration_us, uint64_t bytes)
{
    int class = status / 100;
    int bucket = 0;
    while (bucket < METRICS_BUCKETS - 1 && duration_us > bounds_us[bucket])
        bucket++;
    atomic_fetch_add(&metrics->requests[class > 0 && class < METRICS_STATUS_CLASSES ? class : 0],
                     1);
    atomic_fetch_add(&metrics->durations[bucket], 1);
    atomic_fetch_add(&metrics->duration_us, duration_us);
    atomic_fetch_add(&metrics->bytes, (long long)bytes);
}

void metrics_print_head(FILE *stream, const char *name, const char *type, const char *help)
{
    fprintf(stream, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void print_durations(struct metrics *metrics, FILE *stream)
{
    static const char name[] = "heng_http_request_seconds";
    long long total = 0;
    metrics_print_head(stream, name, "histogram", "Time from the target read to the answer taken");
    for (int i = 0; i < METRICS_BUCKETS; i++) {
        total += atomic_load(&metrics->durations[i]);
        if (i < METRICS_BUCKETS - 1)
            fprintf(stream, "%s_bucket{le=\"%g\"} %lld\n", name, (double)bounds_us[i] / 1e6, total);
        else
            fprintf(stream, "%s_bucket{le=\"+Inf\"} %lld\n", name, total);
    }
    fprintf(stream, "%s_sum %.6f\n%s_count %lld\n", name,
            (double)atomic_load(&metrics->duration_us) / 1e6, name, total);
}

/* Without a backup there is no age: an alarm should ask for absent(). */
static void print_backup(struct metrics *metrics, int64_t now_s, FILE *stream)
{
    long long made_s = atomic_load(&metrics->backup_made_s);
    if (made_s == 0)
        return;
    metrics_print_head(stream, "heng_backup_age_seconds", "gauge",
                       "Time since the newest backup of this database was begun");
    fprintf(stream, "heng_backup_age_seconds %lld\n", (long long)now_s - made_s);
}

void metrics_print(struct metrics *metrics, int64_t now_s, FILE *stream)
{
    metrics_print_head(stream, "heng_build_info", "gauge", "The program's version");
    fprintf(stream, "heng_build_info{version=\"%s\"} 1\n", HENG_VERSION);
    metrics_print_head(stream, "heng_http_requests_total", "counter", "Answers by class of status");
    for (int i = 1; i < METRICS_STATUS_CLASSES; i++)
        fprintf(stream, "heng_http_requests_total{status=\"%dxx\"} %lld\n", i,
                (long long)atomic_load(&metrics->requests[i]));
    print_durations(metrics, stream);
    print_backup(metrics, now_s, stream);
    for (size_t i = 0; i < sizeof simple / sizeof simple[0]; i++) {
        atomic_llong *value = (atomic_llong *)(void *)((char *)metrics + simple[i].offset);
        metrics_print_head(stream, simple[i].name, simple[i].type, simple[i].help);
        fprintf(stream, "%s %lld\n", simple[i].name, (long long)atomic_load(value));
    }
}
