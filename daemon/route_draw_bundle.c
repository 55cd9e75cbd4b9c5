/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a draw is checked by: its visits, its bundle, and the program's own verdict. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "daemon/draw_access.h"
#include "daemon/draw_work.h"
#include "daemon/job.h"
#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/service.h"
#include "etl/store/draw_file.h"
#include "etl/store/draw_tar.h"
#include "models/draw/lines.h"

/* What is verified while somebody waits; more is a job's work. Measured on one core of a small
 * virtual machine with others at work: an answer in 1.1 s for 98,000 entities without inspectors;
 * 1.7 s of processor time for 4,200 visits with two of 1,076 inspectors each, growing faster than
 * the visits. */
enum { VERIFY_FRAME_CAP = 100000, VERIFY_VISITS_CAP = 2000, RESULT_HEAD_LINES = 30 };

bool route_draw_bundle(struct request *request, struct response *response, struct error *err)
{
    struct view_draw_key key;
    struct draw_tar *tar = NULL;
    char subject[LINK_SIZE];
    char file[64];
    if (!draw_access_open(request, response, DRAW_PLAN_OWN, &key, err) ||
        !draw_tar_open(request->db, key.authority, key.number, &tar, err))
        return false;
    response_stream(response, "application/x-tar", draw_tar_next, tar, draw_tar_close);
    snprintf(file, sizeof file, "attachment; filename=\"draw-%" PRId64 ".tar\"", key.number);
    const char *disposition = arena_copy(request->arena, file, strlen(file));
    if (!disposition)
        return arena_error(request->arena, err);
    response_header(response, "Content-Disposition", disposition);
    return record_alone(request, "draw.bundle",
                        link_make("draws", key.authority, key.number, subject),
                        request->headers[REQUEST_PURPOSE], err);
}

static bool require_small(int64_t found, int64_t cap, const char *what, struct error *err)
{
    return found <= cap || error_set(err, ERROR_CONFLICT, NULL,
                                     "more than %" PRId64 " %s are verified by a job: ask by POST, "
                                     "found %" PRId64,
                                     cap, what, found);
}

/* Assigning inspectors again is what takes long; before the reveal it is not done. */
static bool require_few_visits(const struct commit *commit, const struct bundle *bundle,
                               struct error *err)
{
    if (commit->per_visit == 0 || !bundle->files[BUNDLE_REVEAL].data)
        return true;
    int64_t visits = (int64_t)lines_count(bundle->files[BUNDLE_RESULT]) - RESULT_HEAD_LINES;
    return require_small(visits, VERIFY_VISITS_CAP, "visits with inspectors", err);
}

bool route_draw_verify(struct request *request, struct response *response, struct error *err)
{
    struct view_draw_key key;
    struct draw_work work;
    struct commit commit;
    struct bundle bundle;
    struct verify_report report;
    draw_work_init(&work, request->db, request->arena, request->settings, request->user.name,
                   request->id);
    if (!draw_access_open(request, response, DRAW_PLAN_SHARED, &key, err) ||
        !draw_file_commit(&work.context, key.authority, key.number, &commit, err) ||
        !require_small(commit.frame_count, VERIFY_FRAME_CAP, "entities", err) ||
        !draw_file_bundle(&work.context, key.authority, key.number, &bundle, err) ||
        !require_few_visits(&commit, &bundle, err))
        return false;
    bool valid = verify_bundle(&bundle, request->arena, &report, err);
    json_t *verdict = draw_work_verdict(valid, &report, err);
    return verdict && response_json(response, verdict, err);
}

bool route_draw_verify_job(struct request *request, struct response *response, struct error *err)
{
    struct view_draw_key key;
    int64_t job_id = 0;
    char subject[LINK_SIZE];
    if (!draw_access_open(request, response, DRAW_PLAN_SHARED, &key, err))
        return false;
    json_t *argument =
        json_pack("{s:s, s:I}", "authority", key.authority, "number", (json_int_t)key.number);
    bool good = (argument || error_memory(err)) && db_begin(request->db, err) &&
                job_queue(request, "draw_verify", argument, &job_id, err) &&
                record_event(request, "job.queue", "draw_verify",
                             link_make("draws", key.authority, key.number, subject), err) &&
                db_commit(request->db, err);
    json_decref(argument);
    if (!good)
        return false;
    job_wake(request->service->jobs);
    return job_answer(request, response, job_id, err);
}

bool route_visits(struct request *request, struct response *response, struct error *err)
{
    static const char *const needed[] = {"authority", "number"};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (!request_query(request, needed[i]))
            return error_set(err, ERROR_INPUT, needed[i], "the list of visits needs %s", needed[i]);
    }
    return route_list(request, response, err);
}
