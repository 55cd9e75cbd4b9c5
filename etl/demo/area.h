/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where the firms of the demo are: the county-level divisions of Chongqing (GB/T 2260), with the
 * change of 2025-11-06. 江北 and 渝北 were abolished then; 渝北 and 北碚 were split at town
 * level, so each part is an area of its own that keeps its firms together through the change.
 * Weights are our round estimate of relative size, not a statistic.
 */
#ifndef HENG_ETL_DEMO_AREA_H
#define HENG_ETL_DEMO_AREA_H

#include <stddef.h>
#include <stdint.h>

#include "etl/demo/chance.h"
#include "models/core/day.h"

#define AREA_CHANGED_ON ((day)20398) /* 2025-11-06 */

struct area {
    const char *code_before;
    const char *name_before;
    const char *code_after; /* from AREA_CHANGED_ON */
    const char *name_after;
    const char *first_code; /* until the end of first_code_until_year; NULL when never different */
    int first_code_until_year;
    uint32_t weight;
};

enum { AREA_COUNT = 40, AREA_REGION_CAP = 40 };

const struct area *area_at(size_t index);
const struct area *area_of_code(const char *code);
const struct area *area_pick(struct chance *chance);

const char *area_code(const struct area *area, day on);
const char *area_name(const struct area *area, day on);

/* The code that a credit code issued on that day carries. */
const char *area_code_at_issue(const struct area *area, day on);

/* The distinct codes in force on a day, in table order, with the sum of the weights of their
 * areas. Returns the number written. */
struct area_region {
    const char *code;
    const char *name;
    uint32_t weight;
};
size_t area_regions(day on, struct area_region out[AREA_REGION_CAP]);
uint32_t area_weight_sum(void);

#endif
