/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "etl/store/alert_find.h"
#include "models/alert/surge.h"

enum { WEEK_DAYS = 7 };

/* Columns of alert/counts.sql. */
enum column { COLUMN_REGION, COLUMN_SECTION, COLUMN_WEEK, COLUMN_COUNT, COLUMNS };

/* NULL: unknown, or not grouped by. */
struct group {
    const char *region_code;
    const char *industry_section;
    size_t first_row;
};

struct reading {
    struct arena *arena;
    struct group *groups;
    size_t group_count;
    size_t group_room;
    struct surge_row *rows;
    size_t row_count;
    size_t row_room;
};

/* One rule in one jurisdiction. */
struct series {
    struct alert_scan *scan;
    const struct rule *rule;
    const char *jurisdiction;
    struct reading reading;
    struct surge_input input;
};

static bool same_text(const struct db_field *field, const char *value)
{
    return value && field->data ? text_is(db_field_text(field), value) : !value && !field->data;
}

/* Rows come group by group. */
static bool enter_group(struct reading *reading, const struct db_field *fields, struct error *err)
{
    if (reading->group_count > 0) {
        const struct group *last = &reading->groups[reading->group_count - 1];
        if (same_text(&fields[COLUMN_REGION], last->region_code) &&
            same_text(&fields[COLUMN_SECTION], last->industry_section))
            return true;
    }
    void *groups = reading->groups;
    if (!alert_find_room(reading->arena, &groups, reading->group_count, &reading->group_room,
                         sizeof *reading->groups, err))
        return false;
    reading->groups = groups;
    struct group *group = &reading->groups[reading->group_count++];
    group->first_row = reading->row_count;
    return alert_find_text(reading->arena, &fields[COLUMN_REGION], &group->region_code, err) &&
           alert_find_text(reading->arena, &fields[COLUMN_SECTION], &group->industry_section, err);
}

static bool take_row(void *context, const struct db_field *fields, struct error *err)
{
    struct reading *reading = context;
    void *rows = reading->rows;
    if (!enter_group(reading, fields, err) ||
        !alert_find_room(reading->arena, &rows, reading->row_count, &reading->row_room,
                         sizeof *reading->rows, err))
        return false;
    reading->rows = rows;
    reading->rows[reading->row_count++] =
        (struct surge_row){.group = (uint32_t)(reading->group_count - 1),
                           .week = db_field_day(&fields[COLUMN_WEEK]),
                           .count = db_field_integer(&fields[COLUMN_COUNT])};
    return true;
}

static bool read_counts(struct series *series, struct error *err)
{
    char from[DAY_TEXT_SIZE];
    char to[DAY_TEXT_SIZE];
    unsigned group_by = series->rule->parameters.count_surge.group_by;
    const char *parameters[] = {series->jurisdiction,
                                series->scan->moment,
                                day_format(series->input.first_week, from),
                                day_format(series->input.judge_to + WEEK_DAYS - 1, to),
                                group_by & RULE_BY_REGION ? "t" : "f",
                                group_by & RULE_BY_INDUSTRY_SECTION ? "t" : "f"};
    if (!db_stream(series->scan->db, "alert/counts.sql", parameters, 6, COLUMNS, take_row,
                   &series->reading, err))
        return false;
    series->input.rows = series->reading.rows;
    series->input.count = series->reading.row_count;
    return true;
}

/* A rule that does not group has one group. */
static uint32_t group_index(const struct surge_finding *finding)
{
    return finding->group == SURGE_TOTAL ? 0 : finding->group;
}

static int64_t count_of(const struct reading *reading, uint32_t group, day week)
{
    for (size_t i = reading->groups[group].first_row;
         i < reading->row_count && reading->rows[i].group == group; i++) {
        if (reading->rows[i].week == week)
            return reading->rows[i].count;
    }
    return 0;
}

static json_int_t milli(double value)
{
    return (json_int_t)llround(value * 1000);
}

/* A week with the bound that it would have been judged by; null where history is too short. */
static json_t *week_json(day week, int64_t count, const struct detector_point *point)
{
    return json_pack("{s:o, s:I, s:o}", "week", alert_find_day(week), "count", (json_int_t)count,
                     "bound_milli",
                     point->evaluated ? json_integer(milli(point->bound)) : json_null());
}

/* The week judged and those that its bound may depend on; their own bounds depend on as many weeks
 * again. NULL without memory. */
static json_t *weeks_json(const struct series *series, const struct surge_finding *finding)
{
    const struct surge_input *input = &series->input;
    size_t history = input->detector->min_history;
    day first = finding->week - WEEK_DAYS * 2 * (day)history;
    if (first < input->first_week)
        first = input->first_week;
    size_t count = (size_t)(finding->week - first) / WEEK_DAYS + 1;
    int64_t *counts = arena_array(series->reading.arena, count, sizeof *counts);
    struct detector_point *points = arena_array(series->reading.arena, count, sizeof *points);
    json_t *weeks = counts && points ? json_array() : NULL;
    if (!weeks)
        return NULL;
    for (size_t i = 0; i < count; i++)
        counts[i] = count_of(&series->reading, group_index(finding), first + WEEK_DAYS * (day)i);
    input->detector->run(counts, count, 0, &input->setting, points);
    for (size_t i = count - 1 - history; i < count; i++)
        json_array_append_new(weeks, week_json(first + WEEK_DAYS * (day)i, counts[i], &points[i]));
    return weeks;
}

