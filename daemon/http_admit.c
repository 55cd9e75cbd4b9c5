/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_admit.h"

#include <stdio.h>
#include <string.h>

#include "daemon/http_listen.h"
#include "daemon/login.h"
#include "daemon/login_cache.h"
#include "daemon/route.h"
#include "daemon/target.h"

static bool refuse(struct http_exchange *exchange, enum problem_kind kind, const char *message)
{
    return problem_set(&exchange->response, &exchange->err, kind, NULL, "%s", message);
}

static enum MHD_Result add_header(void *context, enum MHD_ValueKind kind, const char *name,
                                  size_t name_size, const char *value, size_t value_size)
{
    (void)kind;
    head_add(context, (struct text){name, name_size},
             (struct text){value ? value : "", value ? value_size : 0});
    return MHD_YES;
}

/* Behind the proxy the last address of X-Forwarded-For, the one that the proxy added, is the
 * client's. */
static void believe_proxy(struct http_exchange *exchange)
{
    struct text forwarded = exchange->head.values[HEAD_FORWARDED_FOR];
    char last[HTTP_ADDRESS_SIZE];
    if (!forwarded.data || !exchange->server->proxy[0] ||
        strcmp(exchange->address, exchange->server->proxy) != 0)
        return;
    const char *comma = memrchr(forwarded.data, ',', forwarded.size);
    const char *start = comma ? comma + 1 : forwarded.data;
    struct text item =
        text_trim((struct text){start, (size_t)(forwarded.data + forwarded.size - start)});
    snprintf(last, sizeof last, "%.*s", (int)(item.size < sizeof last ? item.size : 0), item.data);
    (void)http_listen_normal(last, exchange->address, sizeof exchange->address);
}

static bool check_head(struct http_exchange *exchange, const char *method, const char *version)
{
    head_init(&exchange->head);
    MHD_get_connection_values_n(exchange->mhd, MHD_HEADER_KIND, add_header, &exchange->head);
    exchange->request.chinese = head_chinese(&exchange->head);
    believe_proxy(exchange);
    enum problem_kind kind = head_check(&exchange->head, method, version, &exchange->body_expected);
    if (kind == PROBLEM_BY_ERROR)
        return true;
    exchange->close = true;
    return problem_set(&exchange->response, &exchange->err, kind, NULL, "the request has %s",
                       exchange->head.wrong);
}

static bool read_target(struct http_exchange *exchange)
{
    if (target_read(exchange->target, &exchange->request, &exchange->err))
        return true;
    exchange->response.problem = PROBLEM_MALFORMED;
    return false;
}

static bool find_route(struct http_exchange *exchange)
{
    struct request *request = &exchange->request;
    char allow[ROUTE_ALLOW_SIZE];
    switch (route_find(request, allow)) {
    case ROUTE_NO_METHOD:
        snprintf(exchange->allow, sizeof exchange->allow, "%s", allow);
        response_header(&exchange->response, "Allow", exchange->allow);
        return refuse(exchange, PROBLEM_METHOD, "this path has other methods");
    case ROUTE_NO_PATH:
        return refuse(exchange, PROBLEM_NOT_FOUND, "there is no such path");
    case ROUTE_FOUND:
        break;
    }
    bool forwarded = exchange->head.values[HEAD_FORWARDED_FOR].data != NULL;
    if ((request->route->flags & ROUTE_LOCAL) &&
        (forwarded || !http_listen_is_loopback(exchange->address)))
        return refuse(exchange, PROBLEM_NOT_FOUND, "there is no such path");
    return true;
}

static bool check_query(struct http_exchange *exchange)
{
    const struct request *request = &exchange->request;
    if (request->route->flags & ROUTE_OWN_QUERY)
        return true;
    for (int i = 0; i < request->query_count; i++) {
        if (!route_takes(request->route, text_of(request->query[i].name)))
            return problem_set(&exchange->response, &exchange->err, PROBLEM_INPUT,
                               request->query[i].name, "there is no parameter \"%s\" here",
                               request->query[i].name);
    }
    return true;
}

static bool copy_header(struct http_exchange *exchange, enum head_name from, size_t cap,
                        enum request_header to)
{
    struct text value = exchange->head.values[from];
    if (!value.data)
        return true;
    if (value.size > cap || !text_valid_utf8(value))
        return refuse(exchange, PROBLEM_MALFORMED, "a header is too long or not UTF-8");
    exchange->request.headers[to] = arena_copy(&exchange->arena, value.data, value.size);
    return exchange->request.headers[to] || arena_error(&exchange->arena, &exchange->err);
}

static void read_cookie(struct http_exchange *exchange)
{
    struct text cookie = head_cookie(&exchange->head, login_cookie_name(exchange->server->service));
    if (cookie.data && text_unhex(cookie, exchange->session, SECRET_TOKEN_BYTES))
        exchange->request.session = exchange->session;
}

