/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The rows of one sheet of a workbook, in constant memory: each cell as the text that a CSV export
 * has (xlsx_format.h), formulas by their stored value, booleans as TRUE and FALSE, errors as #N/A
 * and the like. Rows without text are passed over.
 *
 * Problems of a row: a formula that was never computed, a number that is none, a shared string that
 * is not there, cells out of order, more than SOURCE_COLUMNS_CAP columns, more than
 * SOURCE_RECORD_CAP bytes. Rows out of order or beyond XLSX_ROWS_CAP are errors of the file.
 */
#ifndef HENG_ETL_SOURCE_XLSX_SHEET_H
#define HENG_ETL_SOURCE_XLSX_SHEET_H

#include "etl/source/record.h"
#include "etl/source/xlsx_part.h"
#include "etl/source/xlsx_strings.h"
#include "etl/source/xlsx_styles.h"

enum { XLSX_ROWS_CAP = 1048576 };

struct xlsx_sheet;

/* What the cells refer to; stays the caller's. */
struct xlsx_book {
    struct archive *archive;
    const char *path;
    struct xlsx_parts parts;
    struct xlsx_strings strings;
    struct xlsx_styles styles;
};

struct xlsx_row {
    struct text *fields; /* SOURCE_COLUMNS_CAP, "" where there is no text; may be written to */
    size_t width;        /* cells up to the last with text */
    int64_t number;      /* in the sheet, from 1 */
    const char *problem;
};

ERROR_CHECKED bool xlsx_sheet_open(const struct xlsx_book *book, struct xlsx_sheet **out,
                                   struct error *err);
void xlsx_sheet_close(struct xlsx_sheet *sheet);

/* The next row with text or a problem, valid until the next call. blank_to: rows up to this number
 * are handed over even without text. */
ERROR_CHECKED bool xlsx_sheet_next(struct xlsx_sheet *sheet, int64_t blank_to, struct xlsx_row *row,
                                   bool *end, struct error *err);

/* Columns that the sheet itself says it has; 0 if it does not. Known from the first row on. */
int xlsx_sheet_columns(const struct xlsx_sheet *sheet);

/* Bytes of the sheet read so far and in all, for progress. */
void xlsx_sheet_position(const struct xlsx_sheet *sheet, int64_t *read, int64_t *all);

#endif
