/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shared by row.c (reading) and row_write.c (writing); nobody else includes it. */
#ifndef HENG_ETL_RECORD_ROW_INTERNAL_H
#define HENG_ETL_RECORD_ROW_INTERNAL_H

#include "etl/record/row.h"
#include "models/core/digest.h"

enum { ROW_KEY_SEPARATOR = 0x1F };

struct row_reader {
    const struct mapping *mapping;
    struct converter *converter;
    struct value_lists lists;
    char default_known_at[MOMENT_TEXT_SIZE + 16];
    char offset[8]; /* "+08:00" */
    struct scratch scratch;
    struct text whole[SOURCE_COLUMNS_CAP];   /* UTF-8, dropped ones empty */
    struct text columns[SOURCE_COLUMNS_CAP]; /* the same, trimmed */
    struct digest *digest;
};

#endif
