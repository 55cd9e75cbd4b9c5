/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/visit.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define ENFORCEMENT_CODES_BEGAN_ON ((day)20351) /* 2025-09-20, Chongqing Order 375 */

enum {
    YEAR_DAYS = 365,
    YEARS = 3,
    /* With a quarter of firms troubled: 0.75 * 12.5 % + 0.25 * 40.9 % = 19.6 % = 19 of 97. */
    ADVERSE_PPM = 125000,
    ADVERSE_TROUBLED_PPM = 409000,
    ADVERSE_STRICT_PPM = 720000,
    PRICE_VISIT_PPM = 160000, /* of retailers and caterers, per year */
    NEUTRAL_PPM = 12000,
    PUBLISH_DAYS_MIN = 5,
    PUBLISH_DAYS_MAX = 25,
    RING_FAILURES = 2
};

struct result {
    const char *code;
    const char *codes;
    const char *severity;
    int violation_count;
    uint32_t weight;
};

/* Result codes are those of one provincial system: a set, except that 1 excludes
 * all others. */
static const struct result passed = {"1", "1", "", 0, 0};
static const struct result adverse[] = {
    {"B", "B", "一般", 1, 70},  {"B", "B|D", "一般", 2, 20}, {"C", "C", "严重", 1, 8},
    {"6", "6", "一般", 1, 30},  {"E", "E", "轻微", 1, 40},   {"E", "E|3", "轻微", 2, 20},
    {"8", "8|C", "严重", 2, 2},
};
static const struct result neutral[] = {{"F", "F", "", 0, 6}, {"7", "7", "", 0, 3}};

enum {
    ADVERSE_COUNT = sizeof adverse / sizeof adverse[0],
    NEUTRAL_COUNT = sizeof neutral / sizeof neutral[0]
};

static const struct result *pick_result(const struct result *results, size_t count,
                                        struct chance *chance)
{
    uint32_t weights[ADVERSE_COUNT];
    assert(count <= ADVERSE_COUNT);
    for (size_t i = 0; i < count; i++)
        weights[i] = results[i].weight;
    return &results[chance_pick(chance, weights, count)];
}

static void choose_inspectors(const struct scene *scene, const struct firm *firm,
                              const struct area_region *region, struct visit *visit,
                              struct chance *chance)
{
    unsigned count = staff_inspector_count(scene, region);
    unsigned first = chance_below(chance, count);
    unsigned second = (first + 1 + chance_below(chance, count - 1)) % count;
    staff_inspector_id(region->code, first, visit->inspector_ids[0]);
    staff_inspector_id(region->code, second, visit->inspector_ids[1]);
    visit->strict_area = firm->area == scene->strict_area;
    visit->strict = visit->strict_area && (first == 0 || second == 0);
}

static void choose_result(const struct firm *firm, struct visit *visit, struct chance *chance)
{
    uint32_t adverse_ppm = visit->strict    ? ADVERSE_STRICT_PPM
                           : firm->troubled ? ADVERSE_TROUBLED_PPM
                                            : ADVERSE_PPM;
    const struct result *result = &passed;
    if (chance_hit(chance, adverse_ppm))
        result = pick_result(adverse, ADVERSE_COUNT, chance);
    else if (chance_hit(chance, NEUTRAL_PPM))
        result = pick_result(neutral, NEUTRAL_COUNT, chance);
    visit->result = result->code;
    visit->result_codes = result->codes;
    visit->severity = result->severity;
    visit->violation_count = result->violation_count;
}

static day on_working_day(day on)
{
    int weekday = day_weekday(on);
    return weekday > 5 ? on - (weekday - 5) : on;
}

static void choose_papers(const struct scene *scene, const struct firm *firm, struct visit *visit,
                          struct chance *chance)
{
    int year = day_to_civil(visit->occurred_on).year;
    day published_on =
        visit->occurred_on + chance_between(chance, PUBLISH_DAYS_MIN, PUBLISH_DAYS_MAX);
    visit->published_on = published_on <= scene->until ? published_on : DAY_NONE;
    visit->enforcement_code[0] = '\0';
    snprintf(visit->plan_row_id, sizeof visit->plan_row_id, "JH%d-%s", year, visit->matter->id);
    snprintf(visit->notice_no, sizeof visit->notice_no, "示检通〔%d〕%06u号", year,
             (unsigned)firm->index);
    if (visit->occurred_on >= ENFORCEMENT_CODES_BEGAN_ON)
        snprintf(visit->enforcement_code, sizeof visit->enforcement_code, "ZFM%s",
                 visit->number + 2);
}

