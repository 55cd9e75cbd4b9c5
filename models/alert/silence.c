/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/silence.h"

#include <assert.h>

enum { DAY_MINUTES = 1440 };

static day day_of(int64_t minute)
{
    int64_t days = minute / DAY_MINUTES;
    return (day)(minute % DAY_MINUTES < 0 ? days - 1 : days);
}

/* Minutes of working days from the beginning of day `from` up to `until`. */
static int64_t working_minutes(const struct calendar *calendar, day from, int64_t until,
                               bool *provisional)
{
    day last = day_of(until);
    bool outside = false;
    int64_t days = calendar_working_days_between(calendar, from - 1, last - 1, &outside);
    int64_t rest = calendar_is_working(calendar, last) ? until - (int64_t)last * DAY_MINUTES : 0;
    *provisional = *provisional || outside || !calendar_covers(calendar, last, last);
    return days * DAY_MINUTES + rest;
}

struct silence silence_judge(int64_t since, int64_t until, int64_t interval_minutes,
                             int factor_percent, const struct calendar *calendar)
{
    assert(interval_minutes > 0 && factor_percent > 0);
    struct silence result = {.limit_minutes = interval_minutes * factor_percent / 100};
    if (until <= since)
        return result;
    day first = day_of(since);
    result.silent_minutes = calendar
                                ? working_minutes(calendar, first, until, &result.provisional) -
                                      working_minutes(calendar, first, since, &result.provisional)
                                : until - since;
    result.silent = result.silent_minutes > result.limit_minutes;
    return result;
}
