/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The queue of alerts, one alert, and the steps that people take: of one alert, or of several. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/route_view.h"
#include "daemon/service.h"
#include "etl/store/alert_step.h"
#include "etl/store/view_alert.h"
#include "models/core/json.h"

enum { STEPS_CAP = 100, SUBJECT_SIZE = 24, POINTER_SIZE = 48, ACTION_SIZE = 32 };

bool route_alert_list(struct request *request, struct response *response, struct error *err)
{
    struct view_query query;
    return route_view_query(request, view_list_find("alerts"), &query, err) &&
           route_view(request, response, view_alert_queue, &query, err);
}

/* There is no rank below a regulator: who works on alerts also gives them to others and closes
 * them, those of the own district. */
static unsigned actor_of(const struct request *request)
{
    return request->user.scope.role & (ROLE_REGULATOR | ROLE_ADMIN) ? LIFE_SUPERVISOR : 0;
}

static bool read_id(const struct request *request, int64_t *alert_id, struct error *err)
{
    const char *id = request_path_value(request, "id");
    return (text_to_i64(text_of(id), alert_id) && *alert_id > 0) ||
           error_set(err, ERROR_NOT_FOUND, NULL, "there is no alert %s", id);
}

static bool answer_alert(struct request *request, struct response *response, int64_t alert_id,
                         struct error *err)
{
    const struct view_alert asked = {.alert_id = alert_id, .actor = actor_of(request)};
    return route_view(request, response, view_alert_one, &asked, err);
}

bool route_alert_one(struct request *request, struct response *response, struct error *err)
{
    int64_t alert_id = 0;
    return read_id(request, &alert_id, err) && answer_alert(request, response, alert_id, err);
}

/* "" when absent or null. */
static bool read_text(const json_t *body, const char *key, struct text *out, struct error *err)
{
    char pointer[POINTER_SIZE];
    const json_t *value = json_object_get(body, key);
    *out = TEXT_LITERAL("");
    if (!value || json_is_null(value))
        return true;
    snprintf(pointer, sizeof pointer, "/%s", key);
    if (!json_is_string(value))
        return error_set(err, ERROR_INPUT, pointer, "expected a text");
    *out = (struct text){json_string_value(value), json_string_length(value)};
    return true;
}

static bool read_words(const json_t *body, struct life_step *step, struct error *err)
{
    struct text event;
    struct text verdict;
    if (!read_text(body, "event", &event, err) || !read_text(body, "verdict", &verdict, err) ||
        !read_text(body, "assignee", &step->assignee, err) ||
        !read_text(body, "reason", &step->reason, err))
        return false;
    if (!life_event_of(event, &step->event))
        return error_set(err, ERROR_INPUT, "/event", "there is no event \"%.*s\"",
                         (int)(event.size > 40 ? 40 : event.size), event.data);
    if (verdict.size > 0 &&
        (!life_verdict_of(verdict, &step->verdict) || step->verdict == LIFE_NO_VERDICT))
        return error_set(err, ERROR_INPUT, "/verdict", "expected true, false or duplicate");
    return true;
}

/* The texts of the step belong to the body. */
static bool read_step(const struct request *request, const json_t *body, const char *const *keys,
                      struct life_step *step, struct error *err)
{
    struct json_place place = json_place_root("body");
    *step = (struct life_step){.actor = (enum life_actor)actor_of(request)};
    return json_only(body, &place, keys, err) && read_words(body, step, err);
}

/* A part of the step that is missing or too much is pointed at in the body. */
static bool refuse(struct response *response, enum alert_refusal refusal, struct error *err)
{
    char member[ERROR_SUBJECT_SIZE];
    if (refusal == ALERT_STEP_STALE)
        return problem_set(response, err, PROBLEM_PRECONDITION, NULL, "%s", err->message);
    if (refusal == ALERT_STEP_REFUSED && err->kind == ERROR_INPUT) {
        memcpy(member, err->subject, sizeof member);
        snprintf(err->subject, sizeof err->subject, "/%.*s", (int)sizeof err->subject - 2, member);
    }
    return false;
}

static bool record_step(struct request *request, int64_t alert_id, const struct life_step *step,
                        struct error *err)
{
    char action[ACTION_SIZE];
    char subject[SUBJECT_SIZE];
    snprintf(action, sizeof action, "alert.%s", life_event_name(step->event));
    snprintf(subject, sizeof subject, "%" PRId64, alert_id);
    const char *reason = arena_copy(request->arena, step->reason.data, step->reason.size);
    return reason ? record_event(request, action, subject, reason, err)
                  : arena_error(request->arena, err);
}

static struct alert_order order_of(const struct request *request, const struct life_step *step)
{
    return (struct alert_order){
        .region_code = scope_region(&request->user.scope),
        .step = step,
        .actor = text_of(request->user.name),
    };
}

/* If-Match: "<version>", one strong entity tag as in RFC 9110, 13.1.1. */
static bool read_version(const struct request *request, struct response *response, int64_t *version,
                         struct error *err)
{
    const char *tag = request->headers[REQUEST_IF_MATCH];
    if (!tag)
        return problem_set(response, err, PROBLEM_PRECONDITION_REQUIRED, NULL,
                           "expected If-Match: \"<version of the alert>\", found none");
    struct text value = text_trim(text_of(tag));
    bool quoted = value.size > 2 && value.data[0] == '"' && value.data[value.size - 1] == '"';
    struct text number = {value.data + 1, quoted ? value.size - 2 : 0};
    return (quoted && text_to_i64(number, version) && *version > 0) ||
           problem_set(response, err, PROBLEM_PRECONDITION, NULL,
                       "expected If-Match: \"<version of the alert>\", found %.40s", tag);
}

