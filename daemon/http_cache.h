/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Answers of cacheable routes, ready to be sent again. The key is everything such an answer depends
 * on besides the epoch (data version and day): scope, language, path and query. A new epoch empties
 * the cache; so does passing HTTP_CACHE_BYTES, which is simpler than choosing and seldom happens.
 */
#ifndef HENG_DAEMON_HTTP_CACHE_H
#define HENG_DAEMON_HTTP_CACHE_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stddef.h>

enum {
    HTTP_CACHE_BYTES = 64 * 1024 * 1024,
    HTTP_CACHE_ANSWER_BYTES = 4 * 1024 * 1024, /* larger ones are not kept */
    HTTP_CACHE_BUCKETS = 4096,
    HTTP_ETAG_SIZE = 35
};

struct http_cache;

struct http_cache *http_cache_new(void);
void http_cache_free(struct http_cache *cache);

/* The entity tag of a key in an epoch, with quotes. */
const char *http_cache_etag(const char *epoch, const char *key, char out[HTTP_ETAG_SIZE]);

/* What the cache does with a request. */
enum http_cache_found {
    HTTP_CACHE_NONE,  /* nothing is kept for the key */
    HTTP_CACHE_SAME,  /* the client has it already: nothing was queued, etag is filled */
    HTTP_CACHE_QUEUED /* the kept answer was queued on the connection */
};

/* matches(context, etag) says whether the client named this entity tag (If-None-Match). */
typedef bool http_cache_matches(const void *context, const char *etag);

struct http_cache_request {
    const char *epoch;
    const char *key;
    http_cache_matches *matches;
    const void *context;
    struct MHD_Connection *connection;
    char *etag;             /* out, HTTP_ETAG_SIZE bytes */
    size_t bytes;           /* out, of the queued answer */
    enum MHD_Result result; /* out, of queueing */
};

enum http_cache_found http_cache_find(struct http_cache *cache, struct http_cache_request *request);

/* Keeps an answer (status 200) of `bytes` bytes and takes the caller's reference over; false when
 * it is not kept. Call it after the answer was queued. */
bool http_cache_put(struct http_cache *cache, const char *epoch, const char *key, const char *etag,
                    struct MHD_Response *answer, size_t bytes);

#endif
