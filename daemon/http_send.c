/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_send.h"

#include <string.h>

enum { PART_BLOCK_BYTES = 64 * 1024 };

static const struct response_header always[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
};

static const char HSTS[] = "max-age=31536000";

static bool add(struct MHD_Response *answer, const char *name, const char *value)
{
    return MHD_add_response_header(answer, name, value) == MHD_YES;
}

static bool has(const struct response *response, const char *name)
{
    for (int i = 0; i < response->header_count; i++) {
        if (strcmp(response->headers[i].name, name) == 0)
            return true;
    }
    return false;
}

static bool add_headers(struct MHD_Response *answer, const struct http_exchange *exchange)
{
    const struct response *response = &exchange->response;
    bool good = true;
    for (size_t i = 0; i < sizeof always / sizeof always[0]; i++)
        good = good && add(answer, always[i].name, always[i].value);
    for (int i = 0; i < response->header_count; i++)
        good = good && add(answer, response->headers[i].name, response->headers[i].value);
    if (response->content_type)
        good = good && add(answer, "Content-Type", response->content_type);
    if (response->cacheable)
        good = good && add(answer, "ETag", exchange->etag) &&
               add(answer, "Vary", "Accept-Language, Cookie") &&
               add(answer, "Cache-Control", "private, no-cache");
    else if (!has(response, "Cache-Control"))
        good = good && add(answer, "Cache-Control", "no-store");
    if (exchange->server->service->secure)
        good = good && add(answer, "Strict-Transport-Security", HSTS);
    if (exchange->close)
        good = good && add(answer, "Connection", "close");
    return good;
}

static bool next_part(struct http_exchange *exchange)
{
    struct service *service = exchange->server->service;
    struct response *response = &exchange->response;
    struct db *db = NULL;
    if (!service_take_database(service, &db, &exchange->err))
        return false;
    bool good = response->part(response->part_context, db, &exchange->part, &exchange->part_size,
                               &exchange->part_last, &exchange->err);
    service_give_database(service, db, !good && exchange->err.kind == ERROR_UNAVAILABLE);
    http_watch_phase(exchange->connection, HTTP_PHASE_SEND);
    return good;
}

static ssize_t read_part(void *context, uint64_t position, char *buffer, size_t capacity)
{
    struct http_exchange *exchange = context;
    (void)position;
    while (exchange->part_size == 0) {
        if (exchange->part_last)
            return MHD_CONTENT_READER_END_OF_STREAM;
        if (!next_part(exchange))
            return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    size_t size = exchange->part_size < capacity ? exchange->part_size : capacity;
    memcpy(buffer, exchange->part, size);
    exchange->part += size;
    exchange->part_size -= size;
    exchange->bytes += size;
    return (ssize_t)size;
}

static struct MHD_Response *make_answer(struct http_exchange *exchange)
{
    struct response *response = &exchange->response;
    if (response->part)
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PART_BLOCK_BYTES, read_part,
                                                 exchange, NULL);
    struct MHD_Response *answer =
        MHD_create_response_from_buffer(response->body_size, response->body, MHD_RESPMEM_MUST_FREE);
    if (answer)
        response->body = NULL; /* the library's now */
    exchange->bytes = response->body_size;
    return answer;
}

static enum MHD_Result queue(struct http_exchange *exchange, struct MHD_Response *answer)
{
    exchange->status = exchange->response.status;
    http_watch_phase(exchange->connection, HTTP_PHASE_SEND);
    return MHD_queue_response(exchange->mhd, (unsigned)exchange->status, answer);
}

enum MHD_Result http_send(struct http_exchange *exchange)
{
    struct response *response = &exchange->response;
    bool keep = response->cacheable && response->status == MHD_HTTP_OK && !response->part &&
                !exchange->close;
    struct MHD_Response *answer = make_answer(exchange);
    if (!answer)
        return MHD_NO;
    enum MHD_Result result = MHD_NO;
    if (add_headers(answer, exchange))
        result = queue(exchange, answer);
    if (result == MHD_NO || !keep ||
        !http_cache_put(exchange->server->cache, exchange->epoch, exchange->key, exchange->etag,
                        answer, exchange->bytes))
        MHD_destroy_response(answer);
    return result;
}

static enum MHD_Result send_not_modified(struct http_exchange *exchange)
{
    exchange->response.status = MHD_HTTP_NOT_MODIFIED;
    atomic_fetch_add(&exchange->server->service->metrics.not_modified, 1);
    return http_send(exchange);
}

static bool client_has(const void *context, const char *etag)
{
    return head_none_match(context, etag);
}

bool http_send_unchanged(struct http_exchange *exchange, enum MHD_Result *result)
{
    struct metrics *metrics = &exchange->server->service->metrics;
    struct http_cache_request request = {
        .epoch = exchange->epoch,
        .key = exchange->key,
        .matches = client_has,
        .context = &exchange->head,
        .connection = exchange->mhd,
        .etag = exchange->etag,
    };
    http_watch_phase(exchange->connection, HTTP_PHASE_SEND);
    enum http_cache_found found = http_cache_find(exchange->server->cache, &request);
    if (found == HTTP_CACHE_NONE)
        http_cache_etag(exchange->epoch, exchange->key, exchange->etag);
    if (found == HTTP_CACHE_SAME ||
        (found == HTTP_CACHE_NONE && head_none_match(&exchange->head, exchange->etag))) {
        *result = send_not_modified(exchange);
        return true;
    }
    if (found == HTTP_CACHE_NONE) {
        http_watch_phase(exchange->connection, HTTP_PHASE_WORK);
        return false;
    }
    exchange->status = MHD_HTTP_OK;
    exchange->bytes = request.bytes;
    *result = request.result;
    atomic_fetch_add(&metrics->cache_hits, 1);
    return true;
}
