/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The feed documents of a folder (every *.json directly in it, in the order of their names) with
 * their mappings. A document that cannot be used is a fault of its own and stops no other. Sets are
 * shared between threads by count; once read, nothing in them changes but the numbers that the
 * database gives.
 */
#ifndef HENG_ETL_FEED_FEED_SET_H
#define HENG_ETL_FEED_FEED_SET_H

#include <stdatomic.h>

#include "etl/feed/feed_store.h"
#include "etl/record/mapping.h"

enum { FEED_SET_CAP = 200, FEED_SET_ARENA_CAP = 256 * 1024 * 1024 };

struct feed_entry {
    const char *name; /* the source of the mapping */
    const char *path; /* of the document */
    struct feed feed;
    unsigned char sha256[DIGEST_SIZE]; /* of the document */
    const char *mapping_path;
    const char *mapping_bytes;
    size_t mapping_size;
    struct mapping *mapping; /* as read; loading reads the bytes anew */
    _Atomic int64_t feed_id; /* 0 until feed_set_register() */
};

struct feed_fault {
    const char *path;
    struct error error;
};

struct feed_set {
    atomic_int users;
    struct arena arena;
    struct feed_entry *entries;
    size_t count;
    struct feed_fault *faults;
    size_t fault_count;
};

/* folder "" is an empty set. False only when the folder cannot be read. */
ERROR_CHECKED bool feed_set_read(const char *folder, struct feed_set **out, struct error *err);

struct feed_set *feed_set_share(struct feed_set *set);
void feed_set_release(struct feed_set *set);

/* NULL when there is none. */
struct feed_entry *feed_set_find(const struct feed_set *set, const char *name);

/* Tells the database what there is, and what is there no longer. */
ERROR_CHECKED bool feed_set_register(struct feed_set *set, struct db *db, const char *now,
                                     struct error *err);

#endif
