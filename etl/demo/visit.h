/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inspections of a firm over the history, as a pure function of the scene and the firm: about
 * one visit a year, and for some retailers and caterers a price inspection, which is another
 * source. The mix of results is that of 97 firms observed in the field: 78 normal, 10 disclosure
 * breach, 3 uncontactable, 6 corrected.
 */
#ifndef HENG_ETL_DEMO_VISIT_H
#define HENG_ETL_DEMO_VISIT_H

#include <stdbool.h>
#include <stddef.h>

#include "etl/demo/firm.h"
#include "etl/demo/scene.h"
#include "etl/demo/staff.h"

enum { VISIT_CAP = 16, VISIT_NUMBER_SIZE = 32, VISIT_TEXT_SIZE = 40 };

struct visit {
    const struct staff_matter *matter;
    const char *check_kind;   /* word of the source */
    const char *result;       /* code of the source */
    const char *result_codes; /* set of codes, separated by '|' */
    const char *severity;     /* word of the source, "" when there is none */
    day occurred_on;
    day published_on; /* DAY_NONE when not yet */
    int violation_count;
    bool price;       /* belongs to the price-inspection source */
    bool strict;      /* the over-strict inspector was there */
    bool strict_area; /* in the district of the over-strict inspector */
    char number[VISIT_NUMBER_SIZE];
    char department_id[STAFF_ID_SIZE];
    char inspector_ids[2][STAFF_ID_SIZE];
    char plan_row_id[VISIT_TEXT_SIZE];
    char notice_no[VISIT_TEXT_SIZE];
    char enforcement_code[VISIT_TEXT_SIZE]; /* "" before these existed */
};

/* Writes the visits of a firm, oldest first within each source; returns how many. */
size_t visit_of(const struct scene *scene, const struct firm *firm, struct visit out[VISIT_CAP]);

/* True for results that speak against the firm. */
bool visit_adverse(const struct visit *visit);

#endif
