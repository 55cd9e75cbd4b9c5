/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/login_cache.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/login.h"

struct entry {
    bool used;
    unsigned char hash[DIGEST_SIZE];
    struct request_user user;
    int64_t expires_at;
    int64_t seen_at;
    int64_t written_at;
};

struct login_cache {
    pthread_mutex_t lock;
    int64_t version;
    int64_t drops; /* sessions ended here, so that one being fetched meanwhile is not kept */
    struct entry entries[LOGIN_CACHE_ENTRIES];
};

struct login_cache *login_cache_new(void)
{
    struct login_cache *cache = calloc(1, sizeof *cache);
    if (cache)
        pthread_mutex_init(&cache->lock, NULL);
    return cache;
}

void login_cache_free(struct login_cache *cache)
{
    if (cache)
        pthread_mutex_destroy(&cache->lock);
    free(cache);
}

/* One place per hash: a clash costs one more read of the table, nothing else. */
static struct entry *place_of(struct login_cache *cache, const unsigned char *hash)
{
    return &cache->entries[digest_prefix(hash) % LOGIN_CACHE_ENTRIES];
}

static struct entry *find(struct login_cache *cache, const unsigned char *hash, int64_t version)
{
    if (cache->version != version) {
        memset(cache->entries, 0, sizeof cache->entries);
        cache->version = version;
    }
    struct entry *entry = place_of(cache, hash);
    return entry->used && memcmp(entry->hash, hash, DIGEST_SIZE) == 0 ? entry : NULL;
}

static bool is_over(const struct entry *entry, const struct login_moment *moment)
{
    return moment->now_s >= entry->expires_at ||
           moment->now_s - entry->seen_at >= moment->idle_minutes * 60;
}

static bool fetch(struct db *db, const char *hex, const struct login_moment *moment,
                  struct entry *out, bool *found, struct error *err)
{
    struct account_session session;
    if (!account_session_fetch(db, hex, moment->now, moment->idle_minutes, &session, found, err))
        return false;
    if (!*found)
        return true;
    out->expires_at = session.expires_at;
    out->written_at = session.seen_at;
    out->seen_at = moment->now_s;
    return login_user(&session.account, &out->user, err);
}

static bool touch(struct db *db, const char *hex, const struct login_moment *moment,
                  const struct entry *entry, struct error *err)
{
    if (moment->now_s - entry->written_at < LOGIN_CACHE_WRITE_SECONDS)
        return true;
    return account_session_touch(db, hex, moment->now, err);
}

static void keep(struct login_cache *cache, const struct entry *entry, int64_t version,
                 int64_t drops)
{
    pthread_mutex_lock(&cache->lock);
    if (cache->version == version && cache->drops == drops)
        *place_of(cache, entry->hash) = *entry;
    pthread_mutex_unlock(&cache->lock);
}

bool login_cache_find(struct login_cache *cache, struct db *db,
                      const unsigned char hash[DIGEST_SIZE], const struct login_moment *moment,
                      struct request_user *out, int64_t *expires_at, bool *found, struct error *err)
{
    char hex[DIGEST_HEX_SIZE];
    struct entry copy = {.used = true};
    text_hex(hash, DIGEST_SIZE, hex);
    memcpy(copy.hash, hash, DIGEST_SIZE);
    pthread_mutex_lock(&cache->lock);
    struct entry *entry = find(cache, hash, moment->version);
    int64_t drops = cache->drops;
    *found = entry && !is_over(entry, moment);
    if (*found) {
        entry->seen_at = moment->now_s;
        copy = *entry;
        if (moment->now_s - entry->written_at >= LOGIN_CACHE_WRITE_SECONDS)
            entry->written_at = moment->now_s;
    } else if (entry) {
        entry->used = false;
    }
    pthread_mutex_unlock(&cache->lock);
    bool known = entry != NULL;
    if (!known && !fetch(db, hex, moment, &copy, found, err))
        return false;
    if (!*found)
        return true;
    if (!touch(db, hex, moment, &copy, err))
        return false;
    if (!known) {
        if (moment->now_s - copy.written_at >= LOGIN_CACHE_WRITE_SECONDS)
            copy.written_at = moment->now_s;
        keep(cache, &copy, moment->version, drops);
    }
    *out = copy.user;
    *expires_at = copy.expires_at;
    return true;
}

void login_cache_drop(struct login_cache *cache, const unsigned char hash[DIGEST_SIZE])
{
    pthread_mutex_lock(&cache->lock);
    cache->drops++;
    struct entry *entry = place_of(cache, hash);
    if (memcmp(entry->hash, hash, DIGEST_SIZE) == 0)
        entry->used = false;
    pthread_mutex_unlock(&cache->lock);
}