static json_t *evidence_json(const struct series *series, const struct surge_finding *finding)
{
    const struct rule_count_surge *parameters = &series->rule->parameters.count_surge;
    return json_pack("{s:s, s:o, s:I, s:I, s:I, s:I, s:o, s:s, s:I, s:I, s:I}", "jurisdiction",
                     series->jurisdiction, "week", alert_find_day(finding->week), "observed",
                     (json_int_t)finding->observed, "bound_milli", milli(finding->bound),
                     "mean_milli", milli(finding->mean), "sigma_milli", milli(finding->sigma),
                     "series", weeks_json(series, finding), "detector", parameters->detector->name,
                     "alpha_ppm", (json_int_t)parameters->alpha_ppm, "min_sigma_milli",
                     (json_int_t)parameters->min_sigma_milli, "min_count",
                     (json_int_t)parameters->min_count);
}

static struct text known(const char *value)
{
    return value ? text_of(value) : TEXT_LITERAL(ALERT_UNKNOWN);
}

static bool record_finding(struct series *series, const struct surge_finding *surge,
                           struct error *err)
{
    const struct group *group = &series->reading.groups[group_index(surge)];
    unsigned group_by = series->rule->parameters.count_surge.group_by;
    struct fingerprint_label labels[3] = {
        {TEXT_LITERAL("jurisdiction"), text_of(series->jurisdiction)}};
    size_t count = 1;
    if (group_by & RULE_BY_REGION)
        labels[count++] =
            (struct fingerprint_label){TEXT_LITERAL("region_code"), known(group->region_code)};
    if (group_by & RULE_BY_INDUSTRY_SECTION)
        labels[count++] = (struct fingerprint_label){TEXT_LITERAL("industry_section"),
                                                     known(group->industry_section)};
    const struct alert_finding finding = {.labels = labels,
                                          .label_count = count,
                                          .region_code = group->region_code,
                                          .industry_section = group->industry_section,
                                          .mark = surge->week + WEEK_DAYS - 1};
    return alert_find(series->scan, series->rule, &finding, evidence_json(series, surge), err);
}

/* An earlier week first, so that each later one is another hit. */
static bool record_findings(struct series *series, const struct surge_result *result,
                            struct error *err)
{
    for (day week = series->input.judge_from; week <= series->input.judge_to; week += WEEK_DAYS) {
        for (size_t i = 0; i < result->count; i++) {
            if (result->findings[i].week == week &&
                rule_in_force(series->rule, week + WEEK_DAYS - 1) &&
                !record_finding(series, &result->findings[i], err))
                return false;
        }
    }
    return true;
}

/* False when no week can be judged: the source had not begun. The first week in full counts. */
static bool choose_weeks(struct series *series, day first_on)
{
    const struct alert_request *request = series->scan->request;
    const struct rule_count_surge *parameters = &series->rule->parameters.count_surge;
    struct surge_input *input = &series->input;
    day first_full_week = day_week_start(first_on + WEEK_DAYS - 1);
    input->judge_to = surge_last_closed_week(request->as_of, parameters->hold_back_days);
    input->judge_from = input->judge_to - WEEK_DAYS * (day)(request->weeks - 1);
    if (first_full_week > input->judge_to)
        return false;
    if (input->judge_from < first_full_week)
        input->judge_from = first_full_week;
    /* Twice: the evidence shows the bounds of the weeks before, too. */
    input->first_week = input->judge_from - WEEK_DAYS * 2 * (day)parameters->detector->min_history;
    if (input->first_week < first_full_week)
        input->first_week = first_full_week;
    return true;
}

static bool scan_jurisdiction(struct alert_scan *scan, const struct rule *rule,
                              const struct alert_jurisdiction *jurisdiction, struct error *err)
{
    const struct rule_count_surge *parameters = &rule->parameters.count_surge;
    struct series series = {
        .scan = scan,
        .rule = rule,
        .jurisdiction = jurisdiction->name,
        .reading = {.arena = &scan->work},
        .input = {.detector = parameters->detector,
                  .setting = detector_setting_of(parameters->alpha_ppm, parameters->min_sigma_milli,
                                                 parameters->min_count),
                  .groups = parameters->group_by != 0,
                  .total = parameters->group_by == 0},
    };
    struct surge_result result;
    if (!choose_weeks(&series, jurisdiction->first_on))
        return true;
    if (!read_counts(&series, err) || !surge_scan(&series.input, &scan->work, &result, err))
        return false;
    scan->report->judged += (int64_t)result.points;
    scan->report->too_short += (int64_t)result.points_skipped;
    return record_findings(&series, &result, err);
}

static bool in_force_at_all(const struct alert_scan *scan, const struct rule *rule)
{
    day week =
        surge_last_closed_week(scan->request->as_of, rule->parameters.count_surge.hold_back_days);
    for (int i = 0; i < scan->request->weeks; i++, week -= WEEK_DAYS) {
        if (rule_in_force(rule, week + WEEK_DAYS - 1))
            return true;
    }
    return false;
}

bool alert_scan_surge(struct alert_scan *scan, const struct rule *rule, struct error *err)
{
    if (!in_force_at_all(scan, rule)) {
        scan->report->obstacle = ALERT_NOT_IN_FORCE;
        return true;
    }
    scan->report->obstacle = ALERT_NO_RECORD;
    for (size_t i = 0; i < scan->jurisdiction_count; i++) {
        const struct alert_jurisdiction *jurisdiction = &scan->jurisdictions[i];
        if (!rule_covers(rule, text_of(jurisdiction->name)))
            continue;
        scan->report->obstacle = ALERT_APPLIED;
        if (!scan_jurisdiction(scan, rule, jurisdiction, err))
            return false;
        arena_reset(&scan->work);
    }
    return true;
}
