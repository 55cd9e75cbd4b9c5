/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One request from its first line to the end of its answer, as the HTTP library brings it: the
 * callbacks of the daemon. The first call of http_exchange_request() only admits (head, target,
 * route, session, role, origin, size); the answer is queued on the last, because an answer queued
 * on the first makes the library close the connection. That is what a refused request with a body
 * gets.
 */
#ifndef HENG_DAEMON_HTTP_EXCHANGE_H
#define HENG_DAEMON_HTTP_EXCHANGE_H

#include <microhttpd.h>

#include "daemon/clock.h"
#include "daemon/head.h"
#include "daemon/http_cache.h"
#include "daemon/http_watch.h"
#include "daemon/service.h"

struct http_server {
    struct service *service;
    struct http_watch *watch;
    struct http_cache *cache;
    const char *proxy;    /* its X-Forwarded-For is believed; "" without one */
    struct http_log *log; /* NULL: none is written */
};

struct http_log;

enum { HTTP_ADDRESS_SIZE = 64, HTTP_KEY_SIZE = 2048 };

/* The moment of a request as texts; see struct request. */
struct http_clock {
    int64_t second;
    char now[MOMENT_TEXT_SIZE];
    char now_utc[CLOCK_UTC_SIZE];
    char today[DAY_TEXT_SIZE];
};

struct http_exchange {
    struct http_server *server;
    struct MHD_Connection *mhd;
    struct http_connection *connection;
    char *target; /* raw */
    struct arena arena;
    struct head head;
    struct request request;
    struct response response;
    struct error err;
    bool sound; /* nothing failed before the library knew of it */
    bool begun;
    bool refused;
    bool close; /* the connection ends with this answer */
    char id[REQUEST_ID_SIZE];
    char address[HTTP_ADDRESS_SIZE];
    struct http_clock clock;
    int64_t now_us;
    char allow[64];
    char *body;
    uint64_t body_expected;
    uint64_t body_received;
    struct change_state version;
    unsigned char session[SECRET_TOKEN_BYTES];
    char key[HTTP_KEY_SIZE];   /* "" = not cacheable */
    char etag[HTTP_ETAG_SIZE]; /* of a cacheable answer that is not in the cache */
    char epoch[CHANGE_VERSION_SIZE + DAY_TEXT_SIZE + 1];
    int64_t started_us;
    int status;
    uint64_t bytes;
    const char *part; /* of a streamed answer: what is left to send */
    size_t part_size;
    bool part_last;
};

/* MHD_OPTION_URI_LOG_CALLBACK, the access function, MHD_OPTION_NOTIFY_COMPLETED; each gets the
 * struct http_server. */
void *http_exchange_begin(void *context, const char *target, struct MHD_Connection *mhd);
enum MHD_Result http_exchange_request(void *context, struct MHD_Connection *mhd, const char *path,
                                      const char *method, const char *version, const char *upload,
                                      size_t *upload_size, void **exchange);
void http_exchange_end(void *context, struct MHD_Connection *mhd, void **exchange,
                       enum MHD_RequestTerminationCode code);

#endif
