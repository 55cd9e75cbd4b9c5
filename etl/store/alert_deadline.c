/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/alert_find.h"
#include "etl/store/alert_lapse.h"
#include "models/alert/deadline.h"

/* Columns of alert/waiting.sql. */
enum column {
    COLUMN_ENTITY_ID,
    COLUMN_ENTITY_CODE,
    COLUMN_JURISDICTION,
    COLUMN_REGION,
    COLUMN_SECTION,
    COLUMN_SOURCE,
    COLUMN_RECORD_KEY,
    COLUMN_RECEIVED,
    COLUMN_ACCEPTED,
    COLUMN_REFUSED,
    COLUMN_ENDED,
    COLUMNS
};

struct waiting {
    int64_t entity_id;
    const char *entity_code;
    const char *region_code;
    const char *industry_section;
    const char *source;
    const char *record_key;
    struct deadline_steps steps;
    struct deadline deadline;
};

struct reading {
    struct alert_scan *scan;
    const struct rule *rule;
    struct waiting *overdue;
    size_t count;
    size_t room;
};

static bool keep_row(struct reading *reading, const struct db_field *fields,
                     const struct deadline_steps *steps, const struct deadline *deadline,
                     struct error *err)
{
    struct arena *arena = &reading->scan->work;
    void *rows = reading->overdue;
    if (!alert_find_room(arena, &rows, reading->count, &reading->room, sizeof(struct waiting), err))
        return false;
    reading->overdue = rows;
    struct waiting *row = &reading->overdue[reading->count++];
    *row = (struct waiting){.entity_id = db_field_integer(&fields[COLUMN_ENTITY_ID]),
                            .steps = *steps,
                            .deadline = *deadline};
    return alert_find_text(arena, &fields[COLUMN_ENTITY_CODE], &row->entity_code, err) &&
           alert_find_text(arena, &fields[COLUMN_REGION], &row->region_code, err) &&
           alert_find_text(arena, &fields[COLUMN_SECTION], &row->industry_section, err) &&
           alert_find_text(arena, &fields[COLUMN_SOURCE], &row->source, err) &&
           alert_find_text(arena, &fields[COLUMN_RECORD_KEY], &row->record_key, err);
}

static struct deadline judge(const struct alert_scan *scan, const struct rule *rule,
                             const struct deadline_steps *steps)
{
    return deadline_judge(steps, scan->request->as_of,
                          rule->parameters.complaint_not_accepted.limit_working_days,
                          scan->request->calendar);
}

static bool take_row(void *context, const struct db_field *fields, struct error *err)
{
    struct reading *reading = context;
    const struct deadline_steps steps = {.received_on = db_field_day(&fields[COLUMN_RECEIVED]),
                                         .accepted_on = db_field_day(&fields[COLUMN_ACCEPTED]),
                                         .refused_on = db_field_day(&fields[COLUMN_REFUSED]),
                                         .ended_on = db_field_day(&fields[COLUMN_ENDED])};
    if (!rule_covers(reading->rule, db_field_text(&fields[COLUMN_JURISDICTION])) ||
        !rule_in_force(reading->rule, steps.received_on))
        return true;
    reading->scan->report->judged++;
    struct deadline deadline = judge(reading->scan, reading->rule, &steps);
    return deadline.outcome != DEADLINE_OVERDUE ||
           keep_row(reading, fields, &steps, &deadline, err);
}

static json_t *evidence_json(const struct rule *rule, const struct waiting *row)
{
    return json_pack("{s:s, s:s, s:o, s:o, s:i, s:b, s:i}", "source", row->source, "record_key",
                     row->record_key, "received_on", alert_find_day(row->steps.received_on),
                     "due_on", alert_find_day(row->deadline.due_on), "over_working_days",
                     (int)row->deadline.over_days, "provisional", row->deadline.provisional,
                     "limit_working_days",
                     rule->parameters.complaint_not_accepted.limit_working_days);
}

