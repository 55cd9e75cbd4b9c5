/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A run of a feed, and one delivery of it: a file, a request, a batch, a page. Its records, the
 * note that it arrived and the place where a pull goes on are written in one transaction (of each
 * batch of at most LOAD_BATCH_CAP records), so that a program that is killed anywhere loses and
 * doubles nothing.
 */
#ifndef HENG_ETL_FEED_DELIVERY_H
#define HENG_ETL_FEED_DELIVERY_H

#include "etl/feed/feed_set.h"
#include "etl/load/load.h"

enum { DELIVERY_INSTANT_SIZE = 40 };

/* Where a run gets the time from: only the daemon reads clocks. */
struct feed_clock {
    int64_t (*now_us)(void); /* since 1970-01-01 UTC */
    /* A moment as PostgreSQL reads it, with microseconds; at most DELIVERY_INSTANT_SIZE bytes. */
    const char *(*instant)(int64_t moment_us, int utc_offset_minutes, char *buffer);
};

struct feed_report {
    int64_t deliveries; /* taken */
    int64_t repeated;   /* of them: loaded before, nothing changed */
    int64_t refused;
    int64_t skipped; /* files that can be neither taken nor refused */
    int64_t rows_in;
    int64_t inserted;
    int64_t updated;
    int64_t identical;
    int64_t rejected;
};

struct feed_run {
    struct db *db; /* the rows */
    const struct feed_entry *entry;
    const struct feed_clock *clock;
    int utc_offset_minutes;
    int64_t batch_cap;        /* 0: LOAD_BATCH_CAP */
    int64_t reject_share_ppm; /* of a file, as in load_options; 0 for a push: it answers by line */
    /* How far the run is; false, with an error, when it is to end. Called now and then. */
    bool (*progress)(void *context, int percent, const char *detail, struct error *err);
    void *context;
    const char *watermark; /* where the last run of a pull stopped; "" = never */
    struct feed_report report;
    struct error stopped; /* what progress said */
};

/* What is delivered. */
struct delivery {
    const char *key;       /* the same of a repetition */
    const char *name;      /* for people, and in the account of the load */
    const char *path;      /* of the file, or the name of what the descriptor is */
    const int *descriptor; /* NULL: the path is opened */
    bool again;            /* records that were loaded before are new knowledge once more */
    /* Writes what is to be true exactly if the delivery is complete, in the transaction of its last
     * records; may be NULL. */
    bool (*complete)(void *context, struct db *db, struct error *err);
    void *context;
    int percent_from; /* of the run */
    int percent_to;
};

enum delivery_outcome { DELIVERY_TAKEN, DELIVERY_REFUSED };

/* Loads it and notes it. DELIVERY_REFUSED: it is not what it must be, *err says why, and that is
 * noted. False: it may be tried again, and goes on where it stopped. */
ERROR_CHECKED bool delivery_take(struct feed_run *run, const struct delivery *delivery,
                                 enum delivery_outcome *outcome, struct error *err);

/* Now, as text. */
const char *delivery_now(const struct feed_run *run, char *buffer);

/* Tells how far the run is. */
ERROR_CHECKED bool delivery_progress(struct feed_run *run, int percent, const char *detail,
                                     struct error *err);

#endif
