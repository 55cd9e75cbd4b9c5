/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rejects given back as the file they came in, and replayed through a mended mapping. Both are for
 * accounts that see every district: a row cannot be said to belong to one. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "daemon/job.h"
#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/service.h"
#include "etl/load/load.h"
#include "etl/record/bytes.h"
#include "etl/store/reject_store.h"
#include "models/core/json.h"

enum { DISPOSITION_SIZE = 80 };

static bool is_bound(const struct request *request)
{
    return scope_region(&request->user.scope) || scope_department(&request->user.scope);
}

static bool add_bytes(void *context, const void *bytes, size_t size, struct error *err)
{
    struct bytes *out = context;
    bytes_append(out, bytes, size);
    return bytes_ok(out) ||
           error_set(err, ERROR_LIMIT, "rejects", "an answer has at most %d bytes", BYTES_CAP);
}

static bool answer_file(struct request *request, struct response *response,
                        const struct reject_file *file, const struct bytes *out, int64_t batch_id,
                        struct error *err)
{
    char text[DISPOSITION_SIZE];
    int size =
        snprintf(text, sizeof text, "attachment; filename=\"rejects-%" PRId64 ".csv\"", batch_id);
    const char *disposition = arena_copy(request->arena, text, (size_t)size);
    if (!disposition)
        return arena_error(request->arena, err);
    response_header(response, "Content-Disposition", disposition);
    return response_bytes(response,
                          strcmp(file->encoding, "gb18030") == 0 ? "text/csv; charset=gb18030"
                                                                 : "text/csv; charset=utf-8",
                          out->data, out->size, err);
}

bool route_reject_file(struct request *request, struct response *response, struct error *err)
{
    const char *id = request_path_value(request, "id");
    struct reject_file file;
    struct bytes out = {0};
    int64_t batch_id = 0;
    if (is_bound(request) || !text_to_i64(text_of(id), &batch_id) || batch_id < 1)
        return error_set(err, ERROR_NOT_FOUND, NULL, "there is no batch %s", id);
    bool good = reject_store_export(request->db, batch_id, request_query(request, "reason"),
                                    add_bytes, &out, request->arena, &file, err) &&
                record_alone(request, "reject.export", id, request_query(request, "reason"), err) &&
                answer_file(request, response, &file, &out, batch_id, err);
    bytes_free(&out);
    return good;
}

static bool check_mapping(struct request *request, const json_t *body, struct mapping **mapping,
                          struct error *err)
{
    struct json_place place = json_place_root("body");
    const char *text = NULL;
    struct error wrong;
    if (!json_get_text(body, "mapping", &place, &text, err))
        return false;
    return mapping_read(text, strlen(text), "/mapping", request->arena, mapping, &wrong) ||
           error_set(err, ERROR_INPUT, "/mapping", "%s", wrong.message);
}

static bool check_body(struct request *request, const json_t *body, struct mapping **mapping,
                       struct error *err)
{
    static const char *const keys[] = {"mapping", "batch", "reason", NULL};
    struct json_place place = json_place_root("body");
    const json_t *batch = json_object_get(body, "batch");
    const json_t *reason = json_object_get(body, "reason");
    if (!json_only(body, &place, keys, err) || !check_mapping(request, body, mapping, err))
        return false;
    if (batch && (!json_is_integer(batch) || json_integer_value(batch) < 1))
        return error_set(err, ERROR_INPUT, "/batch", "expected the number of a batch");
    return !reason || json_is_string(reason) ||
           error_set(err, ERROR_INPUT, "/reason", "expected a text");
}

static bool queue(struct request *request, const json_t *body, const char *source, int64_t *job_id,
                  struct error *err)
{
    return db_begin(request->db, err) && job_queue(request, "replay", body, job_id, err) &&
           record_event(request, "reject.replay", source, "", err) && db_commit(request->db, err);
}

bool route_reject_replay(struct request *request, struct response *response, struct error *err)
{
    json_t *body = NULL;
    struct mapping *mapping = NULL;
    int64_t job_id = 0;
    if (is_bound(request))
        return error_set(err, ERROR_NOT_FOUND, NULL,
                         "replays are for accounts that see every district");
    if (!request_json(request, &body, err))
        return false;
    bool good = check_body(request, body, &mapping, err) &&
                queue(request, body, mapping->source, &job_id, err);
    json_decref(body);
    if (!good)
        return false;
    job_wake(request->service->jobs);
    return job_answer(request, response, job_id, err);
}
