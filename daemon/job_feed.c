/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run of a feed as a job; `heng feed run` does the same. */
#include <stdio.h>

#include "daemon/clock.h"
#include "daemon/feeds.h"
#include "daemon/job.h"
#include "daemon/service.h"
#include "models/core/json.h"

enum { NOTE_MS = 200, WORDS_SIZE = 300 };

struct teller {
    struct job *job;
    int64_t noted_ms; /* 0: never */
};

static bool tell(void *context, int percent, const char *detail, struct error *err)
{
    struct teller *teller = context;
    int64_t now_ms = clock_monotonic_ms();
    if (teller->noted_ms != 0 && now_ms - teller->noted_ms < NOTE_MS)
        return true;
    teller->noted_ms = now_ms;
    return job_progress(teller->job, percent, detail, err);
}

static enum feeds_outcome outcome_of(bool good, const struct error *err)
{
    return good ? FEEDS_DONE : err->kind == ERROR_INTERRUPTED ? FEEDS_CANCELLED : FEEDS_FAILED;
}

static bool run(struct job *job, const struct feed_entry *entry, struct error *err)
{
    struct teller teller = {.job = job};
    char words[WORDS_SIZE];
    int failures = 0;
    struct feed_run feed = {
        .reject_share_ppm = settings_integer(job->settings, SETTING_LOAD_REJECT_SHARE_PPM),
        .db = job->db,
        .entry = entry,
        .clock = &feeds_clock,
        .utc_offset_minutes =
            (int)settings_integer(job->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES),
        .progress = tell,
        .context = &teller,
    };
    bool good = feed_run(&feed, &failures, err);
    feeds_note(job->service->feeds, entry->name, outcome_of(good, err), &feed.report, failures);
    const struct feed_report *report = &feed.report;
    job->forget =
        job->row.account_id == 0 && report->deliveries + report->refused + report->skipped == 0;
    snprintf(job->result, sizeof job->result, "/api/v1/loads?source=%s", entry->name);
    return good && job_progress(job, 100, feed_run_words(&feed.report, words, sizeof words), err);
}

bool job_feed(struct job *job, struct error *err)
{
    struct json_place place = json_place_root("argument");
    const char *name = NULL;
    if (!json_get_text(job->argument, "feed", &place, &name, err))
        return false;
    struct feed_set *set = feeds_share(job->service->feeds);
    const struct feed_entry *entry = feed_set_find(set, name);
    bool good = entry ? run(job, entry, err)
                      : error_set(err, ERROR_NOT_FOUND, NULL, "there is no feed %.60s", name);
    feed_set_release(set);
    return good;
}
