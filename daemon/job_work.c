/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scoring and scanning as jobs; the commands `heng score` and `heng alert scan` do the same. */
#include <inttypes.h>
#include <stdio.h>

#include "daemon/clock.h"
#include "daemon/job.h"
#include "daemon/work.h"
#include "models/core/json.h"

/* Reading the register takes about half of a run. */
enum { NOTE_MS = 200, READ_PERCENT = 50, STORED_PERCENT = 95 };

/* What a run tells of itself, noted a few times a second. */
struct teller {
    struct job *job;
    int64_t noted_ms; /* 0: never */
    uint64_t all;     /* rows to read, as the last run found them; 0: not known */
    uint64_t entities;
};

static bool tell(struct teller *teller, int percent, const char *detail, struct error *err)
{
    int64_t now_ms = clock_monotonic_ms();
    if (teller->noted_ms != 0 && now_ms - teller->noted_ms < NOTE_MS)
        return true;
    teller->noted_ms = now_ms;
    return job_progress(teller->job, percent, detail, err);
}

static int share_of(uint64_t done, uint64_t all, int percent)
{
    return done < all ? (int)(done * (uint64_t)percent / all) : percent;
}

static bool tell_score(void *context, enum score_phase phase, uint64_t rows, struct error *err)
{
    struct teller *teller = context;
    char detail[64];
    snprintf(detail, sizeof detail, "%s: %" PRIu64, phase == SCORE_READING ? "read" : "scored",
             rows);
    int percent = phase == SCORE_READING ? share_of(rows, teller->all, READ_PERCENT)
                                         : READ_PERCENT + share_of(rows, teller->entities,
                                                                   STORED_PERCENT - READ_PERCENT);
    return tell(teller, percent, detail, err);
}

static bool tell_scan(void *context, size_t done, size_t count, struct error *err)
{
    char detail[64];
    snprintf(detail, sizeof detail, "rule %zu of %zu", done + 1, count);
    return tell(context, share_of(done, count, 100), detail, err);
}

static int utc_offset(const struct job *job)
{
    return (int)settings_integer(job->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES);
}

/* The day of the argument; today without one. */
static bool read_day(const struct job *job, day *as_of, struct error *err)
{
    struct json_place place = json_place_root("argument");
    *as_of = clock_day_of(clock_now_us(), utc_offset(job));
    return !json_has(job->argument, "as_of") ||
           json_get_day(job->argument, "as_of", &place, as_of, err);
}

static const char *moment(const struct job *job, char *buffer)
{
    return clock_moment(clock_now_us(), utc_offset(job), buffer);
}

/* How much there was to do the last time. */
static bool read_size(struct teller *teller, struct error *err)
{
    struct score_report last;
    int table;
    if (!score_store_published(teller->job->db, teller->job->arena, &last, NULL, &table, err))
        return err->kind == ERROR_NOT_FOUND;
    teller->all = (uint64_t)(last.entities + last.facts);
    teller->entities = (uint64_t)last.entities;
    return true;
}

bool job_score(struct job *job, struct error *err)
{
    struct teller teller = {.job = job};
    struct score_request request;
    struct score_report report;
    char now[MOMENT_TEXT_SIZE];
    day as_of;
    if (!job_progress(job, 0, "reading the register", err) || !read_day(job, &as_of, err) ||
        !read_size(&teller, err) ||
        !work_score_again(job->settings, job->db, as_of, job->arena, &request, err))
        return false;
    request.now = moment(job, now);
    request.progress = tell_score;
    request.progress_context = &teller;
    snprintf(job->result, sizeof job->result, "/api/v1/summary");
    return score_store_run(job->db, &request, &report, err);
}

bool job_scan(struct job *job, struct error *err)
{
    struct teller teller = {.job = job};
    struct alert_request request;
    struct alert_report report;
    char now[MOMENT_TEXT_SIZE];
    day as_of;
    if (!job_progress(job, 0, "reading the rules", err) || !read_day(job, &as_of, err) ||
        !work_scan(job->settings, NULL, as_of, job->arena, &request, err))
        return false;
    request.now = moment(job, now);
    request.progress = tell_scan;
    request.progress_context = &teller;
    snprintf(job->result, sizeof job->result, "/api/v1/alerts?state=open");
    return alert_store_scan(job->db, &request, job->arena, &report, err);
}
