/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Feeds as rows: which there are, which of them this session runs, how their runs ended, and what
 * was delivered. Functions about deliveries join the transaction that is open, if one is.
 */
#ifndef HENG_ETL_FEED_FEED_STORE_H
#define HENG_ETL_FEED_FEED_STORE_H

#include "etl/store/db.h"
#include "models/core/digest.h"
#include "models/feed/feed.h"

enum { FEED_NAME_SIZE = 64, FEED_REFUSED_SIZE = 1024 };

/* A feed document with what its mapping says; strings are the caller's. */
struct feed_row {
    const char *name;
    const struct feed *feed;
    const char *record_kind;
    const char *jurisdiction;
    const char *title_zh;
    const char *title_en;
    const unsigned char *document_sha256;
    const unsigned char *mapping_sha256;
};

ERROR_CHECKED bool feed_store_register(struct db *db, const struct feed_row *row, const char *now,
                                       int64_t *feed_id, struct error *err);

/* Marks the feeds that are not among names as gone. */
ERROR_CHECKED bool feed_store_retire(struct db *db, const char *const *names, size_t count,
                                     const char *now, struct error *err);

/* Conflict: another session runs it. The lock ends with the session at the latest. */
ERROR_CHECKED bool feed_store_lock(struct db *db, int64_t feed_id, const char *name,
                                   struct error *err);
void feed_store_unlock(struct db *db, int64_t feed_id);

/* What the schedule goes by. */
struct feed_state {
    char name[FEED_NAME_SIZE];
    int64_t feed_id;
    int64_t last_s; /* begin of the last run or, before it, the registration; since 1970 UTC */
    int failures;
};

/* In the arena. */
ERROR_CHECKED bool feed_store_states(struct db *db, struct arena *arena, struct feed_state **out,
                                     size_t *count, struct error *err);

/* *watermark lives in the arena. */
ERROR_CHECKED bool feed_store_start(struct db *db, int64_t feed_id, const char *now,
                                    struct arena *arena, const char **watermark, struct error *err);

/* outcome is "done", "failed" or "cancelled"; message may be NULL. */
ERROR_CHECKED bool feed_store_end(struct db *db, int64_t feed_id, const char *now,
                                  const char *outcome, const char *message, int *failures,
                                  struct error *err);

/* *queued is false when a job of this feed waits or runs already. */
ERROR_CHECKED bool feed_store_queue(struct db *db, const char *name, const char *now, bool *queued,
                                    struct error *err);

struct feed_delivery {
    int64_t feed_id;
    const char *key; /* the same of a repetition */
    const char *name;
    const char *sha256; /* hexadecimal; NULL: not known */
    bool complete;
    const char *refused; /* NULL: taken */
};

ERROR_CHECKED bool feed_store_deliver(struct db *db, const struct feed_delivery *delivery,
                                      const char *now, int64_t *delivery_id, struct error *err);
ERROR_CHECKED bool feed_store_batch(struct db *db, int64_t batch_id, int64_t delivery_id,
                                    struct error *err);

/* What is known of a delivery. */
struct feed_known {
    int64_t delivery_id; /* 0: nothing */
    char sha256[DIGEST_HEX_SIZE];
    bool complete;
    bool refused;
    char reason[FEED_REFUSED_SIZE]; /* of the refusal */
};

ERROR_CHECKED bool feed_store_find(struct db *db, int64_t feed_id, const char *key,
                                   struct feed_known *out, struct error *err);

#endif
