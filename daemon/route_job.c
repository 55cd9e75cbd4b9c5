/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs as requests see them: queue one, look at it, cancel it. */
#include <string.h>

#include "daemon/feeds.h"
#include "daemon/job.h"
#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/service.h"
#include "models/core/json.h"

static bool check_kind(struct request *request, struct response *response, const json_t *body,
                       const char **kind, struct error *err)
{
    struct json_place place = json_place_root("body");
    if (!json_get_text(body, "kind", &place, kind, err))
        return false;
    const struct job_kind *row = job_kind_find(*kind);
    if (!row || row->roles == 0)
        return error_set(err, ERROR_INPUT, "/kind", "there is no job kind \"%s\"", *kind);
    return (row->roles & (unsigned)request->user.scope.role) ||
           problem_set(response, err, PROBLEM_FORBIDDEN, NULL, "this role may not queue this job");
}

/* Not a later day than today: a finding of a day to come would hide those before it. */
static bool check_day(const struct request *request, const json_t *body, struct error *err)
{
    const char *as_of = json_string_value(json_object_get(body, "as_of"));
    day value;
    day today;
    if (!json_has(body, "as_of"))
        return true;
    if (!as_of || !day_parse(text_of(as_of), &value))
        return error_set(err, ERROR_INPUT, "/as_of", "expected a day YYYY-MM-DD");
    return (day_parse(text_of(request->today), &today) && value <= today) ||
           error_set(err, ERROR_INPUT, "/as_of", "expected a day not after %s, found %s",
                     request->today, as_of);
}

/* A feed that can be run, and of that kind of job only. */
static bool check_feed(const struct request *request, const json_t *body, const char *kind,
                       struct error *err)
{
    const char *name = json_string_value(json_object_get(body, "feed"));
    bool wanted = strcmp(kind, "feed") == 0;
    if (!wanted || json_has(body, "as_of"))
        return (!wanted && !json_has(body, "feed")) ||
               error_set(err, ERROR_INPUT, wanted ? "/as_of" : "/feed",
                         "a job of kind %s has no such member", kind);
    if (!name)
        return error_set(err, ERROR_INPUT, "/feed", "expected the name of a feed");
    return feeds_check(request->service->feeds, name, err);
}

static bool check_body(struct request *request, struct response *response, const json_t *body,
                       const char **kind, struct error *err)
{
    static const char *const keys[] = {"kind", "as_of", "feed", NULL};
    struct json_place place = json_place_root("body");
    return json_only(body, &place, keys, err) && check_kind(request, response, body, kind, err) &&
           check_day(request, body, err) && check_feed(request, body, *kind, err);
}

static bool queue(struct request *request, const char *kind, const json_t *body, int64_t *job_id,
                  struct error *err)
{
    return db_begin(request->db, err) && job_queue(request, kind, body, job_id, err) &&
           record_event(request, "job.queue", kind, "", err) && db_commit(request->db, err);
}

bool route_job_new(struct request *request, struct response *response, struct error *err)
{
    json_t *body = NULL;
    const char *kind = NULL;
    int64_t job_id = 0;
    if (!request_json(request, &body, err))
        return false;
    bool good =
        check_body(request, response, body, &kind, err) && queue(request, kind, body, &job_id, err);
    bool feed = good && strcmp(kind, "feed") == 0;
    json_decref(body);
    if (!good)
        return false;
    job_wake(feed ? request->service->feed_jobs : request->service->jobs);
    return job_answer(request, response, job_id, err);
}

/* Jobs belong to who queued them; an admin sees all. */
static int64_t reader_of(const struct request *request)
{
    return request->user.scope.role == ROLE_ADMIN ? 0 : request->user.account_id;
}

static bool read_id(const struct request *request, int64_t *job_id, struct error *err)
{
    const char *id = request_path_value(request, "id");
    return (text_to_i64(text_of(id), job_id) && *job_id > 0) ||
           error_set(err, ERROR_NOT_FOUND, NULL, "there is no job %s", id);
}

bool route_job_one(struct request *request, struct response *response, struct error *err)
{
    int64_t job_id = 0;
    json_t *job = NULL;
    return read_id(request, &job_id, err) &&
           job_store_fetch(request->db, job_id, reader_of(request), &job, err) &&
           response_json(response, job, err);
}

bool route_job_cancel(struct request *request, struct response *response, struct error *err)
{
    int64_t job_id = 0;
    json_t *job = NULL;
    if (!read_id(request, &job_id, err) ||
        !job_store_fetch(request->db, job_id, reader_of(request), &job, err))
        return false;
    json_decref(job);
    if (!db_begin(request->db, err) ||
        !job_store_cancel(request->db, job_id, reader_of(request), request->now, err) ||
        !record_event(request, "job.cancel", request_path_value(request, "id"), "", err) ||
        !db_commit(request->db, err))
        return false;
    return job_answer(request, response, job_id, err);
}
