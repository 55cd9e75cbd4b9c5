/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "etl/store/alert_find.h"
#include "etl/store/alert_lapse.h"
#include "models/alert/silence.h"

/* Columns of alert/expected.sql. */
enum column {
    COLUMN_SOURCE,
    COLUMN_RECORD_KIND,
    COLUMN_JURISDICTION,
    COLUMN_EXPECTED,
    COLUMN_WORKING_DAYS,
    COLUMN_SINCE,
    COLUMN_UNTIL,
    COLUMN_DELIVERED,
    COLUMNS
};

/* The feeds that state how often they deliver. */
struct reading {
    struct alert_scan *scan;
    const struct rule *rule;
    struct db_rows *rows;
    const char **silent; /* the sources found silent */
    size_t silent_count;
};

static struct silence judge(const struct reading *reading, int row)
{
    const struct db_rows *rows = reading->rows;
    return silence_judge(db_integer(rows, row, COLUMN_SINCE), db_integer(rows, row, COLUMN_UNTIL),
                         db_integer(rows, row, COLUMN_EXPECTED),
                         reading->rule->parameters.source_silent.factor_percent,
                         db_bool(rows, row, COLUMN_WORKING_DAYS) ? reading->scan->request->calendar
                                                                 : NULL);
}

static const char *delivered(const struct reading *reading, int row)
{
    return db_is_null(reading->rows, row, COLUMN_DELIVERED)
               ? NULL
               : db_text(reading->rows, row, COLUMN_DELIVERED);
}

static json_t *evidence_json(const struct reading *reading, int row, const struct silence *silence)
{
    const struct db_rows *rows = reading->rows;
    return json_pack("{s:s, s:s, s:o, s:I, s:b, s:i, s:I, s:I, s:b}", "source",
                     db_text(rows, row, COLUMN_SOURCE), "record_kind",
                     db_text(rows, row, COLUMN_RECORD_KIND), "last_delivered_at",
                     alert_find_json(delivered(reading, row)), "expected_minutes",
                     (json_int_t)db_integer(rows, row, COLUMN_EXPECTED), "working_days_only",
                     db_bool(rows, row, COLUMN_WORKING_DAYS), "factor_percent",
                     reading->rule->parameters.source_silent.factor_percent, "silent_minutes",
                     (json_int_t)silence->silent_minutes, "limit_minutes",
                     (json_int_t)silence->limit_minutes, "provisional", silence->provisional);
}

static bool find(struct reading *reading, int row, const struct silence *silence, struct error *err)
{
    const char *source = db_text(reading->rows, row, COLUMN_SOURCE);
    const struct fingerprint_label labels[] = {{TEXT_LITERAL("source"), text_of(source)}};
    const struct alert_finding finding = {
        .labels = labels, .label_count = 1, .mark = reading->scan->request->as_of};
    reading->silent[reading->silent_count++] = source;
    return alert_find(reading->scan, reading->rule, &finding, evidence_json(reading, row, silence),
                      err);
}

/* Every feed of the rule's jurisdiction. */
static bool judge_all(struct reading *reading, struct error *err)
{
    for (int i = 0; i < db_rows_count(reading->rows); i++) {
        if (!rule_covers(reading->rule, text_of(db_text(reading->rows, i, COLUMN_JURISDICTION))))
            continue;
        reading->scan->report->judged++;
        struct silence silence = judge(reading, i);
        if (silence.silent && !find(reading, i, &silence, err))
            return false;
    }
    return true;
}

static bool is_silent(const struct reading *reading, const char *source)
{
    for (size_t i = 0; i < reading->silent_count; i++) {
        if (strcmp(reading->silent[i], source) == 0)
            return true;
    }
    return false;
}

static json_t *lapse_json(const struct reading *reading, const char *source)
{
    for (int i = 0; i < db_rows_count(reading->rows); i++) {
        if (strcmp(db_text(reading->rows, i, COLUMN_SOURCE), source) == 0)
            return json_pack("{s:s, s:o}", "outcome", "delivered", "last_delivered_at",
                             alert_find_json(delivered(reading, i)));
    }
    return json_pack("{s:s, s:n}", "outcome", "not_expected", "last_delivered_at");
}

static bool record_lapses(const struct reading *reading, struct error *err)
{
    char mark[ALERT_NUMBER_SIZE];
    struct db_rows *open;
    const char *parameters[] = {reading->rule->id,
                                alert_write_number(reading->scan->request->as_of, mark)};
    if (!db_run(reading->scan->db, "alert/silent_open.sql", parameters, 2, 4, &open, NULL, err))
        return false;
    bool ok = true;
    for (int i = 0; ok && i < db_rows_count(open); i++) {
        const char *source = db_text(open, i, 3);
        const struct alert_lapsing lapsing = {.alert_id = db_integer(open, i, 0),
                                              .fingerprint = db_text(open, i, 1),
                                              .state = db_text(open, i, 2)};
        ok = is_silent(reading, source) ||
             alert_lapse(reading->scan, reading->rule, &lapsing, lapse_json(reading, source), err);
    }
    db_rows_free(open);
    return ok;
}

static bool scan_feeds(struct reading *reading, struct error *err)
{
    size_t count = (size_t)db_rows_count(reading->rows);
    reading->silent = arena_array(&reading->scan->work, count + 1, sizeof *reading->silent);
    if (!reading->silent)
        return arena_error(&reading->scan->work, err);
    if (!judge_all(reading, err))
        return false;
    if (reading->scan->report->judged == 0)
        reading->scan->report->obstacle = ALERT_NO_FEED;
    return record_lapses(reading, err);
}

bool alert_scan_silence(struct alert_scan *scan, const struct rule *rule, struct error *err)
{
    char offset[ALERT_NUMBER_SIZE];
    struct reading reading = {.scan = scan, .rule = rule};
    const char *parameters[] = {scan->moment, scan->request->now,
                                alert_write_number(scan->request->utc_offset_minutes, offset)};
    if (!rule_in_force(rule, scan->request->as_of)) {
        scan->report->obstacle = ALERT_NOT_IN_FORCE;
        return true;
    }
    if (!db_run(scan->db, "alert/expected.sql", parameters, 3, COLUMNS, &reading.rows, NULL, err))
        return false;
    bool ok = scan_feeds(&reading, err);
    db_rows_free(reading.rows);
    return ok;
}
