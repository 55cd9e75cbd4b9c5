/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request and its answer, as route functions see them; nothing of the HTTP library shows here.
 *
 *     bool route_alert_one(struct request *request, struct response *response, struct error *err)
 *     {
 *         const char *id = request_path_value(request, "id");
 *         … db_run(request->db, …) with scope_region(&request->user.scope) …
 *         return response_json(response, object, err);
 *     }
 *
 * By the time a route function runs, the session, the role, the origin and token of a change, and
 * the size of the body have been checked. It returns false with an error: the error's kind gives
 * the HTTP status (models/core/error.h), a subject beginning with "/" is the JSON Pointer of a
 * faulty member. Refusals that only HTTP knows (412, 415 …) go through problem_set() in
 * daemon/problem.h.
 *
 * Memory: everything allocated from request->arena lives until the answer was sent. A database
 * transaction left open is rolled back.
 */
#ifndef HENG_DAEMON_HTTP_H
#define HENG_DAEMON_HTTP_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/problem.h"
#include "daemon/scope.h"
#include "daemon/settings.h"
#include "etl/store/account_store.h"
#include "etl/store/db.h"
#include "models/core/arena.h"
#include "models/core/error.h"

struct route;
struct service;

enum {
    REQUEST_ID_SIZE = 37, /* UUID, version 7 */
    REQUEST_NAMED_CAP = 32,
    REQUEST_SEGMENTS_CAP = 4,
    REQUEST_ARENA_BYTES = 64 * 1024 * 1024,
    RESPONSE_HEADERS_CAP = 8
};

/* Headers that route functions may ask for. */
enum request_header {
    REQUEST_IF_MATCH,
    REQUEST_IDEMPOTENCY_KEY,
    REQUEST_PURPOSE, /* X-Heng-Purpose, at most 200 bytes of UTF-8 */
    REQUEST_IF_NONE_MATCH,
    REQUEST_ACCEPT_ENCODING,
    REQUEST_HEADER_COUNT
};

struct request_named {
    const char *name;
    const char *value; /* decoded UTF-8 without NUL */
};

/* Whose session it is; name[0] == '\0' on a route that needs none. */
struct request_user {
    int64_t account_id;
    char name[ACCOUNT_NAME_SIZE];
    struct scope scope;
};

struct request {
    const char *id;     /* shown in the log and in problem documents */
    const char *method; /* "GET", "POST", "DELETE"; "GET" for HEAD */
    const char *path;
    const struct route *route;
    struct request_named path_values[REQUEST_SEGMENTS_CAP];
    int path_value_count;
    struct request_named query[REQUEST_NAMED_CAP];
    int query_count;
    const char *headers[REQUEST_HEADER_COUNT]; /* NULL when absent */
    const char *address;                       /* of the client, as text */
    const char *body;
    size_t body_size;
    bool chinese;             /* language of texts in the answer */
    const char *now;          /* the moment of the request in the register's zone */
    const char *today;        /* its day, YYYY-MM-DD */
    const char *now_utc;      /* YYYY-MM-DDThh:mm:ssZ, for the audit chain */
    const char *data_version; /* changes whenever published figures may have */
    struct request_user user;
    const unsigned char *session; /* raw id (SECRET_TOKEN_BYTES) of the cookie, NULL without; not
                                   * checked on a route that needs no session */
    int64_t session_expires_at;   /* seconds since 1970-01-01 UTC */
    struct arena *arena;
    struct db *db; /* statement limit 2 s */
    const struct settings *settings;
    struct service *service;
};

/* The value of {name} in the route's pattern; a name that is not there is a broken invariant. */
const char *request_path_value(const struct request *request, const char *name);

/* NULL when absent. A parameter that the route's row does not list was refused before. */
const char *request_query(const struct request *request, const char *name);

/* A whole number between min and max; fallback when absent. */
ERROR_CHECKED bool request_query_integer(const struct request *request, const char *name,
                                         int64_t min, int64_t max, int64_t fallback, int64_t *out,
                                         struct error *err);

/* The body as a JSON object, which the caller releases with json_decref(). */
ERROR_CHECKED bool request_json(const struct request *request, json_t **out, struct error *err);

/* Produces the next part of a streamed body: *bytes stays valid until the next call. A page of rows
 * per call, by keyset: no statement and no session is held between two calls. */
typedef bool response_part(void *context, struct db *db, const char **bytes, size_t *size,
                           bool *last, struct error *err);

struct response_header {
    const char *name;
    const char *value;
};

struct response {
    int status; /* 200 at the start */
    const char *content_type;
    char *body; /* owned, from malloc() */
    size_t body_size;
    struct response_header headers[RESPONSE_HEADERS_CAP];
    int header_count;
    response_part *part; /* instead of body */
    void *part_context;
    void (*part_release)(void *context);
    bool cacheable; /* set from the route's row; a function may clear it */
    enum problem_kind problem;
};

/* Takes the value over (also on failure); NULL stands for a value that could not be built. */
ERROR_CHECKED bool response_json(struct response *response, json_t *value, struct error *err);

/* A copy of the bytes; content_type is a literal. */
ERROR_CHECKED bool response_bytes(struct response *response, const char *content_type,
                                  const void *bytes, size_t size, struct error *err);

/* Streams the body. release (may be NULL) is called once, whatever happens. */
void response_stream(struct response *response, const char *content_type, response_part *part,
                     void *context, void (*release)(void *context));

/* Name is a literal, value lives in the request's arena or is a literal. */
void response_header(struct response *response, const char *name, const char *value);

void response_init(struct response *response);
void response_reset(struct response *response);

#endif
