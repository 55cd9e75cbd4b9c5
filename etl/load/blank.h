/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A copy of a file that may be kept: the columns that its mapping drops are blank. Whatever the
 * format of the file, the copy is CSV in UTF-8, packed with gzip: the columns and then the records
 * as row_raw() (etl/record/row.h) gives them. A record that cannot be told apart into columns is
 * left out but for a note, because nobody can say what in it would have to be blank.
 */
#ifndef HENG_ETL_LOAD_BLANK_H
#define HENG_ETL_LOAD_BLANK_H

#include <stddef.h>

#include "models/core/error.h"

struct blank_mapping {
    const char *name;
    const char *bytes;
    size_t size;
};

/* Replaces `to`; it is on disk, readable by its owner only, before this returns. */
ERROR_CHECKED bool blank_copy(const struct blank_mapping *mapping, const char *from, const char *to,
                              struct error *err);

#endif
