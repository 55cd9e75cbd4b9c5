/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Decimal numbers as text, without floating point: the spelling of a number as people would have
 * typed it, and the serial days of spreadsheets.
 */
#ifndef HENG_ETL_SOURCE_DECIMAL_H
#define HENG_ETL_SOURCE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

#include "models/core/text.h"

enum {
    DECIMAL_DIGITS_CAP = 40,   /* significant digits kept; what follows counts as zeros */
    DECIMAL_SHEET_DIGITS = 15, /* that a spreadsheet shows and guarantees */
    DECIMAL_TEXT_SIZE = 64
};

struct decimal {
    bool negative;
    unsigned char digits[DECIMAL_DIGITS_CAP]; /* the first and last are not 0 */
    int count;                                /* 0: the number is zero */
    int point;                                /* value = 0.d1d2d3… × 10^point */
};

/* [+-]digits[.digits][e[+-]digits]; false for anything else or an exponent beyond ±9999. */
bool decimal_read(struct text value, struct decimal *out);

/* Keeps at most this many significant digits, half rounded away from zero. */
void decimal_round(struct decimal *decimal, int digits);

/* Plain digits while at most `plain` of them stand before the point and five zeros behind it;
 * otherwise one digit, the rest behind the point and the exponent ("9.15E+17"). */
struct text decimal_write(const struct decimal *decimal, int plain, char out[DECIMAL_TEXT_SIZE]);

/* Whole days and seconds of the day, rounded to the second; false below 0 or from 10^7 days on. */
bool decimal_serial(const struct decimal *decimal, int64_t *days, int *seconds);

#endif
