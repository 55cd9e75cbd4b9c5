/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One record of a source, whatever its format: fields in the order of the source's columns. */
#ifndef HENG_ETL_SOURCE_RECORD_H
#define HENG_ETL_SOURCE_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "models/core/text.h"

enum { SOURCE_RECORD_CAP = 1024 * 1024, SOURCE_COLUMNS_CAP = 1024 };

struct source_record {
    const struct text *fields; /* valid until the next record is asked for */
    size_t count;
    struct text raw;     /* the record as it stands in the file */
    int64_t line;        /* where it is, from 1; each format says what it counts */
    const char *problem; /* NULL, or what is wrong with the form of the record */
};

#endif
