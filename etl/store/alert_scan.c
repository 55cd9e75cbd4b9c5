/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/alert_find.h"

static const char *const obstacle_names[ALERT_OBSTACLE_COUNT] = {
    [ALERT_APPLIED] = "applied",     [ALERT_NOT_IN_FORCE] = "not_in_force",
    [ALERT_NO_RECORD] = "no_record", [ALERT_NO_RUN] = "no_run",
    [ALERT_NO_FEED] = "no_feed",
};

typedef bool scan_function(struct alert_scan *scan, const struct rule *rule, struct error *err);

static scan_function *const scans[RULE_KIND_COUNT] = {
    [RULE_COUNT_SURGE] = alert_scan_surge,
    [RULE_CLASS_DOWNGRADE] = alert_scan_class,
    [RULE_COMPLAINT_NOT_ACCEPTED] = alert_scan_deadline,
    [RULE_SOURCE_SILENT] = alert_scan_silence,
};

const char *alert_obstacle_name(enum alert_obstacle obstacle)
{
    assert((int)obstacle >= 0 && obstacle < ALERT_OBSTACLE_COUNT);
    return obstacle_names[obstacle];
}

static bool read_jurisdictions(struct alert_scan *scan, struct arena *arena, struct error *err)
{
    struct db_rows *rows;
    const char *parameters[] = {scan->moment};
    if (!db_run(scan->db, "alert/jurisdictions.sql", parameters, 1, 2, &rows, NULL, err))
        return false;
    scan->jurisdiction_count = (size_t)db_rows_count(rows);
    scan->jurisdictions = arena_array(arena, scan->jurisdiction_count, sizeof *scan->jurisdictions);
    bool ok = scan->jurisdictions != NULL;
    for (int i = 0; ok && i < db_rows_count(rows); i++) {
        const char *name = db_text(rows, i, 0);
        scan->jurisdictions[i].name = arena_copy(arena, name, strlen(name));
        scan->jurisdictions[i].first_on = db_day(rows, i, 1);
        ok = scan->jurisdictions[i].name != NULL;
    }
    db_rows_free(rows);
    return ok || arena_error(arena, err);
}

bool alert_scan_progress(struct alert_scan *scan, struct error *err)
{
    const struct alert_request *request = scan->request;
    return !request->progress || request->progress(request->progress_context, scan->rule_index,
                                                   request->rules->count, err);
}

static bool apply_rules(struct alert_scan *scan, struct alert_report *out, struct error *err)
{
    const struct rule_list *rules = scan->request->rules;
    for (size_t i = 0; i < rules->count; i++) {
        const struct rule *rule = &rules->rules[i];
        scan->rule_index = i;
        scan->report = &out->rules[i];
        scan->report->rule = rule;
        if (!alert_scan_progress(scan, err) || !scans[rule->kind](scan, rule, err))
            return false;
        arena_reset(&scan->work);
    }
    return true;
}

static bool check_request(const struct alert_request *request, struct error *err)
{
    if (request->weeks < 1 || request->weeks > ALERT_WEEKS_CAP)
        return error_set(err, ERROR_LIMIT, "weeks", "expected 1 to %d, found %d", ALERT_WEEKS_CAP,
                         request->weeks);
    return true;
}

bool alert_store_scan(struct db *db, const struct alert_request *request, struct arena *arena,
                      struct alert_report *out, struct error *err)
{
    struct alert_scan scan = {.db = db, .request = request};
    *out = (struct alert_report){.count = request->rules->count};
    out->rules = arena_array(arena, out->count, sizeof *out->rules);
    if (!out->rules)
        return arena_error(arena, err);
    if (!check_request(request, err))
        return false;
    day_end_moment(request->as_of, request->utc_offset_minutes, scan.moment);
    day_format(request->as_of, scan.as_of);
    arena_init(&scan.work, request->memory_cap);
    bool done = alert_write_open(&scan.writer, db, ALERT_WRITE_SCAN, request->now, err) &&
                read_jurisdictions(&scan, arena, err) && apply_rules(&scan, out, err);
    bool ok = alert_write_close(&scan.writer, done, err);
    arena_reset(&scan.work);
    return ok;
}
