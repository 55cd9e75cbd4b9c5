/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/roster.h"

#include <stdlib.h>
#include <string.h>

#include "models/draw/bundle.h"

enum { INSPECTOR_FIELDS = 5, RECUSAL_FIELDS = 2, LINE_GUESS = 64, SPECIALITIES_CAP = 32 };

static int compare_inspectors(const void *a, const void *b)
{
    const struct roster_inspector *x = a;
    const struct roster_inspector *y = b;
    return text_compare(x->id, y->id);
}

static int compare_recusals(const void *a, const void *b)
{
    const struct roster_recusal *x = a;
    const struct roster_recusal *y = b;
    int order = text_compare(x->entity, y->entity);
    return order ? order : text_compare(x->inspector, y->inspector);
}

static int compare_names(const void *a, const void *b)
{
    const struct text *x = a;
    const struct text *y = b;
    return text_compare(*x, *y);
}

/* Cuts the first name off a comma-separated list; false at its end. */
static bool next_name(struct text *list, struct text *name)
{
    if (!list->data)
        return false;
    const char *comma = list->size > 0 ? memchr(list->data, ',', list->size) : NULL;
    *name = (struct text){list->data, comma ? (size_t)(comma - list->data) : list->size};
    if (comma)
        *list = (struct text){comma + 1, list->size - name->size - 1};
    else
        *list = (struct text){NULL, 0};
    return true;
}

/* The names of a list; false when one is not sound or there are too many. */
static bool split_names(struct text list, struct text *names, size_t *count)
{
    *count = 0;
    if (list.size == 0)
        return true;
    struct text name;
    while (next_name(&list, &name)) {
        if (!lines_is_id(name) || *count == SPECIALITIES_CAP)
            return false;
        names[(*count)++] = name;
    }
    return true;
}

static bool sort_specialities(struct roster_inspector *inspector, struct arena *arena,
                              struct error *err)
{
    struct text names[SPECIALITIES_CAP];
    size_t count;
    if (!split_names(inspector->specialities, names, &count))
        return error_set(err, ERROR_INPUT, "inspectors",
                         "inspector \"%.*s\": expected at most %d specialities separated by "
                         "commas, found \"%.*s\"",
                         (int)inspector->id.size, inspector->id.data, SPECIALITIES_CAP,
                         (int)inspector->specialities.size, inspector->specialities.data);
    qsort(names, count, sizeof names[0], compare_names);
    struct lines_writer writer;
    lines_start(&writer, arena, inspector->specialities.size);
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && text_equal(names[i - 1], names[i]))
            continue;
        if (i > 0)
            lines_put_name(&writer, ",");
        lines_put(&writer, names[i]);
    }
    return lines_finish(&writer, &inspector->specialities, err);
}

static bool check_inspector(const struct roster_inspector *inspector, struct error *err)
{
    if (lines_is_id(inspector->id) && lines_is_id(inspector->department) &&
        lines_is_id(inspector->region) && inspector->cap >= 0 &&
        inspector->cap <= ROSTER_VISITS_CAP)
        return true;
    return error_set(err, ERROR_INPUT, "inspectors",
                     "inspector \"%.*s\": expected names of 1 to %d bytes without control "
                     "characters and commas and a cap from 0 to %d, found department \"%.*s\", "
                     "region \"%.*s\", cap %lld",
                     (int)inspector->id.size, inspector->id.data, LINES_ID_CAP, ROSTER_VISITS_CAP,
                     (int)inspector->department.size, inspector->department.data,
                     (int)inspector->region.size, inspector->region.data,
                     (long long)inspector->cap);
}

