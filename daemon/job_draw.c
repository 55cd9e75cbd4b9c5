/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The steps of a draw as jobs. What a job is given holds no secret: that is made inside it. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "daemon/draw_work.h"
#include "daemon/job.h"
#include "etl/store/draw_file.h"
#include "etl/store/draw_plan.h"

enum { ACTOR_REQUEST_SIZE = 32 };

struct draw_job {
    struct job *job;
    struct draw_work work;
    char request_id[ACTOR_REQUEST_SIZE];
    const char *authority;
    int64_t number;
};

static bool advance(void *context, int percent, const char *detail, struct error *err)
{
    return job_progress(context, percent, detail, err);
}

static const char *text_of_argument(const struct job *job, const char *name)
{
    const char *text = json_string_value(json_object_get(job->argument, name));
    return text ? text : "";
}

static bool begin(struct job *job, struct draw_job *draw, struct error *err)
{
    *draw = (struct draw_job){
        .job = job,
        .authority = text_of_argument(job, "authority"),
        .number = json_integer_value(json_object_get(job->argument, "number")),
    };
    snprintf(draw->request_id, sizeof draw->request_id, "job %" PRId64, job->row.job_id);
    draw_work_init(&draw->work, job->db, job->arena, job->settings, job->row.actor,
                   draw->request_id);
    draw->work.context.advance = advance;
    draw->work.context.advance_context = job;
    return job_progress(job, 5, "reading", err);
}

static void set_result(struct draw_job *draw, const char *authority, int64_t number)
{
    link_make("draws", authority, number, draw->job->result);
}

bool job_draw_commit(struct job *job, struct error *err)
{
    struct draw_job draw;
    struct plan *plan;
    struct draw_step step;
    struct draw_commit_request request = {
        .redraw_of = json_integer_value(json_object_get(job->argument, "redraw_of")),
        .redraw_reason = text_of_argument(job, "redraw_reason"),
        .as_of = DAY_NONE,
    };
    const char *as_of = text_of_argument(job, "as_of");
    if (as_of[0] && !day_parse(text_of(as_of), &request.as_of))
        return error_set(err, ERROR_INPUT, "/as_of", "expected a day, found \"%.20s\"", as_of);
    if (!begin(job, &draw, err) || !draw_plan_fetch(job->db, text_of_argument(job, "plan"),
                                                    job->arena, &plan, &request.plan_document, err))
        return false;
    request.plan = plan;
    if (!draw_work_commit(&draw.work, &request, &step, err))
        return false;
    set_result(&draw, plan->authority, step.number);
    return true;
}

bool job_draw_run(struct job *job, struct error *err)
{
    struct draw_job draw;
    struct text evidence;
    struct commit commit;
    struct draw_step step;
    if (!begin(job, &draw, err) ||
        !draw_file_commit(&draw.work.context, draw.authority, draw.number, &commit, err) ||
        !draw_work_evidence(commit.beacon_source, text_of_argument(job, "beacon"), job->arena,
                            &evidence, err) ||
        !draw_store_run(&draw.work.context, draw.authority, draw.number, evidence, &step, err))
        return false;
    set_result(&draw, draw.authority, draw.number);
    return true;
}

bool job_draw_reveal(struct job *job, struct error *err)
{
    struct draw_job draw;
    struct draw_step step;
    if (!begin(job, &draw, err) ||
        !draw_store_reveal(&draw.work.context, draw.authority, draw.number, &step, err))
        return false;
    set_result(&draw, draw.authority, draw.number);
    return true;
}

/* The verdict becomes the job's detail; an invalid bundle is the job's error. */
bool job_draw_verify(struct job *job, struct error *err)
{
    struct draw_job draw;
    struct bundle bundle;
    struct verify_report report;
    if (!begin(job, &draw, err) ||
        !draw_file_bundle(&draw.work.context, draw.authority, draw.number, &bundle, err) ||
        !job_progress(job, 30, "verifying", err))
        return false;
    bool valid = verify_bundle(&bundle, job->arena, &report, err);
    if (!valid && err->kind == ERROR_INVALID) {
        struct error inner = *err;
        return error_set(err, ERROR_INVALID, inner.subject, "%s: %s", inner.subject, inner.message);
    }
    if (!valid && err->kind != ERROR_NOT_REVEALED)
        return false;
    set_result(&draw, draw.authority, draw.number);
    return job_progress(job, 99, valid ? "valid" : "not-revealed", err);
}
