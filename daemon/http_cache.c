/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_cache.h"

#include <assert.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/core/digest.h"

enum { EPOCH_SIZE = 128 };

struct kept {
    struct kept *next;
    char etag[HTTP_ETAG_SIZE];
    struct MHD_Response *answer;
    size_t bytes;
};

struct http_cache {
    pthread_mutex_t lock;
    char epoch[EPOCH_SIZE];
    size_t bytes;
    struct kept *buckets[HTTP_CACHE_BUCKETS];
};

struct http_cache *http_cache_new(void)
{
    struct http_cache *cache = calloc(1, sizeof *cache);
    if (cache)
        pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

static void empty(struct http_cache *cache)
{
    for (size_t i = 0; i < HTTP_CACHE_BUCKETS; i++) {
        while (cache->buckets[i]) {
            struct kept *kept = cache->buckets[i];
            cache->buckets[i] = kept->next;
            MHD_destroy_response(kept->answer);
            free(kept);
        }
    }
    cache->bytes = 0;
}

void http_cache_free(struct http_cache *cache)
{
    if (!cache)
        return;
    empty(cache);
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

const char *http_cache_etag(const char *epoch, const char *key, char out[HTTP_ETAG_SIZE])
{
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert(digest);
    digest_start(digest);
    digest_update(digest, epoch, strlen(epoch) + 1);
    digest_update(digest, key, strlen(key));
    digest_finish(digest, hash);
    digest_free(digest);
    text_hex(hash, DIGEST_SIZE, hex);
    snprintf(out, HTTP_ETAG_SIZE, "\"%.32s\"", hex);
    return out;
}

static struct kept **bucket_of(struct http_cache *cache, const char *etag)
{
    size_t sum = 0;
    for (const char *c = etag + 1; *c; c++)
        sum = sum * 31 + (unsigned char)*c;
    return &cache->buckets[sum % HTTP_CACHE_BUCKETS];
}

static void enter_epoch(struct http_cache *cache, const char *epoch)
{
    if (strcmp(cache->epoch, epoch) == 0)
        return;
    empty(cache);
    snprintf(cache->epoch, sizeof cache->epoch, "%s", epoch);
}

bool http_cache_queue(struct http_cache *cache, const char *epoch, const char *etag,
                      struct MHD_Connection *connection, size_t *bytes, enum MHD_Result *result)
{
    pthread_mutex_lock(&cache->lock);
    enter_epoch(cache, epoch);
    struct kept *kept = *bucket_of(cache, etag);
    while (kept && strcmp(kept->etag, etag) != 0)
        kept = kept->next;
    /* Queued under the lock, so that nobody destroys the last reference in between. */
    if (kept) {
        *bytes = kept->bytes;
        *result = MHD_queue_response(connection, MHD_HTTP_OK, kept->answer);
    }
    pthread_mutex_unlock(&cache->lock);
    return kept != NULL;
}

static bool put(struct http_cache *cache, const char *epoch, const char *etag,
                struct MHD_Response *answer, size_t bytes)
{
    enter_epoch(cache, epoch);
    struct kept **bucket = bucket_of(cache, etag);
    for (const struct kept *kept = *bucket; kept; kept = kept->next) {
        if (strcmp(kept->etag, etag) == 0)
            return false; /* another thread was faster */
    }
    struct kept *kept = calloc(1, sizeof *kept);
    if (!kept)
        return false;
    if (cache->bytes + bytes > HTTP_CACHE_BYTES)
        empty(cache);
    kept->answer = answer;
    kept->bytes = bytes;
    snprintf(kept->etag, sizeof kept->etag, "%s", etag);
    kept->next = *bucket;
    *bucket = kept;
    cache->bytes += bytes;
    return true;
}

bool http_cache_put(struct http_cache *cache, const char *epoch, const char *etag,
                    struct MHD_Response *answer, size_t bytes)
{
    if (bytes > HTTP_CACHE_ANSWER_BYTES)
        return false;
    pthread_mutex_lock(&cache->lock);
    bool kept = put(cache, epoch, etag, answer, bytes);
    pthread_mutex_unlock(&cache->lock);
    return kept;
}
