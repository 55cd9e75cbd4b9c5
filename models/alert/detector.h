/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Detectors of unusually high counts in an evenly spaced series. To add one: a run function in a
 * file of its own, a row in the table, an oracle test.
 *
 * Limits are computed in floating point; an alert is a hint to a person and decides no class and
 * no draw.
 */
#ifndef HENG_MODELS_ALERT_DETECTOR_H
#define HENG_MODELS_ALERT_DETECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/text.h"

struct detector_setting {
    double z;          /* standard normal quantile of 1 - alpha */
    double min_sigma;  /* floor of the standard deviation of a baseline */
    int64_t min_count; /* smaller counts raise no alarm */
};

struct detector_point {
    bool evaluated; /* false: too little history, or no bound can be formed; no alarm then */
    bool alarm;     /* count > bound and count >= min_count */
    double bound;
    double mean;  /* of the baseline */
    double sigma; /* of the baseline, at least min_sigma */
};

/* Fills points[0 … count - first - 1] for the places first … count - 1 of counts. */
typedef void detector_run(const int64_t *counts, size_t count, size_t first,
                          const struct detector_setting *setting, struct detector_point *points);

struct detector {
    const char *name;
    size_t min_history; /* places before the first one that can be evaluated */
    detector_run *run;
};

/* alpha_ppm 1 to 500,000; min_sigma_milli and min_count at least 0. */
struct detector_setting detector_setting_of(int64_t alpha_ppm, int64_t min_sigma_milli,
                                            int64_t min_count);

/* NULL when there is no such detector. */
const struct detector *detector_find(struct text name);

/* All rows, ended by one with a NULL name. */
const struct detector *detector_all(void);

#endif
