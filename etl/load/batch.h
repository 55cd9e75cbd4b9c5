/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One batch: open (the transaction begins, the source is locked), add rows and rejects, then merge,
 * store and commit, or abort. Used by load.c, check.c and replay.c only.
 */
#ifndef HENG_ETL_LOAD_BATCH_H
#define HENG_ETL_LOAD_BATCH_H

#include "etl/load/load.h"
#include "etl/load/quality.h"
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
    struct quality quality;
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

/* What the batch row says about the file. Hashes and header in hexadecimal. */
struct batch_file {
    const char *name;
    const char *sha256;
    const char *header;  /* its bytes as they stand in the file, without the line end */
    const char *columns; /* their names as a CSV record in UTF-8 with commas */
    const char *format;
    const char *encoding; /* of header and kept rows */
    char delimiter;
    int64_t bytes;
    int64_t batch_in_file;
    int64_t first_record;
    bool last_in_file;
    int64_t replay_of; /* the batch whose rejects these are; 0 = none */
    bool refused;
    const char *now;
    const char *known_at;
    const struct load_options *options; /* its note */
};

ERROR_CHECKED bool batch_init(struct batch *batch, struct db *db, const struct mapping *mapping,
                              struct error *err);
void batch_free(struct batch *batch);

/* Begins the transaction, locks the source and takes a number for the batch. */
ERROR_CHECKED bool batch_begin(struct batch *batch, const char *now, struct error *err);

/* Begins another batch inside the same transaction: for a check. */
ERROR_CHECKED bool batch_continue(struct batch *batch, struct error *err);

/* The same as batch_begin(), and says where the file stands. */
ERROR_CHECKED bool batch_open(struct batch *batch, const struct stream *stream, const char *now,
                              struct batch_position *position, struct error *err);

/* Creates the staging table and starts the COPY. */
ERROR_CHECKED bool batch_start(struct batch *batch, struct error *err);

ERROR_CHECKED bool batch_add(struct batch *batch, const struct row_reader *reader,
                             const struct row *row, struct error *err);
ERROR_CHECKED bool batch_add_reject(struct batch *batch, struct row_reader *reader,
                                    const struct source_record *record, const struct reject *reject,
                                    struct error *err);

/* The end of a batch, step by step: the last rows are staged; they become records; rejects, batch
 * row and quality are stored; all is committed and added to the report. A connection lost while
 * committing is resolved by asking for the batch. */
ERROR_CHECKED bool batch_end_rows(struct batch *batch, struct error *err);
ERROR_CHECKED bool batch_merge(struct batch *batch, struct load_report *account, struct error *err);
ERROR_CHECKED bool batch_store(struct batch *batch, const struct batch_file *file,
                               const struct load_report *account, struct error *err);
ERROR_CHECKED bool batch_commit(struct batch *batch, const struct load_report *account,
                                struct load_report *report, struct error *err);

/* Adds the account of the batch to the report. */
void batch_report(const struct batch *batch, const struct load_report *account,
                  struct load_report *report);

/* Ends the transaction without a trace. */
void batch_abort(struct batch *batch);

#endif