static bool record_findings(const struct reading *reading, struct error *err)
{
    for (size_t i = 0; i < reading->count; i++) {
        const struct waiting *row = &reading->overdue[i];
        const struct fingerprint_label labels[] = {
            {TEXT_LITERAL("source"), text_of(row->source)},
            {TEXT_LITERAL("record_key"), text_of(row->record_key)}};
        const struct alert_finding finding = {.labels = labels,
                                              .label_count = 2,
                                              .entity_id = row->entity_id,
                                              .entity_code = row->entity_code,
                                              .region_code = row->region_code,
                                              .industry_section = row->industry_section,
                                              .mark = reading->scan->request->as_of};
        if (!alert_find(reading->scan, reading->rule, &finding, evidence_json(reading->rule, row),
                        err))
            return false;
    }
    return true;
}

/* What the complaint of a lapsed alert looks like now; NULL members when it is gone. */
static json_t *lapse_json(const struct alert_scan *scan, const struct rule *rule,
                          const struct deadline_steps *steps)
{
    const char *outcome = NULL;
    if (steps->received_on != DAY_NONE)
        outcome = deadline_outcome_name(judge(scan, rule, steps).outcome);
    return json_pack("{s:o, s:o, s:o, s:o, s:o}", "outcome", alert_find_json(outcome),
                     "received_on", alert_find_day(steps->received_on), "accepted_on",
                     alert_find_day(steps->accepted_on), "refused_on",
                     alert_find_day(steps->refused_on), "ended_on",
                     alert_find_day(steps->ended_on));
}

static bool lapse(struct alert_scan *scan, const struct rule *rule, const struct db_rows *rows,
                  int row, struct error *err)
{
    const struct deadline_steps steps = {.received_on = db_day(rows, row, 3),
                                         .accepted_on = db_day(rows, row, 4),
                                         .refused_on = db_day(rows, row, 5),
                                         .ended_on = db_day(rows, row, 6)};
    const struct alert_lapsing lapsing = {.alert_id = db_integer(rows, row, 0),
                                          .fingerprint = db_text(rows, row, 1),
                                          .state = db_text(rows, row, 2)};
    return alert_lapse(scan, rule, &lapsing, lapse_json(scan, rule, &steps), err);
}

static bool record_lapses(struct alert_scan *scan, const struct rule *rule, struct error *err)
{
    char mark[ALERT_NUMBER_SIZE];
    struct db_rows *rows;
    const char *parameters[] = {rule->id, alert_write_number(scan->request->as_of, mark),
                                scan->moment};
    if (!db_run(scan->db, "alert/lapsing.sql", parameters, 3, 7, &rows, NULL, err))
        return false;
    bool ok = true;
    for (int i = 0; ok && i < db_rows_count(rows); i++)
        ok = lapse(scan, rule, rows, i, err);
    db_rows_free(rows);
    return ok;
}

static bool has_record(const struct alert_scan *scan, const struct rule *rule)
{
    for (size_t i = 0; i < scan->jurisdiction_count; i++) {
        if (rule_covers(rule, text_of(scan->jurisdictions[i].name)))
            return true;
    }
    return false;
}

bool alert_scan_deadline(struct alert_scan *scan, const struct rule *rule, struct error *err)
{
    struct reading reading = {.scan = scan, .rule = rule};
    const char *parameters[] = {scan->moment, scan->as_of};
    const char *calendar = scan->request->calendar->jurisdiction;
    const struct rule calendar_reach = {.jurisdiction = calendar};
    if (!has_record(scan, rule)) {
        scan->report->obstacle = ALERT_NO_RECORD;
        return true;
    }
    if (!rule_covers(&calendar_reach, text_of(rule->jurisdiction)))
        return error_set(err, ERROR_INPUT, rule->id,
                         "working days are known for jurisdiction %s, the rule is for \"%s\"",
                         calendar, rule->jurisdiction);
    return db_stream(scan->db, "alert/waiting.sql", parameters, 2, COLUMNS, take_row, &reading,
                     err) &&
           record_findings(&reading, err) && record_lapses(scan, rule, err);
}