static bool sort_inspectors(const struct roster_inspector *inspectors, size_t count,
                            struct arena *arena, struct roster *out, struct error *err)
{
    if (count > ROSTER_INSPECTORS_CAP)
        return error_set(err, ERROR_LIMIT, "inspectors", "at most %d inspectors, found %zu",
                         ROSTER_INSPECTORS_CAP, count);
    out->inspector_count = count;
    out->inspectors = arena_array(arena, count, sizeof *inspectors);
    if (!out->inspectors)
        return arena_error(arena, err);
    if (count > 0)
        memcpy(out->inspectors, inspectors, count * sizeof *inspectors);
    qsort(out->inspectors, count, sizeof *inspectors, compare_inspectors);
    for (size_t i = 0; i < count; i++) {
        struct roster_inspector *inspector = &out->inspectors[i];
        if (!check_inspector(inspector, err) || !sort_specialities(inspector, arena, err))
            return false;
        if (i > 0 && compare_inspectors(inspector - 1, inspector) == 0)
            return error_set(err, ERROR_INPUT, "inspectors",
                             "expected every inspector once, found \"%.*s\" twice",
                             (int)inspector->id.size, inspector->id.data);
    }
    return true;
}

static bool sort_recusals(const struct roster_recusal *recusals, size_t count, struct arena *arena,
                          struct roster *out, struct error *err)
{
    if (count > ROSTER_RECUSALS_CAP)
        return error_set(err, ERROR_LIMIT, "recusals", "at most %d recusals, found %zu",
                         ROSTER_RECUSALS_CAP, count);
    struct roster_recusal *sorted = arena_array(arena, count, sizeof *recusals);
    if (!sorted)
        return arena_error(arena, err);
    if (count > 0)
        memcpy(sorted, recusals, count * sizeof *recusals);
    qsort(sorted, count, sizeof *recusals, compare_recusals);
    out->recusals = sorted;
    out->recusal_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!lines_is_id(sorted[i].inspector) || !lines_is_id(sorted[i].entity))
            return error_set(err, ERROR_INPUT, "recusals",
                             "expected two identifiers, found \"%.*s\" and \"%.*s\"",
                             (int)sorted[i].inspector.size, sorted[i].inspector.data,
                             (int)sorted[i].entity.size, sorted[i].entity.data);
        if (i == 0 || compare_recusals(&sorted[i], &sorted[out->recusal_count - 1]) != 0)
            sorted[out->recusal_count++] = sorted[i];
    }
    return true;
}

bool roster_sort(const struct roster_inspector *inspectors, size_t inspector_count,
                 const struct roster_recusal *recusals, size_t recusal_count, struct arena *arena,
                 struct roster *out, struct error *err)
{
    return sort_inspectors(inspectors, inspector_count, arena, out, err) &&
           sort_recusals(recusals, recusal_count, arena, out, err);
}

bool roster_write_inspectors(const struct roster *roster, struct arena *arena, struct text *out,
                             struct error *err)
{
    struct lines_writer writer;
    lines_start(&writer, arena, roster->inspector_count * LINE_GUESS);
    for (size_t i = 0; i < roster->inspector_count; i++) {
        const struct roster_inspector *inspector = &roster->inspectors[i];
        lines_put(&writer, inspector->id);
        lines_tab(&writer);
        lines_put(&writer, inspector->department);
        lines_tab(&writer);
        lines_put(&writer, inspector->region);
        lines_tab(&writer);
        lines_put_number(&writer, inspector->cap);
        lines_tab(&writer);
        lines_put(&writer, inspector->specialities);
        lines_end(&writer);
    }
    return lines_finish(&writer, out, err);
}

bool roster_write_recusals(const struct roster *roster, struct arena *arena, struct text *out,
                           struct error *err)
{
    struct lines_writer writer;
    lines_start(&writer, arena, roster->recusal_count * LINE_GUESS);
    for (size_t i = 0; i < roster->recusal_count; i++) {
        lines_put(&writer, roster->recusals[i].inspector);
        lines_tab(&writer);
        lines_put(&writer, roster->recusals[i].entity);
        lines_end(&writer);
    }
    return lines_finish(&writer, out, err);
}

static bool check_specialities(const struct lines_reader *reader, struct text list,
                               struct error *err)
{
    struct text names[SPECIALITIES_CAP];
    size_t count;
    bool sound = split_names(list, names, &count);
    for (size_t i = 1; sound && i < count; i++)
        sound = text_compare(names[i - 1], names[i]) < 0;
    return sound ||
           lines_invalid(reader, err,
                         "specialities: expected at most %d names in ascending order, "
                         "separated by commas, found \"%.*s\"",
                         SPECIALITIES_CAP, (int)(list.size < 100 ? list.size : 100), list.data);
}