static bool take_one(struct request *request, struct response *response,
                     const struct alert_order *order, struct error *err)
{
    struct alert_writer writer;
    enum alert_refusal refusal = ALERT_STEP_FAILED;
    bool done =
        alert_write_open(&writer, request->db, ALERT_WRITE_STEPS, request->now, err) &&
        (alert_step_take(&writer, order, &refusal, err) || refuse(response, refusal, err)) &&
        record_step(request, order->alert_id, order->step, err);
    return alert_write_close(&writer, done, err);
}

/* The answer to a change tells the version of what is served after it. */
static bool renew_version(struct request *request, struct error *err)
{
    struct change_state state;
    service_changed(request->service);
    if (!service_version(request->service, request->db, &state, err))
        return false;
    request->data_version =
        arena_copy(request->arena, state.data_version, strlen(state.data_version));
    return request->data_version || arena_error(request->arena, err);
}

static bool step_one(struct request *request, struct response *response, const json_t *body,
                     struct alert_order order, struct error *err)
{
    static const char *const keys[] = {"event", "reason", "assignee", "verdict", NULL};
    struct life_step step;
    if (!read_step(request, body, keys, &step, err))
        return false;
    order.step = &step;
    return take_one(request, response, &order, err);
}

bool route_alert_step(struct request *request, struct response *response, struct error *err)
{
    struct alert_order order = order_of(request, NULL);
    json_t *body = NULL;
    if (!read_id(request, &order.alert_id, err) ||
        !read_version(request, response, &order.version, err) || !request_json(request, &body, err))
        return false;
    bool good = step_one(request, response, body, order, err);
    json_decref(body);
    return good && renew_version(request, err) &&
           answer_alert(request, response, order.alert_id, err);
}

/* Which alerts to step, and what came of it. */
struct round {
    int64_t ids[STEPS_CAP];
    int64_t versions[STEPS_CAP];
    size_t count;
    int64_t done[STEPS_CAP];
    size_t done_count;
    json_t *failed;
};

static bool read_target(struct round *round, const json_t *item, struct error *err)
{
    char pointer[POINTER_SIZE];
    const json_t *id = json_object_get(item, "id");
    const json_t *version = json_object_get(item, "version");
    snprintf(pointer, sizeof pointer, "/ids/%zu", round->count);
    if (json_object_size(item) != 2 || !json_is_integer(id) || json_integer_value(id) < 1 ||
        !json_is_integer(version) || json_integer_value(version) < 1)
        return error_set(err, ERROR_INPUT, pointer,
                         "expected {\"id\": …, \"version\": …}, numbers");
    round->ids[round->count] = json_integer_value(id);
    round->versions[round->count++] = json_integer_value(version);
    return true;
}

static bool read_targets(struct round *round, const json_t *body, struct error *err)
{
    size_t i;
    const json_t *item;
    const json_t *ids = json_object_get(body, "ids");
    if (!json_is_array(ids) || json_array_size(ids) < 1 || json_array_size(ids) > STEPS_CAP)
        return error_set(err, ERROR_INPUT, "/ids", "expected 1 to %d alerts, found %zu", STEPS_CAP,
                         json_array_size(ids));
    json_array_foreach(ids, i, item)
    {
        if (!read_target(round, item, err))
            return false;
    }
    return true;
}

/* A refusal is told and the round goes on; anything else ends it. */
static bool take_each(struct alert_writer *writer, struct round *round, struct alert_order *order,
                      struct error *err)
{
    for (size_t i = 0; i < round->count; i++) {
        enum alert_refusal refusal;
        order->alert_id = round->ids[i];
        order->version = round->versions[i];
        if (alert_step_take(writer, order, &refusal, err))
            round->done[round->done_count++] = order->alert_id;
        else if (refusal == ALERT_STEP_FAILED ||
                 !view_append(round->failed,
                              json_pack("{s:I, s:s}", "id", (json_int_t)order->alert_id, "detail",
                                        err->message),
                              err))
            return false;
    }
    return true;
}

static bool take_round(struct request *request, struct round *round, const struct life_step *step,
                       struct error *err)
{
    struct alert_writer writer;
    struct alert_order order = order_of(request, step);
    bool done = alert_write_open(&writer, request->db, ALERT_WRITE_STEPS, request->now, err) &&
                take_each(&writer, round, &order, err);
    for (size_t i = 0; done && i < round->done_count; i++)
        done = record_step(request, round->done[i], step, err);
    return alert_write_close(&writer, done, err);
}

static bool answer_round(struct response *response, const struct round *round, struct error *err)
{
    json_t *done = json_array();
    json_t *answer = json_pack("{s:o, s:O}", "done", done, "failed", round->failed);
    bool good = answer != NULL || error_memory(err);
    for (size_t i = 0; good && i < round->done_count; i++)
        good = view_append(done, json_integer((json_int_t)round->done[i]), err);
    if (good)
        return response_json(response, answer, err);
    json_decref(answer);
    return false;
}

static bool step_round(struct request *request, struct response *response, struct round *round,
                       const json_t *body, struct error *err)
{
    static const char *const keys[] = {"ids", "event", "reason", "assignee", "verdict", NULL};
    struct life_step step;
    if (!read_step(request, body, keys, &step, err) || !read_targets(round, body, err) ||
        !take_round(request, round, &step, err))
        return false;
    service_changed(request->service);
    return answer_round(response, round, err);
}

bool route_alert_steps(struct request *request, struct response *response, struct error *err)
{
    struct round round = {.failed = NULL};
    json_t *body = NULL;
    if (!request_json(request, &body, err))
        return false;
    round.failed = json_array();
    bool good = round.failed ? step_round(request, response, &round, body, err) : error_memory(err);
    json_decref(round.failed);
    json_decref(body);
    return good;
}
