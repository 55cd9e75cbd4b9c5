/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/job.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "daemon/clock.h"
#include "daemon/feeds.h"
#include "daemon/job_backup.h"
#include "daemon/service.h"
#include "etl/store/audit_store.h"
#include "etl/store/migrate.h"
#include "models/core/json.h"

static const struct job_kind kinds[] = {
    {"audit_verify", ROLE_AUDITOR | ROLE_ADMIN, job_audit_verify},
    {"backup", ROLE_ADMIN, job_backup},
    {"score", ROLE_ADMIN, job_score},
    {"scan", ROLE_REGULATOR | ROLE_ADMIN, job_scan},
    {"feed", ROLE_ADMIN, job_feed},
    {"replay", 0, job_replay},
    {"draw_commit", 0, job_draw_commit},
    {"draw_run", 0, job_draw_run},
    {"draw_reveal", 0, job_draw_reveal},
    {"draw_verify", 0, job_draw_verify},
};

struct job_runner {
    struct service *service;
    enum job_lane lane;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool woken;
    atomic_bool ending;
};

const struct job_kind *job_kind_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    }
    return NULL;
}

bool job_audit_verify(struct job *job, struct error *err)
{
    struct audit_check check;
    audit_check_init(&check);
    snprintf(job->result, sizeof job->result, "/api/v1/audit?limit=1");
    return job_progress(job, 0, "reading the chain", err) && audit_verify(job->db, &check, err);
}

bool job_progress(struct job *job, int percent, const char *detail, struct error *err)
{
    bool cancel = false;
    if (!job_store_progress(job->notes, job->row.job_id, percent, detail, &cancel, err))
        return false;
    if (cancel)
        return error_set(err, ERROR_INTERRUPTED, NULL, "cancelled on request");
    return !atomic_load(&job->service->stopping) ||
           error_set(err, ERROR_INTERRUPTED, NULL, "the service is stopping");
}

static const char *moment(const struct service *service, char *buffer)
{
    return clock_moment(
        clock_now_us(),
        (int)settings_integer(service->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES), buffer);
}

static bool run_kind(struct job *job, struct error *err)
{
    const struct job_kind *kind = job_kind_find(job->row.kind);
    json_t *argument = NULL;
    if (!kind)
        return error_set(err, ERROR_INPUT, job->row.kind, "there is no job kind %s", job->row.kind);
    if (!json_read(job->row.argument, strlen(job->row.argument), "argument", &argument, err))
        return false;
    job->argument = argument;
    bool good = kind->function(job, err);
    json_decref(argument);
    return good;
}

/* What a reader of the job may know: never the words of a failure inside the program. */
static const char *message_of(const struct error *err)
{
    return !problem_row_of(PROBLEM_BY_ERROR, err)->instead_en || err->kind == ERROR_INTERRUPTED ||
                   err->kind == ERROR_INVALID
               ? err->message
               : problem_row_of(PROBLEM_BY_ERROR, err)->title_en;
}

static bool run_job(struct service *service, const struct job_row *row, struct db *db,
                    struct db *notes, struct error *err)
{
    struct arena arena;
    struct error failure = {.kind = ERROR_NONE};
    char now[MOMENT_TEXT_SIZE];
    arena_init(&arena, (size_t)settings_integer(service->settings, SETTING_JOB_MEMORY_MB) << 20);
    struct job job = {.row = *row,
                      .service = service,
                      .settings = service->settings,
                      .db = db,
                      .notes = notes,
                      .arena = &arena};
    bool good = run_kind(&job, &failure);
    db_rollback(db);
    arena_reset(&arena);
    if (good && job.forget)
        return job_store_forget(notes, row->job_id, err);
    service_changed(service);
    const char *state = good ? "done" : failure.kind == ERROR_INTERRUPTED ? "cancelled" : "failed";
    if (!good)
        fprintf(stderr, "heng: job %" PRId64 " (%s): %s\n", row->job_id, row->kind,
                failure.message);
    return job_store_finish(notes, row->job_id, state, good && job.result[0] ? job.result : NULL,
                            good ? NULL : message_of(&failure), moment(service, now), err);
}

