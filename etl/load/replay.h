/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rejects go through a mended mapping (or the same one, with a mended code list) again. The kept
 * rows of each batch become a batch of their own, with the batch's file, hash and lines, which
 * names it as its `replay_of`. What is taken in is marked with that batch and never replayed again;
 * what fails stays, with the reason of this try. A row is known from the replay on; one of a
 * back-fill from when the back-fill says.
 *
 * The last word of a source stays the last: a row that a later line said otherwise already fails
 * with reason "outdated". Rows of a refused file are not replayed, the file is to be loaded.
 */
#ifndef HENG_ETL_LOAD_REPLAY_H
#define HENG_ETL_LOAD_REPLAY_H

#include "etl/load/load.h"

enum { REPLAY_ROWS_CAP = 20000 }; /* of one batch */

struct replay_request {
    const char *mapping_name;
    const char *mapping_bytes; /* the document; its source says whose rejects are replayed */
    size_t mapping_size;
    int64_t batch_id;   /* only those of this batch; 0 = of all */
    const char *reason; /* only those of this reason; NULL = of any */
    const char *now;
    int utc_offset_minutes;
    /* Before each batch; false ends the replay, what was committed stays. May be NULL. */
    bool (*progress)(void *context, int64_t rows, int64_t rows_all, struct error *err);
    void *progress_context;
};

struct replay_report {
    struct load_report load; /* rejected: what still fails */
    int64_t unkept;          /* rows that cannot be replayed: only a note of them was kept */
    int64_t refused;         /* rows of refused files */
};

ERROR_CHECKED bool replay_rejects(struct db *db, const struct replay_request *request,
                                  struct replay_report *report, struct error *err);

#endif
