/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/scene.h"

#include <assert.h>

#include "etl/demo/chance.h"
#include "etl/demo/demo.h"

#define SNAPSHOT_ON ((day)20361)       /* 2025-09-30 */
#define DRAGON_BOAT_FIRST ((day)20623) /* 2026-06-19, a Friday */
#define DRAGON_BOAT_LAST ((day)20625)  /* 2026-06-21 */

enum { ACCEPT_LIMIT_WORKING_DAYS = 7, HOLIDAY_SEARCH_DAYS = 20 };

const unsigned scene_surge_counts[SCENE_SURGE_WEEKS] = {2, 2, 2, 2, 2, 2, 3, 2, 3, 14, 9};

/* Districts that the change of 2025-11 left alone. */
static const char *const quiet_areas[] = {"500103", "500106", "500107", "500108", "500113"};
enum { QUIET_AREA_COUNT = sizeof quiet_areas / sizeof quiet_areas[0] };

static const struct {
    enum scene_role role;
    unsigned count;
} casts[] = {
    {SCENE_SURGE, SCENE_SURGE_FIRMS},     {SCENE_RING, SCENE_RING_FIRMS},
    {SCENE_OVERDUE, SCENE_OVERDUE_FIRMS}, {SCENE_LATE, SCENE_LATE_FIRMS},
    {SCENE_HOLIDAY, SCENE_HOLIDAY_FIRMS},
};
enum {
    CAST_COUNT = sizeof casts / sizeof casts[0],
    PLANTED_COUNT = SCENE_SURGE_FIRMS + SCENE_RING_FIRMS + SCENE_OVERDUE_FIRMS + SCENE_LATE_FIRMS +
                    SCENE_HOLIDAY_FIRMS
};
static_assert((int)PLANTED_COUNT <= (int)DEMO_ENTITIES_MIN, "every planted firm needs an entity");

/* The last day of the limit, the day of receipt not counted. Only the one holiday is known here;
 * no make-up day lies near it (State Council notice on the holidays of 2026). */
static day accept_due_on(day received_on, bool with_holiday)
{
    day due = received_on;
    for (int left = ACCEPT_LIMIT_WORKING_DAYS; left > 0;) {
        due++;
        bool off = with_holiday && due >= DRAGON_BOAT_FIRST && due <= DRAGON_BOAT_LAST;
        if (day_weekday(due) <= 5 && !off)
            left--;
    }
    return due;
}

static day find_holiday_received_on(day until)
{
    for (day on = until - HOLIDAY_SEARCH_DAYS; on <= until; on++) {
        if (day_weekday(on) <= 5 && accept_due_on(on, false) < until &&
            accept_due_on(on, true) >= until)
            return on;
    }
    return DAY_NONE;
}

void scene_init(struct scene *scene, uint64_t entities, uint64_t seed, day until)
{
    struct chance chance = chance_start(seed, CHANCE_SCENE, 0);
    uint32_t first = chance_below(&chance, QUIET_AREA_COUNT);
    day surge_week = day_week_start(until + 1) - 14;
    *scene = (struct scene){
        .entities = entities,
        .seed = seed,
        .until = until,
        .from = until - DEMO_HISTORY_DAYS + 1,
        .snapshot_on = until >= AREA_CHANGED_ON ? SNAPSHOT_ON : DAY_NONE,
        .silent_from = until - SCENE_SILENT_DAYS + 1,
        .surge_area = area_of_code(quiet_areas[first]),
        .surge_trade = trade_of_digits("6210"),
        .surge_first_week = surge_week - 7 * SCENE_SURGE_WEEK_INDEX,
        .surge_week = surge_week,
        .ring_area = area_of_code(quiet_areas[(first + 1) % QUIET_AREA_COUNT]),
        .strict_area = area_of_code(quiet_areas[(first + 2) % QUIET_AREA_COUNT]),
        .holiday_received_on = find_holiday_received_on(until),
    };
}

/* The register is cut into PLANTED_COUNT equal stretches with a planted firm in the middle. */
static uint64_t index_of_place(const struct scene *scene, uint64_t place)
{
    return scene->entities * (2 * place + 1) / (2 * PLANTED_COUNT);
}

enum scene_role scene_role_of(const struct scene *scene, uint64_t index, unsigned *slot)
{
    unsigned place = (unsigned)(index * PLANTED_COUNT / scene->entities);
    *slot = 0;
    if (index_of_place(scene, place) != index)
        return SCENE_ORDINARY;
    size_t cast = 0;
    while (place >= casts[cast].count)
        place -= casts[cast++].count;
    assert(cast < CAST_COUNT);
    *slot = place;
    return casts[cast].role;
}

uint64_t scene_index_of(const struct scene *scene, enum scene_role role, unsigned slot)
{
    uint64_t place = slot;
    size_t cast = 0;
    while (cast < CAST_COUNT && casts[cast].role != role)
        place += casts[cast++].count;
    assert(cast < CAST_COUNT && slot < casts[cast].count);
    return index_of_place(scene, place);
}

bool scene_counts_complaints(const struct scene *scene, const struct area *area,
                             const struct trade *trade, day on)
{
    return area == scene->surge_area && trade->section == scene->surge_trade->section &&
           on >= scene->surge_first_week;
}
