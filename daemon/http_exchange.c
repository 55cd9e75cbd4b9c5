/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/http_admit.h"
#include "daemon/http_listen.h"
#include "daemon/http_log.h"
#include "daemon/http_send.h"
#include "daemon/route.h"
#include "daemon/uuid.h"

static struct http_connection *connection_of(struct MHD_Connection *mhd)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void read_address(struct http_exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    http_listen_text(info ? info->client_addr : NULL, exchange->address, sizeof exchange->address);
}

/* Texts of the moment, which many requests share: made once a second by each thread. */
static void read_clock(struct http_exchange *exchange)
{
    static _Thread_local struct http_clock texts;
    const struct settings *settings = exchange->server->service->settings;
    int64_t second = exchange->now_us / 1000000;
    if (texts.second != second) {
        int offset = (int)settings_integer(settings, SETTING_REGISTER_UTC_OFFSET_MINUTES);
        clock_moment(exchange->now_us, offset, texts.now);
        clock_utc(exchange->now_us, texts.now_utc);
        day_format(clock_day_of(exchange->now_us, offset), texts.today);
        texts.second = second;
    }
    exchange->clock = texts;
}

static bool prepare(struct http_exchange *exchange)
{
    struct service *service = exchange->server->service;
    read_clock(exchange);
    read_address(exchange);
    exchange->request = (struct request){
        .id = exchange->id,
        .address = exchange->address,
        .now = exchange->clock.now,
        .now_utc = exchange->clock.now_utc,
        .today = exchange->clock.today,
        .data_version = exchange->version.data_version,
        .arena = &exchange->arena,
        .settings = service->settings,
        .service = service,
    };
    if (!exchange->target || !exchange->connection)
        return error_memory(&exchange->err);
    return uuid_make(exchange->now_us / 1000, exchange->id, &exchange->err);
}

void *http_exchange_begin(void *context, const char *target, struct MHD_Connection *mhd)
{
    struct http_server *server = context;
    struct http_exchange *exchange = calloc(1, sizeof *exchange);
    if (!exchange)
        return NULL;
    exchange->target = strdup(target);
    exchange->server = server;
    exchange->mhd = mhd;
    exchange->connection = connection_of(mhd);
    exchange->started_us = clock_monotonic_us();
    exchange->now_us = clock_now_us();
    arena_init(&exchange->arena, REQUEST_ARENA_BYTES);
    response_init(&exchange->response);
    atomic_fetch_add(&server->service->metrics.requests_now, 1);
    exchange->sound = prepare(exchange);
    return exchange;
}

static bool admit(struct http_exchange *exchange, const char *method, const char *version)
{
    if (!exchange->sound || !http_admit(exchange, method, version))
        return false;
    /* Only now: an early refusal must not have cost memory. */
    exchange->body = exchange->body_expected ? malloc(exchange->body_expected) : NULL;
    return exchange->body || exchange->body_expected == 0 || error_memory(&exchange->err);
}

/* What the answer of a cacheable route depends on, besides the epoch. */
static void make_key(struct http_exchange *exchange)
{
    char scope[SCOPE_KEY_SIZE];
    const struct request *request = &exchange->request;
    if (!(request->route->flags & ROUTE_CACHEABLE))
        return;
    bool fits =
        text_join(exchange->epoch, sizeof exchange->epoch,
                  (const char *const[]){request->data_version, "@", request->today, NULL}) &&
        text_join(exchange->key, sizeof exchange->key,
                  (const char *const[]){scope_key(&request->user.scope, scope),
                                        request->chinese ? "|zh|" : "|en|", exchange->target,
                                        NULL});
    if (!fits)
        exchange->key[0] = '\0'; /* a target that long is answered anew each time */
    exchange->response.cacheable = fits;
}

static bool run(struct http_exchange *exchange)
{
    struct request *request = &exchange->request;
    struct service *service = request->service;
    if (exchange->body_received != exchange->body_expected)
        return error_set(&exchange->err, ERROR_INPUT, NULL, "expected a body of %llu bytes",
                         (unsigned long long)exchange->body_expected);
    request->body = exchange->body ? exchange->body : "";
    request->body_size = exchange->body_received;
    if (!(request->route->flags & ROUTE_BARE) &&
        !service_take_database(service, &request->db, &exchange->err))
        return false;
    bool good = request->route->function(request, &exchange->response, &exchange->err);
    if (request->db)
        service_give_database(service, request->db,
                              !good && exchange->err.kind == ERROR_UNAVAILABLE);
    request->db = NULL;
    return good;
}

