/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Merged cells that touch the header of a sheet. A sheet lists its merged cells behind all of its
 * rows, so they are looked for in a pass of their own, and only when a header has gaps.
 */
#ifndef HENG_ETL_SOURCE_XLSX_MERGE_H
#define HENG_ETL_SOURCE_XLSX_MERGE_H

#include "etl/source/archive.h"
#include "models/core/arena.h"
#include "models/core/text.h"

enum { XLSX_MERGES_CAP = 4096 };

struct xlsx_area {
    int64_t row_first;
    int64_t row_last;
    int column_first; /* from 0 */
    int column_last;
    struct text text; /* of its first cell; data NULL until that was read */
};

struct xlsx_merges {
    struct xlsx_area *areas;
    size_t count;
};

/* The areas that touch a row up to row_last. */
ERROR_CHECKED bool xlsx_merge_read(struct archive *archive, const char *path, int64_t entry,
                                   const char *part, int64_t row_last, struct arena *arena,
                                   struct xlsx_merges *merges, struct error *err);

/* Gives each blank cell of a row the text of the area that it belongs to, after taking note of the
 * texts of areas that begin here; *width is raised to the last cell that has text. */
ERROR_CHECKED bool xlsx_merge_fill(struct xlsx_merges *merges, int64_t row, struct text *fields,
                                   size_t *width, struct arena *arena, struct error *err);

/* "BC12" → column 54 (from 0) and row 12; row 0 if there is none. False if it is no reference or a
 * column beyond the last that any spreadsheet has (XFD). */
bool xlsx_merge_reference(struct text reference, int *column, int64_t *row);

#endif
