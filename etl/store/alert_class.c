/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "etl/store/alert_find.h"
#include "etl/store/score_store.h"

/* Columns of alert/downgrades.sql. */
enum column {
    COLUMN_ENTITY_ID,
    COLUMN_ENTITY_CODE,
    COLUMN_JURISDICTION,
    COLUMN_REGION,
    COLUMN_SECTION,
    COLUMN_FROM,
    COLUMN_TO,
    COLUMN_SCORE,
    COLUMN_CAUSE,
    COLUMN_RUN_ID,
    COLUMNS
};

struct downgrade {
    int64_t entity_id;
    const char *entity_code;
    const char *region_code;
    const char *industry_section;
    char from;
    char to;
    int64_t score_milli;
    const char *cause;
    int64_t run_id;
};

/* The class changes of the day of one run. */
struct reading {
    struct alert_scan *scan;
    const struct rule *rule;
    const struct credit_model *model; /* of the run: says which class is better */
    const struct score_report *run;
    struct downgrade *downgrades;
    size_t count;
    size_t room;
};

/* By how many classes the entity fell. */
static bool steps_down(const struct reading *reading, const struct db_field *fields, int *steps,
                       struct error *err)
{
    struct text from = db_field_text(&fields[COLUMN_FROM]);
    struct text to = db_field_text(&fields[COLUMN_TO]);
    const char *classes = reading->model->classes;
    const char *before = from.size == 1 ? strchr(classes, from.data[0]) : NULL;
    const char *after = to.size == 1 ? strchr(classes, to.data[0]) : NULL;
    if (!before || !after)
        return error_set(err, ERROR_CHECK, "class_change",
                         "the model of run %lld has classes %s, found a change from %.*s to %.*s",
                         (long long)reading->run->run_id, classes, (int)from.size, from.data,
                         (int)to.size, to.data);
    *steps = (int)(after - before);
    return true;
}

static bool keep_row(struct reading *reading, const struct db_field *fields, struct error *err)
{
    struct arena *arena = &reading->scan->work;
    void *rows = reading->downgrades;
    if (!alert_find_room(arena, &rows, reading->count, &reading->room, sizeof(struct downgrade),
                         err))
        return false;
    reading->downgrades = rows;
    struct downgrade *row = &reading->downgrades[reading->count++];
    *row = (struct downgrade){.entity_id = db_field_integer(&fields[COLUMN_ENTITY_ID]),
                              .from = db_field_text(&fields[COLUMN_FROM]).data[0],
                              .to = db_field_text(&fields[COLUMN_TO]).data[0],
                              .score_milli = db_field_integer(&fields[COLUMN_SCORE]),
                              .run_id = db_field_integer(&fields[COLUMN_RUN_ID])};
    return alert_find_text(arena, &fields[COLUMN_ENTITY_CODE], &row->entity_code, err) &&
           alert_find_text(arena, &fields[COLUMN_REGION], &row->region_code, err) &&
           alert_find_text(arena, &fields[COLUMN_SECTION], &row->industry_section, err) &&
           alert_find_text(arena, &fields[COLUMN_CAUSE], &row->cause, err);
}

static bool take_row(void *context, const struct db_field *fields, struct error *err)
{
    struct reading *reading = context;
    int steps = 0;
    if (!rule_covers(reading->rule, db_field_text(&fields[COLUMN_JURISDICTION])))
        return true;
    reading->scan->report->judged++;
    if (!steps_down(reading, fields, &steps, err))
        return false;
    return steps < reading->rule->parameters.class_downgrade.min_steps ||
           keep_row(reading, fields, err);
}

static json_t *evidence_json(const struct reading *reading, const struct downgrade *row)
{
    const char from[] = {row->from, '\0'};
    const char to[] = {row->to, '\0'};
    return json_pack("{s:I, s:o, s:s, s:s, s:s, s:s, s:I, s:s, s:i}", "run",
                     (json_int_t)row->run_id, "changed_on", alert_find_day(reading->run->as_of),
                     "scheme", reading->run->scheme, "model_version", reading->run->version,
                     "from_class", from, "to_class", to, "score_milli",
                     (json_int_t)row->score_milli, "cause", row->cause, "min_steps",
                     reading->rule->parameters.class_downgrade.min_steps);
}

static bool record_findings(struct reading *reading, struct error *err)
{
    for (size_t i = 0; i < reading->count; i++) {
        const struct downgrade *row = &reading->downgrades[i];
        const struct fingerprint_label labels[] = {
            {TEXT_LITERAL("entity"), text_of(row->entity_code)},
            {TEXT_LITERAL("scheme"), text_of(reading->run->scheme)}};
        const struct alert_finding finding = {.labels = labels,
                                              .label_count = 2,
                                              .entity_id = row->entity_id,
                                              .entity_code = row->entity_code,
                                              .region_code = row->region_code,
                                              .industry_section = row->industry_section,
                                              .mark = row->run_id};
        if (!alert_find(reading->scan, reading->rule, &finding, evidence_json(reading, row), err))
            return false;
    }
    return true;
}

/* *found is false when no run is published as of the day of the scan. */
static bool find_run(struct alert_scan *scan, struct score_report *run, const char **document,
                     bool *found, struct error *err)
{
    int table;
    *found = score_store_published(scan->db, &scan->work, run, document, &table, err);
    if (!*found && err->kind != ERROR_NOT_FOUND)
        return false;
    err->kind = ERROR_NONE;
    *found = *found && run->as_of <= scan->request->as_of;
    return true;
}

bool alert_scan_class(struct alert_scan *scan, const struct rule *rule, struct error *err)
{
    struct score_report run;
    const char *document;
    bool found;
    struct credit_model *model;
    char run_id[ALERT_NUMBER_SIZE];
    if (!find_run(scan, &run, &document, &found, err))
        return false;
    if (!found || !rule_in_force(rule, run.as_of)) {
        scan->report->obstacle = found ? ALERT_NOT_IN_FORCE : ALERT_NO_RUN;
        return true;
    }
    if (!credit_model_read(document, strlen(document), run.scheme, &scan->work, &model, err))
        return false;
    struct reading reading = {.scan = scan, .rule = rule, .model = model, .run = &run};
    const char *parameters[] = {alert_write_number(run.run_id, run_id), scan->moment};
    return db_stream(scan->db, "alert/downgrades.sql", parameters, 2, COLUMNS, take_row, &reading,
                     err) &&
           record_findings(&reading, err);
}
