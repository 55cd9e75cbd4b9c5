/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Complaints (投诉) and reports (举报) about a firm, as a pure function of the scene and the firm.
 * About 8 % of firms have any. An unplanted one is accepted or refused within five days of its
 * receipt, which is always within seven working days, or is at most five days old.
 */
#ifndef HENG_ETL_DEMO_COMPLAINTS_H
#define HENG_ETL_DEMO_COMPLAINTS_H

#include <stdbool.h>
#include <stddef.h>

#include "etl/demo/firm.h"
#include "etl/demo/scene.h"

enum { COMPLAINTS_CAP = 16, COMPLAINTS_NUMBER_SIZE = 32 };

struct complaint {
    char number[COMPLAINTS_NUMBER_SIZE];
    enum scene_role planted; /* SCENE_ORDINARY when it is not planted */
    day received_on;
    day accepted_on; /* these are DAY_NONE when the step has not happened */
    day refused_on;
    day mediation_ended_on;
    day ended_on;
    day answered_on;
    const char *complaint_kind; /* words of the source, here and below */
    const char *channel;
    const char *issue;
    const char *outcome;
    const char *region_code; /* as of the day of receipt */
    const struct trade *trade;
};

size_t complaints_of(const struct scene *scene, const struct firm *firm,
                     struct complaint out[COMPLAINTS_CAP]);

/* The complaint as it was sent before it ended. */
struct complaint complaints_pending(const struct complaint *complaint);

#endif
