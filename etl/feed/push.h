/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records that somebody sends: JSON lines in memory, which never touch a disk as they are. The key
 * of the delivery is the sender's: the same key with the same body is the same delivery, whose
 * account is given again; with another body it is refused.
 */
#ifndef HENG_ETL_FEED_PUSH_H
#define HENG_ETL_FEED_PUSH_H

#include <jansson.h>

#include "etl/feed/delivery.h"

enum { PUSH_LINES_CAP = 20000, PUSH_KEY_CAP = 128 };

struct push_body {
    const char *key;
    const char *bytes;
    size_t size;
};

/* Loads the body unless it was loaded before, and makes the answer: {delivery, repeated, source,
 * kind, rows_in, inserted, updated, identical, rejected, rejects: [{line, field, reason,
 * message}]}. complete writes along with the last records, see struct delivery. Unavailable:
 * another delivery of the feed is under way. Conflict: the key was used for another body. */
ERROR_CHECKED bool push_take(struct feed_run *run, const struct push_body *body,
                             bool (*complete)(void *context, struct db *db, struct error *err),
                             void *context, bool *repeated, json_t **answer, struct error *err);

#endif
