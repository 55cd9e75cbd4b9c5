/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What is known about a demo register because it was planted or counted while writing: the
 * content of truth.json. Its form is "heng-demo-truth-1"; each member says in words what it holds.
 */
#ifndef HENG_ETL_DEMO_TRUTH_H
#define HENG_ETL_DEMO_TRUTH_H

#include <stdint.h>

#include "etl/demo/complaints.h"
#include "etl/demo/firm.h"
#include "etl/demo/scene.h"
#include "etl/demo/sheet.h"
#include "etl/demo/visit.h"
#include "models/core/json.h"

enum { TRUTH_COMPLAINT_CAP = 64 };

/* Visits and how many of them speak against the firm. */
struct truth_visits {
    uint64_t visits;
    uint64_t adverse;
};

struct truth {
    struct truth_visits all;        /* every inspection */
    struct truth_visits strict;     /* with the over-strict inspector */
    struct truth_visits colleagues; /* in the same district without that inspector */
    uint64_t price_visits;
    day price_last_on; /* DAY_NONE when there are none */
    uint64_t price_visits_last_quarter;
    size_t complaint_count;
    struct complaint complaints[TRUTH_COMPLAINT_CAP]; /* the planted ones */
    char complaint_codes[TRUTH_COMPLAINT_CAP][IDENTITY_CREDIT_SIZE];
    uint64_t active_entities;
    uint64_t phantom_entities; /* named by events and not in the register */
};

void truth_init(struct truth *truth);
void truth_add_firm(struct truth *truth, const struct firm *firm);
void truth_add_visit(struct truth *truth, const struct scene *scene, const struct visit *visit);
void truth_add_complaint(struct truth *truth, const struct firm *firm,
                         const struct complaint *complaint);

/* A new document, NULL without memory; the caller releases it with json_decref(). sheets has
 * count rows; a NULL one was not written. */
json_t *truth_json(const struct truth *truth, const struct scene *scene,
                   struct sheet *const *sheets, size_t count);

#endif
