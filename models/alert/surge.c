/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/surge.h"

#include <assert.h>
#include <string.h>

enum { WEEK_DAYS = 7, FINDINGS_STEP = 64 };

struct scan {
    const struct surge_input *input;
    struct arena *arena;
    struct error *err;
    size_t weeks;       /* first_week … judge_to */
    size_t judged_from; /* index of judge_from */
    int64_t *counts;    /* of the group being read */
    int64_t *totals;    /* of all groups */
    struct detector_point *points;
    size_t room; /* of result->findings */
    struct surge_result *result;
};

day surge_last_closed_week(day as_of, int hold_back_days)
{
    assert(hold_back_days >= 0);
    return day_week_start(as_of - hold_back_days + 1) - WEEK_DAYS;
}

static size_t week_index(const struct surge_input *input, day week)
{
    return (size_t)(week - input->first_week) / WEEK_DAYS;
}

static bool add_finding(struct scan *scan, uint32_t group, size_t week,
                        const struct detector_point *point, int64_t observed)
{
    struct surge_result *result = scan->result;
    if (result->count == SURGE_FINDINGS_CAP)
        return error_set(scan->err, ERROR_LIMIT, "surge",
                         "a scan has at most %d findings, found more", SURGE_FINDINGS_CAP);
    if (result->count == scan->room) {
        size_t room = scan->room ? 2 * scan->room : FINDINGS_STEP;
        struct surge_finding *findings = arena_array(scan->arena, room, sizeof *findings);
        if (!findings)
            return arena_error(scan->arena, scan->err);
        if (result->count)
            memcpy(findings, result->findings, result->count * sizeof *findings);
        result->findings = findings;
        scan->room = room;
    }
    result->findings[result->count++] = (struct surge_finding){
        .group = group,
        .week = scan->input->first_week + WEEK_DAYS * (day)week,
        .observed = observed,
        .bound = point->bound,
        .mean = point->mean,
        .sigma = point->sigma,
    };
    return true;
}

static bool judge_series(struct scan *scan, uint32_t group, const int64_t *counts)
{
    const struct surge_input *input = scan->input;
    size_t judged = scan->weeks - scan->judged_from;
    input->detector->run(counts, scan->weeks, scan->judged_from, &input->setting, scan->points);
    scan->result->series++;
    scan->result->points += judged;
    for (size_t i = 0; i < judged; i++) {
        const struct detector_point *point = &scan->points[i];
        size_t week = scan->judged_from + i;
        if (!point->evaluated)
            scan->result->points_skipped++;
        if (point->alarm && !add_finding(scan, group, week, point, counts[week]))
            return false;
    }
    return true;
}

static bool check_row(const struct scan *scan, size_t index)
{
    const struct surge_row *row = &scan->input->rows[index];
    const struct surge_row *previous = index > 0 ? row - 1 : NULL;
    char text[DAY_TEXT_SIZE];
    if (row->group == SURGE_TOTAL || row->count < 0 || row->week != day_week_start(row->week))
        return error_set(scan->err, ERROR_INPUT, "surge",
                         "expected a group, a Monday and a count of at least 0, found %u, %s, %lld",
                         row->group, day_format(row->week, text), (long long)row->count);
    if (row->week < scan->input->first_week)
        return error_set(scan->err, ERROR_INPUT, "surge",
                         "a row is of the week of %s, before the series start",
                         day_format(row->week, text));
    if (previous && (row->group < previous->group ||
                     (row->group == previous->group && row->week <= previous->week)))
        return error_set(
            scan->err, ERROR_INPUT, "surge",
            "expected rows ascending by group and week, found group %u, week %s out of "
            "order",
            row->group, day_format(row->week, text));
    return true;
}

/* Reads the rows of one group from *at on and judges its series. */
static bool scan_group(struct scan *scan, size_t *at)
{
    const struct surge_input *input = scan->input;
    uint32_t group = input->rows[*at].group;
    memset(scan->counts, 0, scan->weeks * sizeof *scan->counts);
    for (; *at < input->count && input->rows[*at].group == group; ++*at) {
        const struct surge_row *row = &input->rows[*at];
        if (!check_row(scan, *at))
            return false;
        if (row->week > input->judge_to)
            continue;
        size_t week = week_index(input, row->week);
        scan->counts[week] = row->count;
        scan->totals[week] += row->count;
    }
    return !input->groups || judge_series(scan, group, scan->counts);
}

static bool check_weeks(const struct surge_input *input, struct error *err)
{
    const day weeks[] = {input->first_week, input->judge_from, input->judge_to};
    for (size_t i = 0; i < sizeof weeks / sizeof weeks[0]; i++) {
        if (weeks[i] == DAY_NONE || day_weekday(weeks[i]) != 1 ||
            (i > 0 && weeks[i] < weeks[i - 1]))
            return error_set(
                err, ERROR_INPUT, "surge",
                "expected three Mondays in order: first week, first and last to judge");
    }
    day count = (input->judge_to - input->first_week) / WEEK_DAYS + 1;
    if (count > SURGE_WEEKS_CAP)
        return error_set(err, ERROR_LIMIT, "surge", "a series has at most %d weeks, found %d",
                         SURGE_WEEKS_CAP, count);
    return true;
}

bool surge_scan(const struct surge_input *input, struct arena *arena, struct surge_result *out,
                struct error *err)
{
    *out = (struct surge_result){0};
    if (!check_weeks(input, err))
        return false;
    struct scan scan = {.input = input, .arena = arena, .err = err, .result = out};
    scan.weeks = week_index(input, input->judge_to) + 1;
    scan.judged_from = week_index(input, input->judge_from);
    scan.counts = arena_array(arena, scan.weeks, sizeof *scan.counts);
    scan.totals = arena_array(arena, scan.weeks, sizeof *scan.totals);
    scan.points = arena_array(arena, scan.weeks, sizeof *scan.points);
    if (!scan.counts || !scan.totals || !scan.points)
        return arena_error(arena, err);
    for (size_t at = 0; at < input->count;) {
        if (!scan_group(&scan, &at))
            return false;
    }
    return !input->total || judge_series(&scan, SURGE_TOTAL, scan.totals);
}