/* One job, if one waits. */
static bool run_next(struct job_runner *runner, struct db *db, struct db *notes, bool *found,
                     struct error *err)
{
    struct service *service = runner->service;
    struct job_row row = {.argument = NULL};
    char now[MOMENT_TEXT_SIZE];
    if (!job_store_take(notes, runner->lane, moment(service, now), &row, found, err))
        return false;
    bool good = !*found || run_job(service, &row, db, notes, err);
    free(row.argument);
    return good;
}

static void wait_for_work(struct job_runner *runner, int64_t wait_ms)
{
    struct timespec until;
    int64_t end_us = clock_monotonic_us() + wait_ms * 1000;
    until.tv_sec = (time_t)(end_us / 1000000);
    until.tv_nsec = (long)(end_us % 1000000) * 1000;
    pthread_mutex_lock(&runner->lock);
    int outcome = 0;
    while (!runner->woken && !atomic_load(&runner->ending) && outcome == 0)
        outcome = pthread_cond_timedwait(&runner->wake, &runner->lock, &until);
    runner->woken = false;
    pthread_mutex_unlock(&runner->lock);
}

static bool work(struct job_runner *runner, struct db *db, struct db *notes, struct error *err)
{
    char now[MOMENT_TEXT_SIZE];
    struct job_backup_clock backups = {.looked_ms = 0};
    if (!job_store_abandon(notes, runner->lane, moment(runner->service, now), err))
        return false;
    while (!atomic_load(&runner->ending)) {
        bool found = false;
        int64_t wait_ms = JOB_POLL_SECONDS * 1000;
        if (runner->lane == JOB_LANE_FEED &&
            !feeds_queue_due(runner->service->feeds, notes, &wait_ms, err))
            return false;
        if (!run_next(runner, db, notes, &found, err))
            return false;
        if (runner->lane == JOB_LANE_WORK)
            job_backup_look(runner->service, db, &backups);
        if (!found)
            wait_for_work(runner, wait_ms);
    }
    return true;
}

/* Again and again with new sessions: a database that is away, or not migrated yet, may be ready the
 * next time. */
static void *run(void *context)
{
    struct job_runner *runner = context;
    const char *dsn = runner->service->dsn;
    while (!atomic_load(&runner->ending)) {
        struct error err = {.kind = ERROR_NONE};
        struct db *db = NULL;
        struct db *notes = NULL;
        bool good = db_open(dsn, DB_JOB_SECONDS, &db, &err) &&
                    db_open(dsn, DB_READ_SECONDS, &notes, &err) && migrate_require(notes, &err) &&
                    work(runner, db, notes, &err);
        db_close(db);
        db_close(notes);
        if (!good)
            wait_for_work(runner, JOB_POLL_SECONDS * 1000);
    }
    return NULL;
}

bool job_runner_open(struct service *service, enum job_lane lane, struct job_runner **out,
                     struct error *err)
{
    struct job_runner *runner = calloc(1, sizeof *runner);
    pthread_condattr_t monotonic;
    if (!runner)
        return error_memory(err);
    runner->service = service;
    runner->lane = lane;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(&runner->lock, NULL);
    pthread_cond_init(&runner->wake, &monotonic);
    pthread_condattr_destroy(&monotonic);
    int failed = pthread_create(&runner->thread, NULL, run, runner);
    if (failed) {
        free(runner);
        return error_errno(err, NULL, "cannot start a thread", failed);
    }
    *out = runner;
    return true;
}

void job_wake(struct job_runner *runner)
{
    pthread_mutex_lock(&runner->lock);
    runner->woken = true;
    pthread_cond_signal(&runner->wake);
    pthread_mutex_unlock(&runner->lock);
}

void job_runner_close(struct job_runner *runner)
{
    if (!runner)
        return;
    atomic_store(&runner->ending, true);
    job_wake(runner);
    pthread_join(runner->thread, NULL);
    pthread_mutex_destroy(&runner->lock);
    pthread_cond_destroy(&runner->wake);
    free(runner);
}
