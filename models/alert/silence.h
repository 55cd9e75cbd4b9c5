/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Has a source fallen silent? It says how often it delivers; it is silent when the time since its
 * last delivery is longer than that interval times a factor. Where the source delivers on working
 * days only, the minutes of other days do not count, neither towards the silence nor towards the
 * limit. Moments are minutes since 1970-01-01 of the register's zone.
 */
#ifndef HENG_MODELS_ALERT_SILENCE_H
#define HENG_MODELS_ALERT_SILENCE_H

#include "models/core/calendar.h"

struct silence {
    bool silent;
    int64_t silent_minutes; /* that count; 0 when `until` is not after `since` */
    int64_t limit_minutes;
    bool provisional; /* counted outside the published calendar */
};

/* calendar NULL: every minute counts. factor_percent 100 = the interval itself. */
struct silence silence_judge(int64_t since, int64_t until, int64_t interval_minutes,
                             int factor_percent, const struct calendar *calendar);

#endif
