/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One source file being written: rows of UTF-8 text become CSV (RFC 4180, CRLF lines) in the
 * file's encoding, plain or compressed. Keeps count of what a loader must make of the rows.
 *
 * Writing errors are kept and told by sheet_check() and sheet_close(); rows after an error are
 * counted and dropped.
 */
#ifndef HENG_ETL_DEMO_SHEET_H
#define HENG_ETL_DEMO_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/day.h"
#include "models/core/error.h"

enum { SHEET_CELLS = 20, SHEET_CELL_SIZE = 320, SHEET_NO_CELL = -1 };

enum sheet_encoding { SHEET_UTF8, SHEET_UTF8_BOM, SHEET_GB18030 };

enum sheet_outcome { SHEET_INSERTED, SHEET_UPDATED, SHEET_IDENTICAL, SHEET_OUTCOME_COUNT };

enum sheet_reject {
    SHEET_MISSING_FIELD,
    SHEET_BAD_CREDIT_CODE,
    SHEET_NO_SUCH_DATE,
    SHEET_UNKNOWN_CODE,
    SHEET_BAD_NUMBER,
    SHEET_REJECT_COUNT
};

/* What a source file is. Cells that can be spoiled are named by their index, or SHEET_NO_CELL. */
struct sheet_form {
    const char *source;
    const char *mapping; /* name of the mapping document: one per source and encoding */
    const char *file;
    enum sheet_encoding encoding;
    bool gzip;
    int code_cell;     /* credit code of the subject */
    int date_cell;     /* a mapped date */
    int choice_cell;   /* a mapped code list */
    int number_cell;   /* a mapped number */
    int required_cell; /* text that must not be missing and is not part of a key */
    const char *header[SHEET_CELLS + 1]; /* ended by NULL */
};

struct sheet_tally {
    uint64_t rows;
    uint64_t outcomes[SHEET_OUTCOME_COUNT];
    uint64_t rejects[SHEET_REJECT_COUNT];
};

struct sheet_row {
    char cell[SHEET_CELLS][SHEET_CELL_SIZE];
};

struct sheet;

/* Opens directory/form->file and writes the header. The caller closes *out with sheet_close(). */
ERROR_CHECKED bool sheet_open(const struct sheet_form *form, const char *directory,
                              struct sheet **out, struct error *err);

const struct sheet_form *sheet_form(const struct sheet *sheet);
const struct sheet_tally *sheet_tally(const struct sheet *sheet);

void sheet_accept(struct sheet *sheet, const struct sheet_row *row, enum sheet_outcome outcome);
void sheet_refuse(struct sheet *sheet, const struct sheet_row *row, enum sheet_reject reason);

/* The first writing error so far. */
ERROR_CHECKED bool sheet_check(const struct sheet *sheet, struct error *err);

/* Frees the sheet in any case; false when any write failed. */
ERROR_CHECKED bool sheet_close(struct sheet *sheet, struct error *err);

/* Sets a cell; text that does not fit is a broken invariant. */
void sheet_put(struct sheet_row *row, int cell, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Sets a cell to a day as YYYY-MM-DD, or empty for DAY_NONE, or 长期 for DAY_LAST. */
void sheet_put_day(struct sheet_row *row, int cell, day value);

/* Whole yuan as 万元, without trailing zeros. */
void sheet_put_wan_yuan(struct sheet_row *row, int cell, int64_t yuan);

#endif
