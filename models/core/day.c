/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/core/day.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* Years run from March here, so that the leap day is the last of its year: the number of days
 * before month m (0 = March) is then (153 m + 2) / 5. */
bool day_of_civil(struct civil civil, day *out)
{
    if (civil.year < 1 || civil.year > 9999 || civil.month < 1 || civil.month > 12 ||
        civil.dom < 1 || civil.dom > month_length(civil.year, civil.month))
        return false;
    int year = civil.month <= 2 ? civil.year - 1 : civil.year;
    int month = (civil.month + 9) % 12;
    int era = year / 400;
    int year_of_era = year % 400;
    int day_of_year = (153 * month + 2) / 5 + civil.dom - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    *out = era * 146097 + day_of_era - 719468;
    return true;
}

struct civil day_to_civil(day value)
{
    assert(value >= DAY_FIRST && value <= DAY_LAST);
    int shifted = value + 719468;
    int era = shifted / 146097;
    int day_of_era = shifted % 146097;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153;
    struct civil civil = {
        .year = year_of_era + era * 400 + (month >= 10),
        .month = month < 10 ? month + 3 : month - 9,
        .dom = day_of_year - (153 * month + 2) / 5 + 1,
    };
    return civil;
}

bool day_parse(struct text value, day *out)
{
    if (value.size != 10 || value.data[4] != '-' || value.data[7] != '-')
        return false;
    int digits[10];
    for (int i = 0; i < 10; i++) {
        digits[i] = value.data[i] - '0';
        if (i != 4 && i != 7 && (digits[i] < 0 || digits[i] > 9))
            return false;
    }
    struct civil civil = {
        .year = digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3],
        .month = digits[5] * 10 + digits[6],
        .dom = digits[8] * 10 + digits[9],
    };
    return day_of_civil(civil, out);
}

const char *day_format(day value, char *buffer)
{
    buffer[0] = '\0';
    if (value != DAY_NONE) {
        struct civil civil = day_to_civil(value);
        snprintf(buffer, DAY_TEXT_SIZE, "%04u-%02u-%02u", (unsigned)civil.year % 10000u,
                 (unsigned)civil.month % 100u, (unsigned)civil.dom % 100u);
    }
    return buffer;
}

int day_weekday(day value)
{
    /* 0001-01-01 was a Monday. */
    return (value - DAY_FIRST) % 7 + 1;
}

day day_week_start(day value)
{
    return value - (day_weekday(value) - 1);
}

int day_years_between(day birth, day value)
{
    struct civil from = day_to_civil(birth);
    struct civil to = day_to_civil(value);
    int years = to.year - from.year;
    bool before_birthday = to.month < from.month || (to.month == from.month && to.dom < from.dom);
    return years - before_birthday;
}

const char *day_end_moment(day value, int utc_offset_minutes, char *buffer)
{
    char text[DAY_TEXT_SIZE];
    unsigned offset = (unsigned)abs(utc_offset_minutes);
    snprintf(buffer, MOMENT_TEXT_SIZE, "%s 00:00:00%c%02u:%02u",
             day_format(value < DAY_LAST ? value + 1 : value, text),
             utc_offset_minutes < 0 ? '-' : '+', offset / 60 % 100, offset % 60);
    return buffer;
}
