/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When a feed runs next, and how long it waits after a failure. Moments are seconds since
 * 1970-01-01 of the register's zone (UTC plus its offset): the days and hours that people mean.
 *
 * A feed runs every so many seconds, or at times of the day, on every day or on working days only.
 * Times that were missed (the program was down, the clock jumped ahead) become one run, not
 * several; a clock that goes back repeats none. A last run that lies more than a day ahead of now
 * was noted by a wrong clock and counts as now.
 */
#ifndef HENG_MODELS_FEED_SCHEDULE_H
#define HENG_MODELS_FEED_SCHEDULE_H

#include "models/core/calendar.h"

enum {
    SCHEDULE_TIMES_CAP = 48,
    SCHEDULE_EVERY_CAP_SECONDS = 7 * 86400,
    SCHEDULE_BACK_OFF_FIRST_SECONDS = 5,
    SCHEDULE_BACK_OFF_CAP_SECONDS = 1800
};

struct schedule {
    int every_seconds;                  /* 0: at times of the day */
    int at_minutes[SCHEDULE_TIMES_CAP]; /* since midnight, ascending */
    size_t at_count;
    bool working_days_only;
};

/* Runs are allowed on the day of the moment. */
bool schedule_allows(const struct schedule *schedule, const struct calendar *calendar,
                     int64_t moment);

/* The first moment after `last` at which a run is due; a past one is due now. last 0: never ran,
 * which is due at once by interval and at the next time of the day otherwise. */
int64_t schedule_next(const struct schedule *schedule, const struct calendar *calendar,
                      int64_t last, int64_t now);

/* Seconds to wait after so many failures in a row (at least 1): doubling, spread by up to a half
 * so that feeds of one source that came back do not all begin at once. spread is any number that
 * differs between feeds. */
int schedule_back_off(int failures, uint64_t spread);

#endif
