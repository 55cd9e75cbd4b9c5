/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a CSV file (RFC 4180: comma, CR LF, quotes where needed, doubled inside) in memory that
 * grows. Failing memory is remembered: ask csv_write_good() once, at the end.
 *
 * Texts are kept from becoming formulas in a spreadsheet: one that begins with = + - @, their
 * full-width twins, a tab, CR or LF (spaces before it do not count) gets a leading apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection). Integers are written as they are.
 */
#ifndef HENG_ETL_STORE_CSV_WRITE_H
#define HENG_ETL_STORE_CSV_WRITE_H

#include <stddef.h>
#include <stdint.h>

#include "models/core/error.h"
#include "models/core/text.h"

struct csv_write {
    char *bytes;
    size_t size;
    size_t capacity;
    bool in_row; /* the row has a cell */
    bool failed;
};

/* U+FEFF, by which spreadsheets know UTF-8. */
void csv_write_mark(struct csv_write *csv);
void csv_write_text(struct csv_write *csv, struct text value);
void csv_write_integer(struct csv_write *csv, int64_t value);
void csv_write_empty(struct csv_write *csv);
void csv_write_end_row(struct csv_write *csv);

ERROR_CHECKED bool csv_write_good(const struct csv_write *csv, struct error *err);

/* Forgets what was written and keeps the memory. */
void csv_write_clear(struct csv_write *csv);
void csv_write_reset(struct csv_write *csv);

#endif