/* A cursor that does not fit belongs to another request: that request is malformed, not its
 * content wrong. */
static enum problem_kind kind_of(const struct http_exchange *exchange, bool in_query)
{
    enum problem_kind kind = exchange->response.problem;
    bool cursor = in_query && strcmp(exchange->err.subject, "cursor") == 0;
    return kind == PROBLEM_BY_ERROR && cursor && exchange->err.kind == ERROR_INPUT
               ? PROBLEM_MALFORMED
               : kind;
}

static enum MHD_Result answer_problem(struct http_exchange *exchange)
{
    bool in_query = request_query(&exchange->request, exchange->err.subject) != NULL;
    enum problem_kind kind = kind_of(exchange, in_query);
    const struct problem_row *row = problem_row_of(kind, &exchange->err);
    json_t *document =
        problem_document(kind, &exchange->err, in_query, exchange->request.chinese, exchange->id);
    struct response *response = &exchange->response;
    char *text = document ? json_dumps(document, JSON_COMPACT) : NULL;
    json_decref(document);
    free(response->body);
    response->body = text;
    response->body_size = text ? strlen(text) : 0;
    response->content_type = "application/problem+json; charset=utf-8";
    response->status = row->status;
    response->part = NULL;
    response->cacheable = false;
    if (row->status == MHD_HTTP_SERVICE_UNAVAILABLE)
        response_header(response, "Retry-After", "1");
    return http_send(exchange);
}

static enum MHD_Result answer(struct http_exchange *exchange)
{
    http_watch_phase(exchange->connection, HTTP_PHASE_WORK);
    enum MHD_Result result;
    make_key(exchange);
    if (exchange->key[0] && http_send_unchanged(exchange, &result))
        return result;
    if (!run(exchange))
        return answer_problem(exchange);
    return http_send(exchange);
}

/* The first call: nothing is answered yet unless a body follows that nobody will read. */
static enum MHD_Result begin(struct http_exchange *exchange, const char *method,
                             const char *version)
{
    exchange->begun = true;
    if (exchange->connection)
        http_watch_phase(exchange->connection, HTTP_PHASE_BODY);
    exchange->refused = !admit(exchange, method, version);
    if (!exchange->connection)
        return MHD_NO;
    if (!exchange->refused || (exchange->body_expected == 0 && !exchange->close))
        return MHD_YES;
    exchange->close = true;
    return answer_problem(exchange);
}

enum MHD_Result http_exchange_request(void *context, struct MHD_Connection *mhd, const char *path,
                                      const char *method, const char *version, const char *upload,
                                      size_t *upload_size, void **slot)
{
    (void)context;
    (void)mhd;
    (void)path; /* unescaped by the library, which loses what target_read() looks at */
    struct http_exchange *exchange = *slot;
    if (!exchange)
        return MHD_NO;
    if (!exchange->begun)
        return begin(exchange, method, version);
    if (*upload_size > 0) {
        if (*upload_size > exchange->body_expected - exchange->body_received)
            return MHD_NO;
        memcpy(exchange->body + exchange->body_received, upload, *upload_size);
        exchange->body_received += *upload_size;
        *upload_size = 0;
        return MHD_YES;
    }
    return exchange->refused ? answer_problem(exchange) : answer(exchange);
}

/* What the client sent for this request. */
static uint64_t bytes_of(struct MHD_Connection *mhd, const struct http_exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return (info ? info->header_size : 0) + exchange->body_received;
}

void http_exchange_end(void *context, struct MHD_Connection *mhd, void **slot,
                       enum MHD_RequestTerminationCode code)
{
    struct http_server *server = context;
    struct http_exchange *exchange = *slot;
    if (!exchange)
        return;
    *slot = NULL;
    http_log_request(exchange, code == MHD_REQUEST_TERMINATED_COMPLETED_OK);
    if (exchange->connection)
        http_watch_quiet(exchange->connection, bytes_of(mhd, exchange));
    response_reset(&exchange->response);
    arena_reset(&exchange->arena);
    free(exchange->body);
    free(exchange->target);
    free(exchange);
    atomic_fetch_sub(&server->service->metrics.requests_now, 1);
}
