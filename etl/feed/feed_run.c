/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/feed/feed_run.h"

#include <inttypes.h>
#include <stdio.h>

#include "etl/feed/folder.h"

static const struct {
    bool (*run)(struct feed_run *run, struct error *err); /* NULL: others begin a delivery */
    bool (*check)(const struct feed_entry *entry, struct error *err); /* NULL: nothing to check */
} kinds[FEED_KIND_COUNT] = {
    [FEED_FOLDER] = {folder_run, folder_check},
    [FEED_PUSH] = {NULL, NULL},
};

static const char *outcome_of(bool good, const struct error *err)
{
    return good ? "done" : err->kind == ERROR_INTERRUPTED ? "cancelled" : "failed";
}

static bool run_locked(struct feed_run *run, struct arena *arena, int *failures, struct error *err)
{
    char now[DELIVERY_INSTANT_SIZE];
    struct error noting = {.kind = ERROR_NONE};
    int64_t feed_id = run->entry->feed_id;
    if (!feed_store_start(run->db, feed_id, delivery_now(run, now), arena, &run->watermark, err))
        return false;
    bool good = kinds[run->entry->feed.kind].run(run, err);
    db_rollback(run->db);
    bool noted = feed_store_end(run->db, feed_id, delivery_now(run, now), outcome_of(good, err),
                                good ? NULL : err->message, failures, &noting);
    if (good && !noted)
        *err = noting;
    return good && noted;
}

bool feed_run(struct feed_run *run, int *failures, struct error *err)
{
    enum { ARENA_CAP = 1024 * 1024 };
    struct arena arena;
    run->report = (struct feed_report){0};
    *failures = 0;
    if (!kinds[run->entry->feed.kind].run)
        return error_set(err, ERROR_CONFLICT, run->entry->name,
                         "a feed of kind %s is not run: its deliveries come when they come",
                         feed_kind_name(run->entry->feed.kind));
    if (!feed_store_lock(run->db, run->entry->feed_id, run->entry->name, err))
        return false;
    arena_init(&arena, ARENA_CAP);
    bool good = run_locked(run, &arena, failures, err);
    arena_reset(&arena);
    feed_store_unlock(run->db, run->entry->feed_id);
    return good;
}

bool feed_run_check(const struct feed_entry *entry, struct error *err)
{
    return !kinds[entry->feed.kind].check || kinds[entry->feed.kind].check(entry, err);
}

const char *feed_run_words(const struct feed_report *report, char *buffer, size_t size)
{
    snprintf(buffer, size,
             "%" PRId64 " deliveries (%" PRId64 " known), %" PRId64 " refused, %" PRId64
             " skipped; rows %" PRId64 " = inserted %" PRId64 " + updated %" PRId64
             " + identical %" PRId64 " + rejected %" PRId64,
             report->deliveries, report->repeated, report->refused, report->skipped,
             report->rows_in, report->inserted, report->updated, report->identical,
             report->rejected);
    return buffer;
}
