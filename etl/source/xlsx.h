/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A sheet of an Excel workbook (.xlsx, .xlsm) as records, read as a stream: apart from the shared
 * strings memory does not grow with the sheet. Text is what a CSV export has; see xlsx_sheet.h. In
 * the rows of the header merged cells repeat their text. The line of a record is its row in the
 * sheet, `raw` its CSV form when the fields are not enough to show it.
 */
#ifndef HENG_ETL_SOURCE_XLSX_H
#define HENG_ETL_SOURCE_XLSX_H

#include "etl/source/record.h"
#include "etl/source/stream.h"

struct xlsx;

struct xlsx_form {
    const char *sheet; /* name; NULL: by position */
    int position;      /* from 1 */
    int header_last;   /* last row of the header */
};

/* stream is one of stream_open_archive() and stays the caller's. */
ERROR_CHECKED bool xlsx_open(struct stream *stream, const struct xlsx_form *form, struct xlsx **out,
                             struct error *err);
void xlsx_close(struct xlsx *xlsx);

/* Records from now on have this many fields, blank ones at the end included, or more. */
void xlsx_set_width(struct xlsx *xlsx, size_t width);

ERROR_CHECKED bool xlsx_next(struct xlsx *xlsx, struct source_record *record, bool *end,
                             struct error *err);

#endif
