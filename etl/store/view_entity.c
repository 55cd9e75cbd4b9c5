/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_entity.h"

#include <inttypes.h>
#include <stdio.h>

#include "etl/record/row.h"
#include "etl/store/view_reason.h"

enum { NUMBER_SIZE = 24, PART_PARAMETERS_CAP = 4 };

/* The lists of the file. Their statements take the entity, the rows, then what is named here. */
enum part_parameter { PART_NONE, PART_RUN, PART_REGION, PART_DEPARTMENT, PART_TABLE };

static const struct part {
    const char *member;
    const char *statement;
    enum part_parameter parameters[2];
} parts[] = {
    {"history", "view/entity_history.sql", {PART_RUN}},
    {"inspections", "view/entity_inspections.sql", {PART_DEPARTMENT}},
    {"complaints", "view/entity_complaints.sql", {PART_NONE}},
    {"records", "view/entity_records.sql", {PART_NONE}},
    {"relations", "view/entity_relations.sql", {PART_REGION, PART_TABLE}},
    {"alerts", "view/entity_alerts.sql", {PART_REGION}},
    {"draws", "view/entity_draws.sql", {PART_REGION, PART_DEPARTMENT}},
};

static const char *number_text(int64_t value, char buffer[NUMBER_SIZE])
{
    snprintf(buffer, NUMBER_SIZE, "%" PRId64, value);
    return buffer;
}

static const char *part_value(const struct view *view, enum part_parameter parameter,
                              char run[NUMBER_SIZE])
{
    switch (parameter) {
    case PART_RUN:
        return number_text(view->stamp.run_id, run);
    case PART_REGION:
        return view->region_code;
    case PART_DEPARTMENT:
        return view->department_id;
    case PART_TABLE:
        return view->stamp.score_table;
    case PART_NONE:
        break;
    }
    return NULL;
}

/* One row more than the cap tells that there are more. */
static bool add_part(struct view *view, const struct part *part, const char *identity,
                     json_t *answer, json_t *cut, struct error *err)
{
    char rows[NUMBER_SIZE];
    char run[NUMBER_SIZE];
    const char *parameters[PART_PARAMETERS_CAP] = {identity,
                                                   number_text(VIEW_ENTITY_ROWS_CAP + 1, rows)};
    int count = 2;
    for (int i = 0; i < 2 && part->parameters[i] != PART_NONE; i++)
        parameters[count++] = part_value(view, part->parameters[i], run);
    json_t *list;
    if (!view_rows(view, part->statement, parameters, count, &list, err) ||
        !view_set(answer, part->member, list, err))
        return false;
    if (json_array_size(list) <= VIEW_ENTITY_ROWS_CAP)
        return true;
    return (json_array_remove(list, VIEW_ENTITY_ROWS_CAP) == 0 || error_memory(err)) &&
           view_append(cut, json_string(part->member), err);
}

static bool add_parts(struct view *view, const char *identity, json_t *answer, struct error *err)
{
    json_t *cut = json_array();
    bool ok = view_set(answer, "cut", cut, err);
    for (size_t i = 0; ok && i < sizeof parts / sizeof parts[0]; i++)
        ok = add_part(view, &parts[i], identity, answer, cut, err);
    return ok;
}

static int64_t identity_of(const char *scheme, const char *code)
{
    return row_entity_id(text_of(scheme), text_of(code));
}

bool view_entity_fill(struct view *view, const void *context, json_t *answer, struct error *err)
{
    const struct view_entity_query *query = context;
    char asked[NUMBER_SIZE];
    char found[NUMBER_SIZE];
    json_t *entity;
    const char *parameters[] = {view->region_code,
                                number_text(identity_of(query->scheme, query->code), asked),
                                view->today};
    if (!view_row(view, "view/entity.sql", parameters, 3, "entity", &entity, err) ||
        !view_set(answer, "entity", entity, err))
        return false;
    const char *scheme = json_string_value(json_object_get(entity, "scheme"));
    const char *code = json_string_value(json_object_get(entity, "code"));
    return view_reason_add(view, scheme, code, number_text(identity_of(scheme, code), found),
                           answer, err) &&
           add_parts(view, found, answer, err);
}
