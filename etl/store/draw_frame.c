/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/draw_frame.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_SIZE = 24, FIRST_ROOM = 1024 };

static const char *const frame_statements[] = {"draw/frame_one.sql", "draw/frame_two.sql"};

enum frame_column {
    FRAME_CODE,
    FRAME_CLASS,
    FRAME_REGION,
    FRAME_LICENCE,
    FRAME_REASON,
    FRAME_COLUMNS
};
enum inspector_column {
    INSPECTOR_ID,
    INSPECTOR_DEPARTMENT,
    INSPECTOR_REGION,
    INSPECTOR_SPECIALITIES,
    INSPECTOR_COLUMNS
};
enum recusal_column { RECUSAL_INSPECTOR, RECUSAL_ENTITY, RECUSAL_COLUMNS };

struct reading {
    const struct draw_context *context;
    const struct plan *plan;
    struct draw_frame *frame;
};

/* One more element of an array that grows. */
static void *extend(void **array, size_t *count, size_t *room, size_t size)
{
    if (*count == *room) {
        size_t larger = *room ? 2 * *room : FIRST_ROOM;
        void *grown = realloc(*array, larger * size);
        if (!grown)
            return NULL;
        *array = grown;
        *room = larger;
    }
    return (char *)*array + (*count)++ * size;
}

static bool keep(struct arena *arena, struct text value, struct text *out, struct error *err)
{
    char *copy = arena_copy(arena, value.data, value.size);
    if (!copy)
        return arena_error(arena, err);
    *out = (struct text){copy, value.size};
    return true;
}

static bool count_exclusion(struct draw_frame *frame, struct arena *arena, struct text reason,
                            struct error *err)
{
    for (size_t i = 0; i < frame->exclusion_count; i++) {
        if (text_equal(frame->exclusions[i].reason, reason)) {
            frame->exclusions[i].count++;
            return true;
        }
    }
    if (frame->exclusion_count == DRAW_REASONS_CAP)
        return error_set(err, ERROR_LIMIT, "exclusions", "at most %d reasons", DRAW_REASONS_CAP);
    struct commit_exclusion *exclusion = &frame->exclusions[frame->exclusion_count++];
    exclusion->count = 1;
    return keep(arena, reason, &exclusion->reason, err);
}

static bool has_stratum(const struct plan *plan, struct text name)
{
    for (size_t i = 0; i < plan->stratum_count; i++) {
        if (text_equal(plan->strata[i].name, name))
            return true;
    }
    return false;
}

static bool take_entity(void *context, const struct db_field *fields, struct error *err)
{
    struct reading *reading = context;
    struct draw_frame *frame = reading->frame;
    struct arena *arena = reading->context->arena;
    struct text reason = db_field_text(&fields[FRAME_REASON]);
    struct text stratum = db_field_text(&fields[FRAME_CLASS]);
    if (reason.size == 0 && !has_stratum(reading->plan, stratum))
        reason = TEXT_LITERAL("class_not_in_plan");
    if (reason.size > 0)
        return count_exclusion(frame, arena, reason, err);
    if (frame->entity_count == DRAW_FRAME_CAP)
        return error_set(err, ERROR_LIMIT, "frame", "at most %d entities", DRAW_FRAME_CAP);
    struct frame_entity *entity = extend((void **)&frame->entities, &frame->entity_count,
                                         &frame->entity_room, sizeof *entity);
    if (!entity)
        return error_memory(err);
    *entity = (struct frame_entity){.licence = TEXT_LITERAL("")};
    return keep(arena, db_field_text(&fields[FRAME_CODE]), &entity->id, err) &&
           keep(arena, stratum, &entity->stratum, err) &&
           keep(arena, db_field_text(&fields[FRAME_REGION]), &entity->region, err) &&
           (!reading->plan->speciality_of_entity ||
            keep(arena, db_field_text(&fields[FRAME_LICENCE]), &entity->licence, err));
}

static bool take_inspector(void *context, const struct db_field *fields, struct error *err)
{
    struct reading *reading = context;
    struct draw_frame *frame = reading->frame;
    struct arena *arena = reading->context->arena;
    struct roster_inspector *inspector =
        extend((void **)&frame->inspectors, &frame->inspector_count, &frame->inspector_room,
               sizeof *inspector);
    if (!inspector)
        return error_memory(err);
    *inspector = (struct roster_inspector){0};
    return keep(arena, db_field_text(&fields[INSPECTOR_ID]), &inspector->id, err) &&
           keep(arena, db_field_text(&fields[INSPECTOR_DEPARTMENT]), &inspector->department, err) &&
           keep(arena, db_field_text(&fields[INSPECTOR_REGION]), &inspector->region, err) &&
           keep(arena, db_field_text(&fields[INSPECTOR_SPECIALITIES]), &inspector->specialities,
                err);
}

