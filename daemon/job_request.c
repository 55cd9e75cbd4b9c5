/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/job.h"

bool job_repeated(struct request *request, const char *kind, const json_t *argument,
                  int64_t *job_id, struct error *err)
{
    const char *key = request->headers[REQUEST_IDEMPOTENCY_KEY];
    *job_id = 0;
    if (!key)
        return true;
    char *text = json_dumps(argument, JSON_COMPACT | JSON_SORT_KEYS);
    bool good =
        text ? job_store_find(request->db, kind, request->user.account_id, text, key, job_id, err)
             : error_memory(err);
    free(text);
    return good;
}

bool job_queue(struct request *request, const char *kind, const json_t *argument, int64_t *job_id,
               struct error *err)
{
    char *text = json_dumps(argument, JSON_COMPACT | JSON_SORT_KEYS);
    if (!text)
        return error_memory(err);
    bool good =
        job_store_insert(request->db, kind, request->user.account_id, text,
                         request->headers[REQUEST_IDEMPOTENCY_KEY], request->now, job_id, err);
    free(text);
    return good;
}

bool job_answer(struct request *request, struct response *response, int64_t job_id,
                struct error *err)
{
    char link[64];
    json_t *job = NULL;
    snprintf(link, sizeof link, "/api/v1/jobs/%" PRId64, job_id);
    const char *location = arena_copy(request->arena, link, strlen(link));
    if (!location)
        return arena_error(request->arena, err);
    if (!job_store_fetch(request->db, job_id, 0, &job, err))
        return false;
    response->status = 202;
    response_header(response, "Location", location);
    return response_json(response, job, err);
}
