/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/feeds.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/clock.h"
#include "daemon/metrics.h"
#include "daemon/work.h"

enum { TICK_MIN_MS = 100, TICK_MAX_MS = 5000, TICK_ARENA_CAP = 1024 * 1024 };

const struct feed_clock feeds_clock = {clock_now_us, clock_instant};

/* What is kept of a feed beyond its document: it may be read anew in between. */
struct meter {
    char name[FEED_NAME_SIZE];
    int64_t next_ms; /* not before, by the clock that never jumps */
    bool retry;      /* the last run failed: due at next_ms whatever the schedule says */
    long long runs[FEEDS_OUTCOME_COUNT];
    struct feed_report sum;
    int failures;
    int64_t delivered_s; /* of the last delivery, since 1970-01-01 UTC; 0: none since the start */
};

struct feeds {
    const struct settings *settings;
    struct arena arena;
    struct calendar calendar;
    pthread_mutex_t lock; /* of everything below */
    struct feed_set *set;
    bool registered;
    struct meter meters[FEED_SET_CAP];
    size_t meter_count;
};

static void say_faults(const struct feed_set *set)
{
    for (size_t i = 0; i < set->fault_count; i++)
        fprintf(stderr, "heng: feed document %s is not used: %s: %s\n", set->faults[i].path,
                set->faults[i].error.subject, set->faults[i].error.message);
}

static bool read_set(struct feeds *feeds, struct feed_set **out, struct error *err)
{
    if (!feed_set_read(settings_text(feeds->settings, SETTING_FEED_FOLDER), out, err))
        return false;
    say_faults(*out);
    return true;
}

bool feeds_open(const struct settings *settings, struct feeds **out, struct error *err)
{
    enum { CALENDAR_ARENA_CAP = 4 * 1024 * 1024 };
    struct feeds *feeds = calloc(1, sizeof *feeds);
    if (!feeds)
        return error_memory(err);
    feeds->settings = settings;
    arena_init(&feeds->arena, CALENDAR_ARENA_CAP);
    pthread_mutex_init(&feeds->lock, NULL);
    if (!work_calendar(&feeds->arena, &feeds->calendar, err) ||
        !read_set(feeds, &feeds->set, err)) {
        feeds_close(feeds);
        return false;
    }
    *out = feeds;
    return true;
}

void feeds_close(struct feeds *feeds)
{
    if (!feeds)
        return;
    feed_set_release(feeds->set);
    arena_reset(&feeds->arena);
    pthread_mutex_destroy(&feeds->lock);
    free(feeds);
}

bool feeds_reload(struct feeds *feeds, struct error *err)
{
    struct feed_set *set = NULL;
    if (!read_set(feeds, &set, err))
        return false;
    pthread_mutex_lock(&feeds->lock);
    struct feed_set *former = feeds->set;
    feeds->set = set;
    feeds->registered = false;
    pthread_mutex_unlock(&feeds->lock);
    feed_set_release(former);
    return true;
}

struct feed_set *feeds_share(struct feeds *feeds)
{
    pthread_mutex_lock(&feeds->lock);
    struct feed_set *set = feed_set_share(feeds->set);
    pthread_mutex_unlock(&feeds->lock);
    return set;
}

bool feeds_check(struct feeds *feeds, const char *name, struct error *err)
{
    struct feed_set *set = feeds_share(feeds);
    const struct feed_entry *entry = feed_set_find(set, name);
    bool good = true;
    if (!entry)
        good = error_set(err, ERROR_NOT_FOUND, NULL, "there is no feed %.60s", name);
    else if (!entry->feed.scheduled)
        good =
            error_set(err, ERROR_CONFLICT, NULL, "feed %s delivers by itself and is not run", name);
    feed_set_release(set);
    return good;
}

/* Made when it is first asked for; NULL when there is no more room. The lock is held. */
static struct meter *meter_of(struct feeds *feeds, const char *name)
{
    for (size_t i = 0; i < feeds->meter_count; i++) {
        if (strcmp(feeds->meters[i].name, name) == 0)
            return &feeds->meters[i];
    }
    if (feeds->meter_count == FEED_SET_CAP)
        return NULL;
    struct meter *meter = &feeds->meters[feeds->meter_count++];
    *meter = (struct meter){.next_ms = 0};
    snprintf(meter->name, sizeof meter->name, "%s", name);
    return meter;
}

