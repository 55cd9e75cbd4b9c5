/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Login sessions that this process has seen lately, so that a request with a known session reads no
 * table. The database stays the truth: whatever changes accounts or ends sessions bumps a counter
 * (etl/store/change.h), which empties the cache within SERVICE_POLL_MS; a session ended here is
 * dropped at once. The moment of the last use is written once a minute at most.
 */
#ifndef HENG_DAEMON_LOGIN_CACHE_H
#define HENG_DAEMON_LOGIN_CACHE_H

#include "daemon/http.h"
#include "models/core/digest.h"

enum { LOGIN_CACHE_ENTRIES = 4096, LOGIN_CACHE_WRITE_SECONDS = 60 };

struct login_cache;

struct login_cache *login_cache_new(void);
void login_cache_free(struct login_cache *cache);

struct login_moment {
    int64_t now_s;   /* since 1970-01-01 UTC */
    const char *now; /* the same for the database */
    int64_t idle_minutes;
    int64_t version; /* of accounts */
};

/* Whose session has this hash (of the raw id). *found is false when it is none, over or ended. */
ERROR_CHECKED bool login_cache_find(struct login_cache *cache, struct db *db,
                                    const unsigned char hash[DIGEST_SIZE],
                                    const struct login_moment *moment, struct request_user *out,
                                    int64_t *expires_at, bool *found, struct error *err);

void login_cache_drop(struct login_cache *cache, const unsigned char hash[DIGEST_SIZE]);

#endif
