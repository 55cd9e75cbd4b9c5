/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The scene of a demo register: its days and the truths planted in it, all derived from the
 * options. Pure.
 *
 * Planted firms stand at fixed places spread over the register:
 * - surge: catering firms of one district; complaints about that district and industry section
 *   number exactly SCENE_SURGE_COUNTS per ISO week, from nine weeks before the surge to one after;
 * - ring: firms with one legal representative and one address, and adverse records;
 * - overdue: one complaint each that nobody accepted or refused;
 * - late: one complaint each, accepted long after the limit;
 * - holiday: one complaint each that would be overdue if the Dragon Boat days were working days.
 */
#ifndef HENG_ETL_DEMO_SCENE_H
#define HENG_ETL_DEMO_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "etl/demo/area.h"
#include "etl/demo/trade.h"
#include "models/core/day.h"

enum scene_role {
    SCENE_ORDINARY,
    SCENE_SURGE,
    SCENE_RING,
    SCENE_OVERDUE,
    SCENE_LATE,
    SCENE_HOLIDAY
};

enum {
    SCENE_SURGE_FIRMS = 8,
    SCENE_RING_FIRMS = 6,
    SCENE_OVERDUE_FIRMS = 6,
    SCENE_LATE_FIRMS = 3,
    SCENE_HOLIDAY_FIRMS = 3,
    SCENE_SURGE_WEEKS = 11,     /* weeks with fixed counts */
    SCENE_SURGE_WEEK_INDEX = 9, /* which of them is the surge */
    SCENE_SILENT_DAYS = 91      /* the price file ends so long before until */
};

extern const unsigned scene_surge_counts[SCENE_SURGE_WEEKS];

struct scene {
    uint64_t entities;
    uint64_t seed;
    day until;
    day from;        /* first day of the history */
    day snapshot_on; /* day of the earlier register file; DAY_NONE when there is none */
    day silent_from; /* first day without price inspections */
    const struct area *surge_area;
    const struct trade *surge_trade;
    day surge_first_week; /* Monday of the first week with a fixed count */
    day surge_week;       /* Monday of the surge */
    const struct area *ring_area;
    const struct area *strict_area; /* where the over-strict inspector works */
    day holiday_received_on;        /* DAY_NONE when until is not near the Dragon Boat days */
};

void scene_init(struct scene *scene, uint64_t entities, uint64_t seed, day until);

/* The role of an entity, and which firm of that role it is (0, 1, …). */
enum scene_role scene_role_of(const struct scene *scene, uint64_t index, unsigned *slot);

/* The entity that plays a role. */
uint64_t scene_index_of(const struct scene *scene, enum scene_role role, unsigned slot);

/* True when complaints of that day about that area and trade are counted out by the surge. */
bool scene_counts_complaints(const struct scene *scene, const struct area *area,
                             const struct trade *trade, day on);

#endif
