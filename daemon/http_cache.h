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

/* The entity tag of a key in an epoch, with quotes; also the name under which it is kept. */
const char *http_cache_etag(const char *epoch, const char *key, char out[HTTP_ETAG_SIZE]);

/* Queues the kept answer of this tag on the connection; false when there is none. */
bool http_cache_queue(struct http_cache *cache, const char *epoch, const char *etag,
                      struct MHD_Connection *connection, size_t *bytes, enum MHD_Result *result);

/* Keeps an answer (status 200) of `bytes` bytes and takes the caller's reference over; false when
 * it is not kept. Call it after the answer was queued. */
bool http_cache_put(struct http_cache *cache, const char *epoch, const char *etag,
                    struct MHD_Response *answer, size_t bytes);

#endif
