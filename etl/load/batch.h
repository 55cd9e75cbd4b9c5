/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One batch: open (the transaction begins, the source is locked), add rows and rejects, close
 * (everything is merged and committed) or abort. Used by load.c only.
 */
#ifndef HENG_ETL_LOAD_BATCH_H
#define HENG_ETL_LOAD_BATCH_H

#include "etl/load/load.h"
#include "etl/load/version.h"
#include "etl/record/row.h"
#include "etl/source/stream.h"

struct batch {
    struct db *db;
    const struct mapping *mapping;
    struct version_map versions;
    struct bytes rows;    /* on their way to the staging table */
    struct bytes rejects; /* until the end of the batch */
    int64_t batch_id;
    int64_t source_id;
    int64_t rows_in;
    int64_t repeated;
    int64_t rejected;
    bool backfill; /* the batch says itself when its records became known */
};

/* Where a file stands in what the source has loaded. */
struct batch_position {
    bool same_file;      /* the newest batch of the source is of this file and mapping */
    bool complete;       /* the file was loaded to its end before */
    bool newer_files;    /* … and other files of the source since */
    int batch_in_file;   /* of the newest batch */
    int64_t next_record; /* from 1 */
    int64_t rows_in;     /* of the file so far */
    int64_t rejected;
};

/* What the batch row says about the file. */
struct batch_file {
    const struct stream *stream;
    int batch_in_file;
    int64_t first_record;
    bool last_in_file;
    const char *now;
    const char *known_at;
    const struct load_options *options; /* its note */
};

ERROR_CHECKED bool batch_init(struct batch *batch, struct db *db, const struct mapping *mapping,
                              struct error *err);
void batch_free(struct batch *batch);

/* Begins the transaction, locks the source and says where the file stands. */
ERROR_CHECKED bool batch_open(struct batch *batch, const struct stream *stream, const char *now,
                              struct batch_position *position, struct error *err);

/* Creates the staging table and starts the COPY. */
ERROR_CHECKED bool batch_start(struct batch *batch, struct error *err);

ERROR_CHECKED bool batch_add(struct batch *batch, const struct row_reader *reader,
                             const struct row *row, struct error *err);
ERROR_CHECKED bool batch_add_reject(struct batch *batch, struct row_reader *reader,
                                    const struct source_record *record, const struct reject *reject,
                                    struct error *err);

/* Merges, writes the batch row, commits, and adds the batch to the report. A connection lost while
 * committing is resolved by asking for the batch. */
ERROR_CHECKED bool batch_close(struct batch *batch, const struct batch_file *file,
                               struct load_report *report, struct error *err);

/* Ends the transaction without a trace. */
void batch_abort(struct batch *batch);

#endif
