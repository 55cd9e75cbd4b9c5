/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Departments, matters (抽查事项) and inspectors of the demo. A department stands for each
 * county-level division in force on the last day, and two for the city. Inspectors are a pure
 * function of (scene, district, number); the first inspector of the scene's strict area is the
 * over-strict one.
 */
#ifndef HENG_ETL_DEMO_STAFF_H
#define HENG_ETL_DEMO_STAFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "etl/demo/chance.h"
#include "etl/demo/scene.h"
#include "etl/demo/trade.h"
#include "models/core/day.h"

enum {
    STAFF_ID_SIZE = 24,
    STAFF_TEXT_SIZE = 96,
    STAFF_INSPECTORS_MIN = 2,
    STAFF_STRICT_INSPECTORS_MIN = 5, /* so that the over-strict one has colleagues */
    STAFF_INSPECTORS_MAX = 60,
    STAFF_MATTER_COUNT = 12
};

struct staff_matter {
    const char *id;
    const char *title;
    bool key;
    const char *department_id;
    const char *licence_tag; /* "" when any firm can be visited about it */
    const char *legal_basis;
};

struct staff_inspector {
    char id[STAFF_ID_SIZE];
    char name[STAFF_TEXT_SIZE];
    char department_id[STAFF_ID_SIZE];
    char specialities[STAFF_TEXT_SIZE]; /* separated by '|' */
    char certificate_no[STAFF_ID_SIZE];
    day certificate_until; /* DAY_LAST for one without end */
    bool on_leave;
};

const struct staff_matter *staff_matter_at(size_t index);

/* A matter that suits the trade. */
const struct staff_matter *staff_matter_pick(struct chance *chance, const struct trade *trade);
const struct staff_matter *staff_matter_of_tag(const char *licence_tag);

/* The department of a district. */
void staff_department_id(const char *region_code, char out[STAFF_ID_SIZE]);
void staff_department_name(const struct area_region *region, char out[STAFF_TEXT_SIZE]);

unsigned staff_inspector_count(const struct scene *scene, const struct area_region *region);
void staff_inspector_id(const char *region_code, unsigned number, char out[STAFF_ID_SIZE]);
void staff_inspector(const struct scene *scene, const struct area_region *region, unsigned number,
                     struct staff_inspector *out);

/* The district (as of the last day) that looks after an area. */
struct area_region staff_region_of(const struct scene *scene, const struct area *area);

#endif
