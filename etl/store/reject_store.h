/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rejects as they are looked at and given back. An export is a file like the one they came in: its
 * header and the kept rows, byte for byte, in its encoding and with its delimiter; dropped columns
 * are blank. Lines end in LF.
 */
#ifndef HENG_ETL_STORE_REJECT_STORE_H
#define HENG_ETL_STORE_REJECT_STORE_H

#include "etl/store/db.h"
#include "models/core/arena.h"

/* NULL and 0 = any. Columns as in reject/list.sql; the caller frees the rows. */
struct reject_filter {
    const char *source;
    int64_t batch_id;
    const char *reason;
    bool taken; /* also those that were taken in since */
    int64_t limit;
};

ERROR_CHECKED bool reject_store_list(struct db *db, const struct reject_filter *filter,
                                     struct db_rows **rows, struct error *err);

struct reject_file {
    const char *name;
    const char *encoding;
    int64_t rows;
    int64_t unkept; /* rows of which only a note was kept */
};

typedef bool reject_write(void *context, const void *bytes, size_t size, struct error *err);

/* Writes the open rejects of a batch, of one reason or (NULL) of any. ERROR_NOT_FOUND without such
 * a batch, ERROR_CONFLICT when its header was not kept. */
ERROR_CHECKED bool reject_store_export(struct db *db, int64_t batch_id, const char *reason,
                                       reject_write *write, void *context, struct arena *arena,
                                       struct reject_file *out, struct error *err);

#endif
