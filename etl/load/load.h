/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Loading one file through one mapping. The file is a series of batches of at most LOAD_BATCH_CAP
 * records, each one transaction: staging by COPY, history, merge, rejects, batch row. After a
 * crash the same command goes on behind the last committed batch. A file that was loaded before (by
 * its SHA-256, through the same mapping) changes nothing and says so, unless it is loaded `again`:
 * then its records are new knowledge once more, which takes back what came since. A file of whose
 * first batch more than a share is rejected is refused: its rejects are kept, with a batch that
 * stored nothing, until the file is loaded.
 *
 * A check does all of this in one transaction, which is then rolled back: its report has the counts
 * that a load (once more, if the file was loaded before) would have. Other loads wait meanwhile.
 */
#ifndef HENG_ETL_LOAD_LOAD_H
#define HENG_ETL_LOAD_LOAD_H

#include <stdint.h>

#include "etl/load/profile.h"
#include "etl/record/mapping.h"
#include "etl/store/db.h"

enum {
    LOAD_BATCH_CAP = 1000000,
    LOAD_REJECT_BYTES = 16 * 1024 * 1024, /* a batch ends early when its rejects reach this */
    LOAD_ARENA_CAP = 16 * 1024 * 1024
};

typedef void load_progress_function(void *context, int64_t rows, int64_t bytes, int64_t bytes_all);

/* A batch that is about to be committed. */
struct load_note {
    int64_t batch_id;
    const char *file_sha256; /* hexadecimal */
    bool last_in_file;
};

/* Writes what is to be true exactly if the batch is: called inside its transaction, as the last
 * thing before the commit. */
typedef bool load_note_function(void *context, struct db *db, const struct load_note *note,
                                struct error *err);

struct load_options {
    const char *now;      /* the moment of the load, as PostgreSQL reads it, with zone */
    const char *known_at; /* NULL: now; otherwise a back-fill known from this moment on */
    int utc_offset_minutes;
    int64_t batch_cap;        /* 0 = LOAD_BATCH_CAP */
    bool again;               /* load a file that was loaded before once more */
    int64_t reject_share_ppm; /* of a file's first batch, above which it is refused; 0 = none */
    struct profile *profile;  /* not NULL: only check; nothing is stored, the profile is filled */
    load_progress_function *progress; /* may be NULL, and so may the next two */
    bool (*stop)(void *context);      /* true = end without committing the open batch */
    load_note_function *note;
    void *context;         /* of these three */
    const int *descriptor; /* NULL: the path is opened; else the file, which the path names only */
};

struct load_report {
    char source[64];
    const char *kind;
    bool nothing_new;      /* this file was loaded to its end before */
    bool newer_files;      /* … and other files of its source since */
    int64_t resumed_after; /* records of the file that were committed before */
    int64_t batches;
    int64_t rows_in;
    int64_t inserted;
    int64_t updated;
    int64_t identical;
    int64_t rejected;
    int64_t stubs;
    int64_t merged;
};

/* mapping_name and mapping_bytes are the mapping document. */
ERROR_CHECKED bool load_file(struct db *db, const char *mapping_name, const char *mapping_bytes,
                             size_t mapping_size, const char *path,
                             const struct load_options *options, struct load_report *report,
                             struct error *err);

#endif
