/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/detector.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>

#include "models/alert/ears.h"

static const struct detector detectors[] = {
    {"ears_c1", EARS_C1_HISTORY, ears_c1},
    {"ears_c2", EARS_C2_HISTORY, ears_c2},
    {"ears_c3", EARS_C3_HISTORY, ears_c3},
    {NULL, 0, NULL},
};

struct detector_setting detector_setting_of(int64_t alpha_ppm, int64_t min_sigma_milli,
                                            int64_t min_count)
{
    assert(alpha_ppm >= 1 && alpha_ppm <= 500000 && min_sigma_milli >= 0 && min_count >= 0);
    return (struct detector_setting){
        .z = gsl_cdf_ugaussian_Pinv(1.0 - (double)alpha_ppm / 1e6),
        .min_sigma = (double)min_sigma_milli / 1e3,
        .min_count = min_count,
    };
}

const struct detector *detector_find(struct text name)
{
    for (const struct detector *detector = detectors; detector->name; detector++) {
        if (text_is(name, detector->name))
            return detector;
    }
    return NULL;
}

const struct detector *detector_all(void)
{
    return detectors;
}
