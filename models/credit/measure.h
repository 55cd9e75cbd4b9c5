/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How each kind of indicator prepares its counters for a day and turns what they counted into
 * points. The functions are rows of the table in indicator.c; see indicator.h for the formulas.
 */
#ifndef HENG_MODELS_CREDIT_MEASURE_H
#define HENG_MODELS_CREDIT_MEASURE_H

#include "models/credit/indicator.h"

void measure_arm_none(const struct credit_indicator *indicator, day as_of,
                      struct credit_counter *counters);
void measure_arm_events(const struct credit_indicator *indicator, day as_of,
                        struct credit_counter *counters);
void measure_arm_count(const struct credit_indicator *indicator, day as_of,
                       struct credit_counter *counters);
void measure_arm_amount(const struct credit_indicator *indicator, day as_of,
                        struct credit_counter *counters);
void measure_arm_share(const struct credit_indicator *indicator, day as_of,
                       struct credit_counter *counters);
void measure_arm_growth(const struct credit_indicator *indicator, day as_of,
                        struct credit_counter *counters);

struct credit_measure measure_attribute(const struct credit_indicator *indicator,
                                        const struct credit_input *input, day as_of,
                                        const int64_t *tally);
struct credit_measure measure_events(const struct credit_indicator *indicator,
                                     const struct credit_input *input, day as_of,
                                     const int64_t *tally);
/* Bands over the first tally: count and amount. */
struct credit_measure measure_sum(const struct credit_indicator *indicator,
                                  const struct credit_input *input, day as_of,
                                  const int64_t *tally);
struct credit_measure measure_share(const struct credit_indicator *indicator,
                                    const struct credit_input *input, day as_of,
                                    const int64_t *tally);
struct credit_measure measure_related(const struct credit_indicator *indicator,
                                      const struct credit_input *input, day as_of,
                                      const int64_t *tally);
struct credit_measure measure_growth(const struct credit_indicator *indicator,
                                     const struct credit_input *input, day as_of,
                                     const int64_t *tally);
struct credit_measure measure_imported(const struct credit_indicator *indicator,
                                       const struct credit_input *input, day as_of,
                                       const int64_t *tally);
struct credit_measure measure_risk(const struct credit_indicator *indicator,
                                   const struct credit_input *input, day as_of,
                                   const int64_t *tally);

#endif