static bool take_recusal(void *context, const struct db_field *fields, struct error *err)
{
    struct reading *reading = context;
    struct draw_frame *frame = reading->frame;
    struct arena *arena = reading->context->arena;
    struct roster_recusal *recusal = extend((void **)&frame->recusals, &frame->recusal_count,
                                            &frame->recusal_room, sizeof *recusal);
    if (!recusal)
        return error_memory(err);
    return keep(arena, db_field_text(&fields[RECUSAL_INSPECTOR]), &recusal->inspector, err) &&
           keep(arena, db_field_text(&fields[RECUSAL_ENTITY]), &recusal->entity, err);
}

/* {"a","b"} for a parameter; NULL for an empty list. No item holds a quote or a backslash:
 * plan_read() sees to it. */
static bool array_of(const struct plan_list *list, struct arena *arena, const char **out,
                     struct error *err)
{
    size_t size = 2;
    *out = NULL;
    if (list->count == 0)
        return true;
    for (size_t i = 0; i < list->count; i++)
        size += strlen(list->items[i]) + 3;
    char *text = arena_alloc(arena, size + 1);
    if (!text)
        return arena_error(arena, err);
    size_t used = 0;
    for (size_t i = 0; i < list->count; i++)
        used += (size_t)snprintf(text + used, size + 1 - used, "%c\"%s\"", i ? ',' : '{',
                                 list->items[i]);
    text[used] = '}';
    *out = text;
    return true;
}

static bool read_entities(struct reading *reading, day as_of, const char *moment, int score_table,
                          struct error *err)
{
    const struct plan *plan = reading->plan;
    char today[DAY_TEXT_SIZE];
    char first[DAY_TEXT_SIZE];
    char visits[NUMBER_SIZE];
    const char *regions;
    const char *sections;
    snprintf(first, sizeof first, "%.4s-01-01", day_format(as_of, today));
    snprintf(visits, sizeof visits, "%lld", (long long)plan->visits_per_year_cap);
    if (!array_of(&plan->region_codes, reading->context->arena, &regions, err) ||
        !array_of(&plan->industry_sections, reading->context->arena, &sections, err))
        return false;
    const char *parameters[] = {plan->jurisdiction, moment,  first,    today,
                                plan->licence_tag,  regions, sections, visits};
    return db_stream(reading->context->db, frame_statements[score_table - 1], parameters, 8,
                     FRAME_COLUMNS, take_entity, reading, err);
}

static bool read_people(struct reading *reading, day as_of, const char *moment, struct error *err)
{
    char today[DAY_TEXT_SIZE];
    const char *departments;
    const char *regions;
    if (reading->plan->per_visit == 0)
        return true;
    if (!array_of(&reading->plan->departments, reading->context->arena, &departments, err) ||
        !array_of(&reading->plan->region_codes, reading->context->arena, &regions, err))
        return false;
    const char *people[] = {moment, day_format(as_of, today), departments};
    const char *places[] = {moment, regions};
    return db_stream(reading->context->db, "draw/inspectors.sql", people, 3, INSPECTOR_COLUMNS,
                     take_inspector, reading, err) &&
           db_stream(reading->context->db, "draw/recusals.sql", places, 2, RECUSAL_COLUMNS,
                     take_recusal, reading, err);
}

static int compare_reasons(const void *a, const void *b)
{
    return text_compare(((const struct commit_exclusion *)a)->reason,
                        ((const struct commit_exclusion *)b)->reason);
}

bool draw_frame_read(const struct draw_context *context, const struct plan *plan, day as_of,
                     int score_table, struct draw_frame *out, struct error *err)
{
    char moment[MOMENT_TEXT_SIZE];
    struct reading reading = {context, plan, out};
    *out = (struct draw_frame){0};
    day_end_moment(as_of, context->utc_offset_minutes, moment);
    if (!read_entities(&reading, as_of, moment, score_table, err) ||
        !read_people(&reading, as_of, moment, err)) {
        draw_frame_free(out);
        return false;
    }
    qsort(out->exclusions, out->exclusion_count, sizeof out->exclusions[0], compare_reasons);
    return true;
}

void draw_frame_free(struct draw_frame *frame)
{
    free(frame->entities);
    free(frame->inspectors);
    free(frame->recusals);
    frame->entities = NULL;
    frame->inspectors = NULL;
    frame->recusals = NULL;
}
