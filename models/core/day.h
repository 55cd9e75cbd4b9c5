/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Days as integers: the number of days since 1970-01-01 in the proleptic Gregorian calendar.
 * Valid from 0001-01-01 to 9999-12-31. No clock is read here: every "today" is an argument.
 */
#ifndef HENG_MODELS_CORE_DAY_H
#define HENG_MODELS_CORE_DAY_H

#include <stdbool.h>
#include <stdint.h>

#include "models/core/text.h"

typedef int32_t day;

#define DAY_NONE INT32_MIN
#define DAY_FIRST ((day)-719162) /* 0001-01-01 */
#define DAY_LAST ((day)2932896)  /* 9999-12-31 */

enum { DAY_TEXT_SIZE = 11, MOMENT_TEXT_SIZE = 26 };

struct civil {
    int year;
    int month; /* 1 to 12 */
    int dom;   /* day of month, 1 to 31 */
};

/* False when the date does not exist (2023-02-29, month 13, year 0). */
bool day_of_civil(struct civil civil, day *out);
struct civil day_to_civil(day value);

/* Exactly YYYY-MM-DD. */
bool day_parse(struct text value, day *out);

/* YYYY-MM-DD into buffer (DAY_TEXT_SIZE bytes), returned; "" for DAY_NONE. */
const char *day_format(day value, char *buffer);

/* 1 = Monday … 7 = Sunday (ISO 8601). */
int day_weekday(day value);

/* The Monday of the ISO week that holds value. */
day day_week_start(day value);

/* Whole years from birth to value (29 February counts on 1 March in common years). */
int day_years_between(day birth, day value);

/* The instant, as PostgreSQL text "YYYY-MM-DD HH:MM:SS+hh:mm", at which `value` is over in a zone
 * that is utc_offset_minutes ahead of UTC: a fact known before it is known by that day. */
const char *day_end_moment(day value, int utc_offset_minutes, char *buffer);

#endif
