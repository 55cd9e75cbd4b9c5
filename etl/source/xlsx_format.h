/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a number format of a spreadsheet makes of a number (ECMA-376 part 1, 18.8.30 and 18.8.31):
 * a day, a time or both, or just a number. Built-in formats by their number, the East Asian ones
 * (27 to 36, 50 to 58) in their Chinese meaning; others by their code.
 */
#ifndef HENG_ETL_SOURCE_XLSX_FORMAT_H
#define HENG_ETL_SOURCE_XLSX_FORMAT_H

#include "etl/source/decimal.h"

enum xlsx_format {
    XLSX_NUMBER,
    XLSX_DATE,
    XLSX_TIME,
    XLSX_MOMENT,  /* date and time */
    XLSX_DURATION /* [h]:mm and the like: hours may pass 24 */
};

enum xlsx_format xlsx_format_of_number(int64_t number);
enum xlsx_format xlsx_format_of_code(const char *code);

/* The text of a number cell as a CSV export has it: YYYY-MM-DD, HH:MM:SS, both with a blank between
 * them unless it is midnight, or the number in up to 15 digits, without rounding to what is shown.
 * The serial 60 of the 1900 system is 1900-02-29 and 0 is 1900-01-00, as spreadsheets have it; a
 * serial that is no day stays a number. False when value is not a number. */
bool xlsx_format_text(struct text value, enum xlsx_format format, bool date1904,
                      char out[DECIMAL_TEXT_SIZE], struct text *text);

#endif
