/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_cache.h"

#include <assert.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/core/digest.h"

enum { EPOCH_SIZE = 128 };

struct kept {
    struct kept *next;
    uint64_t hash;
    char etag[HTTP_ETAG_SIZE];
    struct MHD_Response *answer;
    size_t bytes; /* of the answer */
    char key[];
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

/* FNV-1a, 64 bits: spreads keys, keeps no secret; whole keys are compared. */
static uint64_t hash_of(const char *key)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (; *key; key++)
        hash = (hash ^ (unsigned char)*key) * UINT64_C(0x100000001B3);
    return hash;
}

static struct kept **bucket_of(struct http_cache *cache, uint64_t hash)
{
    return &cache->buckets[hash % HTTP_CACHE_BUCKETS];
}

static struct kept *find(struct http_cache *cache, const char *key, uint64_t hash)
{
    struct kept *kept = *bucket_of(cache, hash);
    while (kept && (kept->hash != hash || strcmp(kept->key, key) != 0))
        kept = kept->next;
    return kept;
}

static void enter_epoch(struct http_cache *cache, const char *epoch)
{
    if (strcmp(cache->epoch, epoch) == 0)
        return;
    empty(cache);
    snprintf(cache->epoch, sizeof cache->epoch, "%s", epoch);
}

static enum http_cache_found serve(const struct kept *kept, struct http_cache_request *request)
{
    memcpy(request->etag, kept->etag, HTTP_ETAG_SIZE);
    if (request->matches(request->context, kept->etag))
        return HTTP_CACHE_SAME;
    request->bytes = kept->bytes;
    request->result = MHD_queue_response(request->connection, MHD_HTTP_OK, kept->answer);
    return HTTP_CACHE_QUEUED;
}

enum http_cache_found http_cache_find(struct http_cache *cache, struct http_cache_request *request)
{
    uint64_t hash = hash_of(request->key);
    pthread_mutex_lock(&cache->lock);
    enter_epoch(cache, request->epoch);
    const struct kept *kept = find(cache, request->key, hash);
    /* Queued under the lock, so that nobody destroys the last reference in between. */
    enum http_cache_found found = kept ? serve(kept, request) : HTTP_CACHE_NONE;
    pthread_mutex_unlock(&cache->lock);
    return found;
}

static struct kept *keep(struct http_cache *cache, const char *key, size_t bytes)
{
    size_t key_size = strlen(key) + 1;
    size_t held = sizeof(struct kept) + key_size + bytes;
    struct kept *kept = calloc(1, sizeof *kept + key_size);
    if (!kept)
        return NULL;
    if (cache->bytes + held > HTTP_CACHE_BYTES)
        empty(cache);
    memcpy(kept->key, key, key_size);
    kept->hash = hash_of(key);
    kept->bytes = bytes;
    struct kept **bucket = bucket_of(cache, kept->hash);
    kept->next = *bucket;
    *bucket = kept;
    cache->bytes += held;
    return kept;
}

bool http_cache_put(struct http_cache *cache, const char *epoch, const char *key, const char *etag,
                    struct MHD_Response *answer, size_t bytes)
{
    if (bytes > HTTP_CACHE_ANSWER_BYTES)
        return false;
    pthread_mutex_lock(&cache->lock);
    enter_epoch(cache, epoch);
    /* Another thread may have been faster. */
    struct kept *kept = find(cache, key, hash_of(key)) ? NULL : keep(cache, key, bytes);
    if (kept) {
        kept->answer = answer;
        memcpy(kept->etag, etag, HTTP_ETAG_SIZE);
    }
    pthread_mutex_unlock(&cache->lock);
    return kept != NULL;
}