/* Registers the documents once they are read, and again when the database was away. */
static bool register_set(struct feeds *feeds, struct feed_set *set, struct db *db,
                         struct error *err)
{
    char now[DELIVERY_INSTANT_SIZE];
    int offset = (int)settings_integer(feeds->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES);
    pthread_mutex_lock(&feeds->lock);
    bool done = feeds->registered && feeds->set == set;
    pthread_mutex_unlock(&feeds->lock);
    if (done)
        return true;
    if (!feed_set_register(set, db, clock_instant(clock_now_us(), offset, now), err))
        return false;
    pthread_mutex_lock(&feeds->lock);
    feeds->registered = feeds->set == set;
    pthread_mutex_unlock(&feeds->lock);
    return true;
}

/* Milliseconds until the feed is due; 0 or less: now. The lock is held. */
static int64_t until_due(const struct feeds *feeds, const struct feed_entry *entry,
                         const struct meter *meter, int64_t last_s, int64_t now_ms)
{
    const struct schedule *schedule = &entry->feed.schedule;
    int64_t offset_s = settings_integer(feeds->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES) * 60;
    int64_t now = clock_now_us() / 1000000 + offset_s;
    int64_t wait_ms = meter->next_ms - now_ms;
    if (meter->retry || wait_ms > 0)
        return wait_ms;
    if (schedule->every_seconds > 0)
        return schedule_allows(schedule, &feeds->calendar, now) ? 0 : TICK_MAX_MS;
    return (schedule_next(schedule, &feeds->calendar, last_s + offset_s, now) - now) * 1000;
}

static const struct feed_state *state_of(const struct feed_state *states, size_t count,
                                         const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(states[i].name, name) == 0)
            return &states[i];
    }
    return NULL;
}

/* Whether to queue the feed now; *wait_ms gets what is left otherwise, if that is less. */
static bool is_due(struct feeds *feeds, const struct feed_entry *entry,
                   const struct feed_state *state, int64_t *wait_ms)
{
    bool due = false;
    pthread_mutex_lock(&feeds->lock);
    struct meter *meter = meter_of(feeds, entry->name);
    int64_t now_ms = clock_monotonic_ms();
    if (meter) {
        int64_t left = until_due(feeds, entry, meter, state->last_s, now_ms);
        due = left <= 0;
        /* The end of the run says when the next one is; this is for a run that never ends. */
        if (due)
            meter->next_ms = now_ms + TICK_MAX_MS;
        else if (left < *wait_ms)
            *wait_ms = left < TICK_MIN_MS ? TICK_MIN_MS : left;
    }
    pthread_mutex_unlock(&feeds->lock);
    return due;
}

static bool queue_due(struct feeds *feeds, const struct feed_set *set, struct db *db,
                      struct arena *arena, int64_t *wait_ms, struct error *err)
{
    char now[DELIVERY_INSTANT_SIZE];
    struct feed_state *states;
    size_t count;
    bool queued;
    int offset = (int)settings_integer(feeds->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES);
    if (!feed_store_states(db, arena, &states, &count, err))
        return false;
    for (size_t i = 0; i < set->count; i++) {
        const struct feed_entry *entry = &set->entries[i];
        const struct feed_state *state = state_of(states, count, entry->name);
        if (entry->feed.scheduled && state && is_due(feeds, entry, state, wait_ms) &&
            !feed_store_queue(db, entry->name, clock_instant(clock_now_us(), offset, now), &queued,
                              err))
            return false;
    }
    return true;
}

bool feeds_queue_due(struct feeds *feeds, struct db *db, int64_t *wait_ms, struct error *err)
{
    struct arena arena;
    struct feed_set *set = feeds_share(feeds);
    *wait_ms = TICK_MAX_MS;
    arena_init(&arena, TICK_ARENA_CAP);
    bool good = register_set(feeds, set, db, err) &&
                (set->count == 0 || queue_due(feeds, set, db, &arena, wait_ms, err));
    arena_reset(&arena);
    feed_set_release(set);
    return good;
}

/* A number that differs between feeds. */
static uint64_t spread_of(const char *name)
{
    unsigned char hash[DIGEST_SIZE];
    digest_of(DIGEST_SHA256, name, strlen(name), hash);
    return digest_prefix(hash);
}

static int64_t wait_after(struct feeds *feeds, const struct meter *meter)
{
    const struct feed_entry *entry = feed_set_find(feeds->set, meter->name);
    if (meter->retry)
        return schedule_back_off(meter->failures, spread_of(meter->name)) * 1000LL;
    return entry ? entry->feed.schedule.every_seconds * 1000LL : 0;
}