static bool read_inspector(struct lines_reader *reader, struct roster_inspector *inspector,
                           struct error *err)
{
    struct text fields[INSPECTOR_FIELDS];
    if (!lines_fields(reader, fields, INSPECTOR_FIELDS, err))
        return false;
    *inspector = (struct roster_inspector){
        .id = fields[0], .department = fields[1], .region = fields[2], .specialities = fields[4]};
    return lines_id(reader, inspector->id, "id", err) &&
           lines_id(reader, inspector->department, "department", err) &&
           lines_id(reader, inspector->region, "region", err) &&
           lines_number(reader, fields[3], "cap", 0, ROSTER_VISITS_CAP, &inspector->cap, err) &&
           check_specialities(reader, inspector->specialities, err);
}

static bool read_inspectors(struct text content, struct arena *arena, struct roster *out,
                            struct error *err)
{
    struct lines_reader reader = lines_reader_of(bundle_rules[BUNDLE_INSPECTORS].name, content);
    size_t room = lines_count(content);
    if (room > ROSTER_INSPECTORS_CAP)
        return error_set(err, ERROR_LIMIT, reader.file, "at most %d inspectors, found %zu",
                         ROSTER_INSPECTORS_CAP, room);
    out->inspectors = arena_array(arena, room, sizeof *out->inspectors);
    if (!out->inspectors)
        return arena_error(arena, err);
    for (out->inspector_count = 0; lines_more(&reader); out->inspector_count++) {
        struct roster_inspector inspector;
        if (!read_inspector(&reader, &inspector, err))
            return false;
        if (out->inspector_count > 0 &&
            compare_inspectors(&out->inspectors[out->inspector_count - 1], &inspector) >= 0)
            return lines_invalid(&reader, err, "expected ids in ascending order, found \"%.*s\"",
                                 (int)inspector.id.size, inspector.id.data);
        out->inspectors[out->inspector_count] = inspector;
    }
    return true;
}

static bool read_recusals(struct text content, struct arena *arena, struct roster *out,
                          struct error *err)
{
    struct lines_reader reader = lines_reader_of(bundle_rules[BUNDLE_RECUSALS].name, content);
    size_t room = lines_count(content);
    if (room > ROSTER_RECUSALS_CAP)
        return error_set(err, ERROR_LIMIT, reader.file, "at most %d recusals, found %zu",
                         ROSTER_RECUSALS_CAP, room);
    out->recusals = arena_array(arena, room, sizeof *out->recusals);
    if (!out->recusals)
        return arena_error(arena, err);
    for (out->recusal_count = 0; lines_more(&reader); out->recusal_count++) {
        struct text fields[RECUSAL_FIELDS];
        if (!lines_fields(&reader, fields, RECUSAL_FIELDS, err) ||
            !lines_id(&reader, fields[0], "inspector", err) ||
            !lines_id(&reader, fields[1], "entity", err))
            return false;
        struct roster_recusal recusal = {.inspector = fields[0], .entity = fields[1]};
        if (out->recusal_count > 0 &&
            compare_recusals(&out->recusals[out->recusal_count - 1], &recusal) >= 0)
            return lines_invalid(&reader, err,
                                 "expected rows sorted by entity, then inspector, no two the same");
        out->recusals[out->recusal_count] = recusal;
    }
    return true;
}

bool roster_read(struct text inspectors, struct text recusals, struct arena *arena,
                 struct roster *out, struct error *err)
{
    return read_inspectors(inspectors, arena, out, err) && read_recusals(recusals, arena, out, err);
}

bool roster_is_recused(const struct roster *roster, struct text inspector, struct text entity)
{
    struct roster_recusal wanted = {.inspector = inspector, .entity = entity};
    return bsearch(&wanted, roster->recusals, roster->recusal_count, sizeof wanted,
                   compare_recusals) != NULL;
}

bool roster_has_speciality(const struct roster_inspector *inspector, struct text speciality)
{
    struct text list = inspector->specialities;
    struct text name;
    while (list.size > 0 && next_name(&list, &name)) {
        if (text_equal(name, speciality))
            return true;
    }
    return false;
}
