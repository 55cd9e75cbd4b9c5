/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Was a complaint accepted or refused in time? The limit counts working days after the day of
 * receipt; its last day still counts as in time. As of a day, only steps dated up to that day have
 * happened, and a complaint received later is not due. Mediation or a case that ended without a
 * recorded acceptance shows that the complaint was taken up, so the earliest of the three dates
 * decides.
 */
#ifndef HENG_MODELS_ALERT_DEADLINE_H
#define HENG_MODELS_ALERT_DEADLINE_H

#include "models/core/calendar.h"

/* Days of one complaint; DAY_NONE where there is none. received_on is required. */
struct deadline_steps {
    day received_on;
    day accepted_on;
    day refused_on;
    day ended_on;
};

enum deadline_outcome {
    DEADLINE_NOT_DUE,       /* no step yet, the limit has not passed */
    DEADLINE_MET,           /* a step within the limit */
    DEADLINE_LATE_ACCEPTED, /* a step, accepted or not, after the limit */
    DEADLINE_OVERDUE        /* no step and the limit has passed */
};

struct deadline {
    enum deadline_outcome outcome;
    day due_on;        /* the last day in time */
    int32_t over_days; /* working days past due_on until the step or as_of; 0 if in time */
    bool provisional;  /* due_on or over_days reach outside the published calendar */
};

struct deadline deadline_judge(const struct deadline_steps *steps, day as_of,
                               int limit_working_days, const struct calendar *calendar);

/* "not_due", "met", "late_accepted", "overdue". */
const char *deadline_outcome_name(enum deadline_outcome outcome);

#endif
