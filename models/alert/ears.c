/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/ears.h"

#include <math.h>

enum { BASELINE = 7, GAP_C1 = 0, GAP_C2 = 2 };

struct baseline {
    double mean;
    double sigma;
};

/* Of the BASELINE counts that end `gap` places before t. */
static struct baseline baseline_of(const int64_t *counts, size_t t, size_t gap, double min_sigma)
{
    const int64_t *window = counts + t - gap - BASELINE;
    double sum = 0;
    for (int i = 0; i < BASELINE; i++)
        sum += (double)window[i];
    struct baseline baseline = {.mean = sum / BASELINE};
    double squares = 0;
    for (int i = 0; i < BASELINE; i++) {
        double difference = (double)window[i] - baseline.mean;
        squares += difference * difference;
    }
    baseline.sigma = fmax(sqrt(squares / (BASELINE - 1)), min_sigma);
    return baseline;
}

static struct detector_point point_of(int64_t observed, struct baseline baseline, double bound,
                                      const struct detector_setting *setting)
{
    return (struct detector_point){
        .evaluated = true,
        .alarm = (double)observed > bound && observed >= setting->min_count,
        .bound = bound,
        .mean = baseline.mean,
        .sigma = baseline.sigma,
    };
}

static void run_shewhart(const int64_t *counts, size_t count, size_t first, size_t gap,
                         const struct detector_setting *setting, struct detector_point *points)
{
    for (size_t t = first; t < count; t++) {
        points[t - first] = (struct detector_point){0};
        if (t < BASELINE + gap)
            continue;
        struct baseline baseline = baseline_of(counts, t, gap, setting->min_sigma);
        double bound = baseline.mean + setting->z * baseline.sigma;
        points[t - first] = point_of(counts[t], baseline, bound, setting);
    }
}

void ears_c1(const int64_t *counts, size_t count, size_t first,
             const struct detector_setting *setting, struct detector_point *points)
{
    run_shewhart(counts, count, first, GAP_C1, setting, points);
}

void ears_c2(const int64_t *counts, size_t count, size_t first,
             const struct detector_setting *setting, struct detector_point *points)
{
    run_shewhart(counts, count, first, GAP_C2, setting, points);
}

/* max(0, c(u) - 1); not a number where c cannot be formed. */
static double excess(const int64_t *counts, size_t u, double min_sigma)
{
    struct baseline baseline = baseline_of(counts, u, GAP_C2, min_sigma);
    if (baseline.sigma <= 0)
        return NAN;
    double c = ((double)counts[u] - baseline.mean) / baseline.sigma;
    return c > 1 ? c - 1 : 0;
}

void ears_c3(const int64_t *counts, size_t count, size_t first,
             const struct detector_setting *setting, struct detector_point *points)
{
    for (size_t t = first; t < count; t++) {
        points[t - first] = (struct detector_point){0};
        if (t < EARS_C3_HISTORY)
            continue;
        double past =
            excess(counts, t - 1, setting->min_sigma) + excess(counts, t - 2, setting->min_sigma);
        if (isnan(past))
            continue;
        struct baseline baseline = baseline_of(counts, t, GAP_C2, setting->min_sigma);
        double bound = fmax(0, (double)counts[t] + baseline.sigma * (setting->z - past));
        points[t - first] = point_of(counts[t], baseline, bound, setting);
    }
}
