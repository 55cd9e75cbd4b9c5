/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Working days: Monday to Friday, corrected by the days off and the weekend days worked that a
 * government published year by year (models/catalog/calendar/). Outside the published years the
 * result is plain Monday to Friday and marked provisional: never an error, never silent. The paper
 * for a year may change the last days of the year before it, so a December result is final only
 * when the next year is published.
 *
 * A limit of n working days does not count the day that triggers it (Civil Code of China,
 * Art. 201). The calendar lives in the arena it was read into.
 */
#ifndef HENG_MODELS_CORE_CALENDAR_H
#define HENG_MODELS_CORE_CALENDAR_H

#include <stdint.h>

#include "models/core/arena.h"
#include "models/core/day.h"
#include "models/core/error.h"

enum { CALENDAR_YEARS_CAP = 200, CALENDAR_RANGE_CAP_DAYS = 31, CALENDAR_COUNT_CAP = 100000 };

struct calendar {
    const char *jurisdiction;
    day first; /* first and last day of the published years */
    day last;
    day span_first; /* of shift[], which starts in the year before, where papers reach back */
    /* shift[d - span_first]: by how much the working days up to and including d differ from the
     * number of weekdays. */
    int16_t *shift;
};

/* Reads a "heng-calendar-1" document: consecutive years, no day named twice, worked days only on
 * weekends. */
ERROR_CHECKED bool calendar_read(const char *bytes, size_t size, const char *subject,
                                 struct arena *arena, struct calendar *out, struct error *err);

bool calendar_is_working(const struct calendar *calendar, day value);

/* True when every day of first … last lies in a published year (also when last < first). */
bool calendar_covers(const struct calendar *calendar, day first, day last);

/* The day on which a limit of count working days (0 to CALENDAR_COUNT_CAP) that is triggered on
 * `from` ends; at most DAY_LAST. */
day calendar_add_working_days(const struct calendar *calendar, day from, int count,
                              bool *provisional);

/* The number of working days after `from` up to and including `to`; 0 when to <= from. */
int32_t calendar_working_days_between(const struct calendar *calendar, day from, day to,
                                      bool *provisional);

#endif
