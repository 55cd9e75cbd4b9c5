/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The replay of rejects as a job; the command `heng reject replay` does the same. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "daemon/clock.h"
#include "daemon/job.h"
#include "etl/load/replay.h"

static bool tell(void *context, int64_t rows, int64_t rows_all, struct error *err)
{
    char detail[64];
    snprintf(detail, sizeof detail, "%" PRId64 " of %" PRId64 " rows", rows, rows_all);
    return job_progress(context, rows_all > 0 ? (int)(rows * 100 / rows_all) : 0, detail, err);
}

static bool tell_end(struct job *job, const struct replay_report *report, struct error *err)
{
    char detail[128];
    snprintf(job->result, sizeof job->result, "/api/v1/loads?source=%s", report->load.source);
    snprintf(detail, sizeof detail,
             "%" PRId64 " rows: %" PRId64 " inserted, %" PRId64 " updated, %" PRId64
             " identical, %" PRId64 " still rejected",
             report->load.rows_in, report->load.inserted, report->load.updated,
             report->load.identical, report->load.rejected);
    return job_progress(job, 100, detail, err);
}

bool job_replay(struct job *job, struct error *err)
{
    char now[CLOCK_INSTANT_SIZE];
    struct replay_report report;
    int offset = (int)settings_integer(job->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES);
    const char *mapping = json_string_value(json_object_get(job->argument, "mapping"));
    if (!mapping)
        return error_set(err, ERROR_INPUT, "/mapping", "expected a mapping document");
    const struct replay_request request = {
        .mapping_name = "/mapping",
        .mapping_bytes = mapping,
        .mapping_size = strlen(mapping),
        .batch_id = json_integer_value(json_object_get(job->argument, "batch")),
        .reason = json_string_value(json_object_get(job->argument, "reason")),
        .now = clock_instant(clock_now_us(), offset, now),
        .utc_offset_minutes = offset,
        .progress = tell,
        .progress_context = job,
    };
    return replay_rejects(job->db, &request, &report, err) && tell_end(job, &report, err);
}
