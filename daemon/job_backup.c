/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/job_backup.h"

#include <inttypes.h>
#include <stdio.h>

#include "daemon/backup_work.h"
#include "daemon/clock.h"
#include "daemon/service.h"

enum {
    LOOK_MS = 60 * 1000,
    AGAIN_MS = 15 * 60 * 1000,
    NOTE_MS = 200,
    COPIED_PERCENT = 60, /* reading back takes less than copying */
    CHECKED_PERCENT = 98,
    SECONDS_PER_HOUR = 3600
};

struct teller {
    struct job *job;
    int64_t noted_ms;
};

static int percent_of(enum backup_phase phase, int64_t rows, int64_t all)
{
    int from = phase == BACKUP_COPYING ? 0 : COPIED_PERCENT;
    int to = phase == BACKUP_COPYING ? COPIED_PERCENT : CHECKED_PERCENT;
    return rows < all ? from + (int)((to - from) * rows / all) : to;
}

static bool tell(void *context, enum backup_phase phase, const char *table, int64_t rows,
                 int64_t all, struct error *err)
{
    struct teller *teller = context;
    char detail[96];
    int64_t now_ms = clock_monotonic_ms();
    if (teller->noted_ms != 0 && now_ms - teller->noted_ms < NOTE_MS)
        return true;
    teller->noted_ms = now_ms;
    snprintf(detail, sizeof detail, "%s %.60s",
             phase == BACKUP_COPYING ? "copying" : "reading back", table);
    return job_progress(teller->job, percent_of(phase, rows, all), detail, err);
}

/* Counted and seen by the metrics at once. */
static bool make(struct service *service, struct db *db, const char *actor,
                 struct backup_watch *watch, struct arena *arena, struct backup_made *made,
                 struct error *err)
{
    const struct backup_order order = {
        .folder = service->backup_folder,
        .actor = actor,
        .keep = settings_integer(service->settings, SETTING_BACKUP_KEEP)};
    int64_t now_s = clock_now_us() / 1000000;
    bool good = backup_work_make(db, &order, watch, arena, made, err);
    atomic_fetch_add(good ? &service->metrics.backups : &service->metrics.backups_failed, 1);
    if (good)
        atomic_store(&service->metrics.backup_made_s, now_s);
    return good;
}

bool job_backup(struct job *job, struct error *err)
{
    struct teller teller = {.job = job};
    struct backup_watch watch = {.progress = tell, .context = &teller};
    struct backup_made made;
    char detail[96];
    if (!job_progress(job, 0, "taking a snapshot", err) ||
        !make(job->service, job->db, job->row.actor, &watch, job->arena, &made, err))
        return false;
    snprintf(detail, sizeof detail, "%s, verified", made.name);
    return job_progress(job, CHECKED_PERCENT, detail, err);
}

/* A scheduled one ends early only with the service. */
static bool stop_with_service(void *context, enum backup_phase phase, const char *table,
                              int64_t rows, int64_t all, struct error *err)
{
    struct service *service = context;
    (void)phase;
    (void)table;
    (void)rows;
    (void)all;
    return !atomic_load(&service->stopping) ||
           error_set(err, ERROR_INTERRUPTED, NULL, "the service is stopping");
}

static void make_scheduled(struct service *service, struct db *db, struct job_backup_clock *clock)
{
    struct error err = {.kind = ERROR_NONE};
    struct backup_watch watch = {.progress = stop_with_service, .context = service};
    struct backup_made made;
    struct arena arena;
    arena_init(&arena, BACKUP_WORK_ARENA);
    bool good = make(service, db, "schedule", &watch, &arena, &made, &err);
    db_rollback(db);
    clock->failed_ms = good ? 0 : clock_monotonic_ms();
    if (good)
        fprintf(stderr, "heng: backup %s/%s: %" PRId64 " rows, verified; %d kept, %d removed\n",
                service->backup_folder, made.name, manifest_rows(&made.manifest), made.kept,
                made.removed);
    else
        fprintf(stderr, "heng: backup: %s%s%s\n", err.subject, err.subject[0] ? ": " : "",
                err.message);
    arena_reset(&arena);
}

/* The age of the newest; a folder that cannot be read has none that counts. */
static int64_t look(struct service *service, const struct job_backup_clock *clock)
{
    struct error unread;
    int64_t made_s = 0;
    if (!shelf_newest(service->backup_folder, clock->identity, &made_s, &unread))
        made_s = 0;
    atomic_store(&service->metrics.backup_made_s, made_s);
    return made_s;
}

static bool is_due(const struct service *service, const struct job_backup_clock *clock,
                   int64_t made_s)
{
    int64_t every_hours = settings_integer(service->settings, SETTING_BACKUP_EVERY_HOURS);
    int64_t age_s = clock_now_us() / 1000000 - made_s;
    bool rests = clock->failed_ms != 0 && clock_monotonic_ms() - clock->failed_ms < AGAIN_MS;
    /* A clock that was set back must not keep backups from being made: a later one is no excuse. */
    return every_hours > 0 && !rests &&
           (made_s == 0 || age_s >= every_hours * SECONDS_PER_HOUR || age_s < -SECONDS_PER_HOUR);
}

void job_backup_look(struct service *service, struct db *db, struct job_backup_clock *clock)
{
    struct error unknown;
    int64_t now_ms = clock_monotonic_ms();
    if (!service->backup_folder[0] ||
        (clock->looked_ms != 0 && now_ms - clock->looked_ms < LOOK_MS))
        return;
    clock->looked_ms = now_ms;
    if (!clock->identity[0] && !backup_identity(db, clock->identity, &unknown))
        return;
    if (is_due(service, clock, look(service, clock)) && !atomic_load(&service->stopping))
        make_scheduled(service, db, clock);
}
