/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Surges in weekly counts: one series per group over closed ISO weeks, each run through a detector.
 * A week is closed when its Sunday, plus the days held back for late reports, is not after as_of;
 * an open week is never judged. Weeks are named by their Monday.
 *
 * Weeks without a row count zero, so first_week must be the first week the source reports in full:
 * weeks before it would be zeros that nobody counted.
 */
#ifndef HENG_MODELS_ALERT_SURGE_H
#define HENG_MODELS_ALERT_SURGE_H

#include "models/alert/detector.h"
#include "models/core/arena.h"
#include "models/core/day.h"
#include "models/core/error.h"

enum { SURGE_WEEKS_CAP = 5000, SURGE_FINDINGS_CAP = 1000000 };

/* The group of the findings of the series of all groups together. */
#define SURGE_TOTAL UINT32_MAX

struct surge_row {
    uint32_t group; /* the caller's number of a group, less than SURGE_TOTAL */
    day week;
    int64_t count;
};

struct surge_input {
    const struct surge_row *rows; /* ascending by group, then week; none twice */
    size_t count;
    day first_week; /* where the series start; rows of earlier weeks are an error */
    day judge_from; /* first and last week to judge; rows of later weeks are ignored */
    day judge_to;
    const struct detector *detector;
    struct detector_setting setting;
    bool groups; /* judge each group */
    bool total;  /* judge all groups together */
};

struct surge_finding {
    uint32_t group;
    day week;
    int64_t observed;
    double bound;
    double mean;
    double sigma;
};

struct surge_result {
    struct surge_finding *findings; /* by group, then week; SURGE_TOTAL last */
    size_t count;
    size_t series;         /* judged */
    size_t points;         /* series times weeks judged */
    size_t points_skipped; /* of these: too little history to judge */
};

/* The Monday of the last week that is closed as of this day. */
day surge_last_closed_week(day as_of, int hold_back_days);

/* Groups without a row are not judged: their counts are all zero. */
ERROR_CHECKED bool surge_scan(const struct surge_input *input, struct arena *arena,
                              struct surge_result *out, struct error *err);

#endif