static void fill_visit(const struct scene *scene, const struct firm *firm,
                       const struct area_region *region, size_t sequence, struct visit *visit,
                       struct chance *chance)
{
    static const char *const kinds[] = {"双随机", "日常检查", "专项检查", "线索核查", "即时检查"};
    static const uint32_t kind_weights[] = {62, 22, 10, 4, 2};
    visit->occurred_on = on_working_day(visit->occurred_on);
    visit->check_kind = kinds[chance_pick(chance, kind_weights, 5)];
    visit->matter =
        visit->price ? staff_matter_of_tag("pricing") : staff_matter_pick(chance, firm->trade);
    snprintf(visit->number, sizeof visit->number, "%s%06u%02u", visit->price ? "PJ" : "JC",
             (unsigned)firm->index, (unsigned)sequence);
    staff_department_id(region->code, visit->department_id);
    choose_inspectors(scene, firm, region, visit, chance);
    choose_result(firm, visit, chance);
    choose_papers(scene, firm, visit, chance);
}

/* The days of one year of the history in which a visit was possible. */
static bool visiting_days(const struct scene *scene, const struct firm *firm, int year, day *first,
                          day *last)
{
    *first = scene->from + year * YEAR_DAYS + 2;
    *last = scene->from + (year + 1) * YEAR_DAYS - 1;
    if (!firm_alive_within(firm, first, last))
        return false;
    if (*first == firm->registered_on)
        *first += 2; /* a visit moved off a week-end must not precede the registration */
    return *first <= *last;
}

static size_t add_yearly_visits(const struct scene *scene, const struct firm *firm,
                                const struct area_region *region, struct visit out[VISIT_CAP])
{
    static const uint32_t weights[] = {30, 45, 20, 5}; /* 0 to 3 visits: one a year on average */
    struct chance chance = chance_start(scene->seed, CHANCE_VISIT, firm->index);
    size_t count = 0;
    for (int year = 0; year < YEARS; year++) {
        size_t visits = chance_pick(&chance, weights, 4);
        day first;
        day last;
        if (!visiting_days(scene, firm, year, &first, &last))
            continue;
        for (size_t i = 0; i < visits; i++, count++) {
            out[count].price = false;
            out[count].occurred_on = chance_between(&chance, first, last);
            fill_visit(scene, firm, region, count, &out[count], &chance);
        }
    }
    return count;
}

static size_t add_price_visits(const struct scene *scene, const struct firm *firm,
                               const struct area_region *region, struct visit out[VISIT_CAP],
                               size_t count)
{
    struct chance chance = chance_start(scene->seed, CHANCE_PRICE_VISIT, firm->index);
    if (firm->trade->section != 'F' && firm->trade->section != 'H')
        return count;
    for (int year = 0; year < YEARS; year++) {
        bool visited = chance_hit(&chance, PRICE_VISIT_PPM);
        day first;
        day last;
        if (!visiting_days(scene, firm, year, &first, &last))
            continue;
        day on = chance_between(&chance, first, last);
        if (!visited || on >= scene->silent_from)
            continue;
        out[count].price = true;
        out[count].occurred_on = on;
        fill_visit(scene, firm, region, count, &out[count], &chance);
        count++;
    }
    return count;
}

/* The ring's newest visits fail. */
static void fail_ring(struct visit *visits, size_t count)
{
    size_t from = count > RING_FAILURES ? count - RING_FAILURES : 0;
    for (size_t i = from; i < count; i++) {
        visits[i].result = "C";
        visits[i].result_codes = "C|D";
        visits[i].severity = "严重";
        visits[i].violation_count = 3;
    }
}

size_t visit_of(const struct scene *scene, const struct firm *firm, struct visit out[VISIT_CAP])
{
    static_assert(YEARS * 3 + YEARS <= VISIT_CAP, "room for every visit");
    struct area_region region = staff_region_of(scene, firm->area);
    size_t count = add_yearly_visits(scene, firm, &region, out);
    if (firm->role == SCENE_RING)
        fail_ring(out, count);
    return add_price_visits(scene, firm, &region, out, count);
}

bool visit_adverse(const struct visit *visit)
{
    return strchr("BCE68", visit->result[0]) != NULL;
}
