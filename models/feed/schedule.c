/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/feed/schedule.h"

#include <assert.h>

enum { DAY_SECONDS = 86400, SEARCH_DAYS = 366 };

static day day_of(int64_t moment)
{
    int64_t days = moment / DAY_SECONDS;
    return (day)(moment % DAY_SECONDS < 0 ? days - 1 : days);
}

static bool day_allowed(const struct schedule *schedule, const struct calendar *calendar, day value)
{
    return !schedule->working_days_only || calendar_is_working(calendar, value);
}

bool schedule_allows(const struct schedule *schedule, const struct calendar *calendar,
                     int64_t moment)
{
    return day_allowed(schedule, calendar, day_of(moment));
}

/* The moment itself, or the beginning of the next day that is allowed. */
static int64_t first_allowed(const struct schedule *schedule, const struct calendar *calendar,
                             int64_t moment)
{
    day value = day_of(moment);
    if (day_allowed(schedule, calendar, value))
        return moment;
    for (int i = 0; i < SEARCH_DAYS && !day_allowed(schedule, calendar, value); i++)
        value++;
    return (int64_t)value * DAY_SECONDS;
}

static int64_t next_time(const struct schedule *schedule, const struct calendar *calendar,
                         int64_t last)
{
    day value = day_of(last);
    assert(schedule->at_count > 0);
    for (int i = 0; i < SEARCH_DAYS; i++, value++) {
        if (!day_allowed(schedule, calendar, value))
            continue;
        for (size_t t = 0; t < schedule->at_count; t++) {
            int64_t moment = (int64_t)value * DAY_SECONDS + (int64_t)schedule->at_minutes[t] * 60;
            if (moment > last)
                return moment;
        }
    }
    return (int64_t)value * DAY_SECONDS;
}

int64_t schedule_next(const struct schedule *schedule, const struct calendar *calendar,
                      int64_t last, int64_t now)
{
    if (last > now + DAY_SECONDS)
        last = now;
    if (schedule->every_seconds > 0)
        return first_allowed(schedule, calendar, last ? last + schedule->every_seconds : now);
    return next_time(schedule, calendar, last ? last : now);
}

int schedule_back_off(int failures, uint64_t spread)
{
    int wait = SCHEDULE_BACK_OFF_FIRST_SECONDS;
    assert(failures > 0);
    for (int i = 1; i < failures && wait < SCHEDULE_BACK_OFF_CAP_SECONDS; i++)
        wait *= 2;
    if (wait > SCHEDULE_BACK_OFF_CAP_SECONDS)
        wait = SCHEDULE_BACK_OFF_CAP_SECONDS;
    return wait + (int)(spread % (uint64_t)(wait / 2 + 1));
}