static void add_report(struct feed_report *sum, const struct feed_report *report)
{
    sum->deliveries += report->deliveries;
    sum->refused += report->refused;
    sum->inserted += report->inserted;
    sum->updated += report->updated;
    sum->identical += report->identical;
    sum->rejected += report->rejected;
}

void feeds_note(struct feeds *feeds, const char *name, enum feeds_outcome outcome,
                const struct feed_report *report, int failures)
{
    pthread_mutex_lock(&feeds->lock);
    struct meter *meter = meter_of(feeds, name);
    if (meter) {
        meter->runs[outcome]++;
        meter->failures = failures;
        meter->retry = outcome == FEEDS_FAILED && failures > 0;
        meter->next_ms = clock_monotonic_ms() + wait_after(feeds, meter);
        add_report(&meter->sum, report);
        if (report->deliveries > 0)
            meter->delivered_s = clock_now_us() / 1000000;
    }
    pthread_mutex_unlock(&feeds->lock);
}

static void print_runs(const struct feeds *feeds, FILE *stream)
{
    static const char *const outcomes[FEEDS_OUTCOME_COUNT] = {"done", "failed", "cancelled"};
    metrics_print_head(stream, "heng_feed_runs_total", "counter", "Runs of feeds by their end");
    for (size_t i = 0; i < feeds->meter_count; i++) {
        for (int outcome = 0; outcome < FEEDS_OUTCOME_COUNT; outcome++)
            fprintf(stream, "heng_feed_runs_total{feed=\"%s\",outcome=\"%s\"} %lld\n",
                    feeds->meters[i].name, outcomes[outcome], feeds->meters[i].runs[outcome]);
    }
}

static void print_rows(const struct feeds *feeds, FILE *stream)
{
    static const struct {
        const char *name;
        size_t offset;
    } results[] = {{"inserted", offsetof(struct feed_report, inserted)},
                   {"updated", offsetof(struct feed_report, updated)},
                   {"identical", offsetof(struct feed_report, identical)},
                   {"rejected", offsetof(struct feed_report, rejected)}};
    metrics_print_head(stream, "heng_feed_rows_total", "counter",
                       "Rows of feeds by what became of them");
    for (size_t i = 0; i < feeds->meter_count; i++) {
        for (size_t r = 0; r < sizeof results / sizeof results[0]; r++) {
            int64_t value;
            memcpy(&value, (const char *)&feeds->meters[i].sum + results[r].offset, sizeof value);
            fprintf(stream, "heng_feed_rows_total{feed=\"%s\",result=\"%s\"} %lld\n",
                    feeds->meters[i].name, results[r].name, (long long)value);
        }
    }
}

static void print_deliveries(const struct feeds *feeds, FILE *stream)
{
    metrics_print_head(stream, "heng_feed_deliveries_total", "counter",
                       "Deliveries taken and refused");
    for (size_t i = 0; i < feeds->meter_count; i++) {
        const struct meter *meter = &feeds->meters[i];
        fprintf(stream,
                "heng_feed_deliveries_total{feed=\"%s\",outcome=\"taken\"} %lld\n"
                "heng_feed_deliveries_total{feed=\"%s\",outcome=\"refused\"} %lld\n",
                meter->name, (long long)meter->sum.deliveries, meter->name,
                (long long)meter->sum.refused);
    }
    metrics_print_head(stream, "heng_feed_last_delivery_seconds", "gauge",
                       "Moment of the last delivery taken since the start, since 1970");
    for (size_t i = 0; i < feeds->meter_count; i++) {
        if (feeds->meters[i].delivered_s > 0)
            fprintf(stream, "heng_feed_last_delivery_seconds{feed=\"%s\"} %lld\n",
                    feeds->meters[i].name, (long long)feeds->meters[i].delivered_s);
    }
}

void feeds_print_metrics(struct feeds *feeds, FILE *stream)
{
    pthread_mutex_lock(&feeds->lock);
    metrics_print_head(stream, "heng_feed_documents", "gauge", "Feed documents, used and not");
    fprintf(stream,
            "heng_feed_documents{used=\"true\"} %zu\nheng_feed_documents{used=\"false\"} %zu\n",
            feeds->set->count, feeds->set->fault_count);
    print_runs(feeds, stream);
    print_deliveries(feeds, stream);
    print_rows(feeds, stream);
    metrics_print_head(stream, "heng_feed_failures", "gauge", "Failed runs in a row");
    for (size_t i = 0; i < feeds->meter_count; i++)
        fprintf(stream, "heng_feed_failures{feed=\"%s\"} %d\n", feeds->meters[i].name,
                feeds->meters[i].failures);
    pthread_mutex_unlock(&feeds->lock);
}