/* The session of the cookie into request->user. *found stays false when it is none. */
static bool find_session(struct http_exchange *exchange, struct db *db, bool *found)
{
    struct service *service = exchange->server->service;
    unsigned char hash[DIGEST_SIZE];
    int64_t expires_at;
    if (!service_version(service, db, &exchange->version, &exchange->err))
        return false;
    if (!exchange->request.session)
        return true;
    login_session_hash(exchange->session, hash);
    const struct login_moment moment = {
        .now_s = exchange->now_us / 1000000,
        .now = exchange->clock.now,
        .idle_minutes = settings_integer(service->settings, SETTING_SESSION_IDLE_MINUTES),
        .version = exchange->version.accounts,
    };
    if (!login_cache_find(service->known, db, hash, &moment, &exchange->request.user, &expires_at,
                          found, &exchange->err))
        return false;
    if (*found)
        exchange->request.session_expires_at = expires_at;
    return true;
}

static bool require_session(struct http_exchange *exchange)
{
    struct db *db = NULL;
    bool found = false;
    if (!service_take_database(exchange->server->service, &db, &exchange->err))
        return false;
    bool good = find_session(exchange, db, &found);
    service_give_database(exchange->server->service, db, !good);
    if (!good)
        return false;
    return found || refuse(exchange, PROBLEM_NO_SESSION, "log in first");
}

/* A change comes from a page of this server and, with a session, carries its token. */
static bool check_origin(struct http_exchange *exchange)
{
    const struct request *request = &exchange->request;
    struct text token = exchange->head.values[HEAD_TOKEN];
    char expected[SECRET_TOKEN_HEX_SIZE];
    if (strcmp(request->method, "GET") == 0)
        return true;
    if (!head_same_origin(&exchange->head, exchange->server->service->secure))
        return refuse(exchange, PROBLEM_ORIGIN, "Origin must be this server");
    if (request->route->flags & ROUTE_OPEN)
        return true;
    login_token(exchange->session, expected);
    return (token.size == sizeof expected - 1 && secret_equal(token.data, expected, token.size)) ||
           refuse(exchange, PROBLEM_ORIGIN, "X-Heng-Token must be the token of this session");
}

static bool check_role(struct http_exchange *exchange)
{
    const struct request *request = &exchange->request;
    return (request->route->flags & ROUTE_OPEN) ||
           (request->route->roles & (unsigned)request->user.scope.role) ||
           refuse(exchange, PROBLEM_FORBIDDEN, "this role may not do that");
}

static bool check_body(struct http_exchange *exchange)
{
    const struct route *route = exchange->request.route;
    struct text type = exchange->head.values[HEAD_CONTENT_TYPE];
    const char *media = route->flags & ROUTE_LINES ? "application/x-ndjson" : "application/json";
    size_t size = strlen(media);
    if (exchange->body_expected > route->body_bytes)
        return problem_set(&exchange->response, &exchange->err, PROBLEM_BODY_SIZE, NULL,
                           "a body of at most %zu bytes is taken here, found %llu",
                           route->body_bytes, (unsigned long long)exchange->body_expected);
    if (exchange->body_expected == 0)
        return true;
    bool known = type.size >= size && memcmp(type.data, media, size) == 0 &&
                 (type.size == size || type.data[size] == ';');
    return known || problem_set(&exchange->response, &exchange->err, PROBLEM_MEDIA_TYPE, NULL,
                                "a body must be %s here", media);
}

bool http_admit(struct http_exchange *exchange, const char *method, const char *version)
{
    if (!check_head(exchange, method, version) || !read_target(exchange))
        return false;
    exchange->request.method = arena_copy(&exchange->arena, method, strlen(method));
    if (!exchange->request.method)
        return arena_error(&exchange->arena, &exchange->err);
    if (strcmp(method, "HEAD") == 0)
        exchange->request.method = "GET";
    if (!find_route(exchange))
        return false;
    read_cookie(exchange);
    bool open = (exchange->request.route->flags & ROUTE_OPEN) != 0;
    return (open || require_session(exchange)) && check_role(exchange) && check_origin(exchange) &&
           check_query(exchange) && check_body(exchange) &&
           copy_header(exchange, HEAD_IF_MATCH, 64, REQUEST_IF_MATCH) &&
           copy_header(exchange, HEAD_IDEMPOTENCY_KEY, 128, REQUEST_IDEMPOTENCY_KEY) &&
           copy_header(exchange, HEAD_PURPOSE, 200, REQUEST_PURPOSE) &&
           copy_header(exchange, HEAD_IF_NONE_MATCH, 1024, REQUEST_IF_NONE_MATCH) &&
           copy_header(exchange, HEAD_ACCEPT_ENCODING, 256, REQUEST_ACCEPT_ENCODING);
}
