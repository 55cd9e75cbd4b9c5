/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "etl/record/mapping.h"

/* The file whose header is searched. */
struct header {
    const struct text *names;
    size_t count;
    const char *file;
    int line;
};

static bool missing_column(const struct header *header, const char *column, struct error *err)
{
    char list[400];
    size_t used = 0;
    for (size_t i = 0; i < header->count; i++) {
        struct text name = header->names[i];
        if (used + name.size + sizeof ", …" > sizeof list) {
            used += (size_t)snprintf(list + used, sizeof list - used, "…");
            break;
        }
        used += (size_t)snprintf(list + used, sizeof list - used, "%.*s%s", (int)name.size,
                                 name.data, i + 1 < header->count ? ", " : "");
    }
    return error_set(
        err, ERROR_INPUT, header->file,
        "line %d: column \"%s\" is named by the mapping but not in the file, which has: %.*s",
        header->line, column, (int)used, list);
}

static bool find_column(const struct header *header, const char *column, int *index,
                        struct error *err)
{
    *index = -1;
    for (size_t i = 0; i < header->count; i++) {
        if (!text_is(text_trim(header->names[i]), column))
            continue;
        if (*index >= 0)
            return error_set(err, ERROR_INPUT, header->file,
                             "line %d: column \"%s\" is there twice, as number %d and %zu",
                             header->line, column, *index + 1, i + 1);
        *index = (int)i;
    }
    return *index >= 0 || missing_column(header, column, err);
}

static bool bind_value(const struct header *header, struct mapped_value *value, struct error *err)
{
    return !value->used || !value->column || find_column(header, value->column, &value->index, err);
}

static bool bind_subjects(struct mapping *mapping, const struct header *header, struct error *err)
{
    for (size_t i = 0; i < mapping->subject_count; i++) {
        struct mapped_subject *subject = &mapping->subjects[i];
        for (size_t j = 0; j < subject->column_count; j++) {
            if (!bind_value(header, &subject->columns[j], err))
                return false;
        }
    }
    return true;
}

static bool bind_drop(struct mapping *mapping, const struct header *header, struct arena *arena,
                      struct error *err)
{
    mapping->dropped = arena_array(arena, header->count, sizeof *mapping->dropped);
    if (!mapping->dropped)
        return arena_error(arena, err);
    for (size_t i = 0; i < mapping->drop_count; i++) {
        int index;
        if (!find_column(header, mapping->drop[i], &index, err))
            return false;
        mapping->dropped[index] = true;
    }
    return true;
}

/* A column that is dropped must not be stored in another way. */
static bool refuse_dropped(const struct mapping *mapping, const struct header *header, int index,
                           const char *use, struct error *err)
{
    return index < 0 || !mapping->dropped[index] ||
           error_set(err, ERROR_INPUT, header->file,
                     "column \"%.*s\" is both dropped and used as %s",
                     (int)header->names[index].size, header->names[index].data, use);
}

static bool refuse_all_dropped(const struct mapping *mapping, const struct header *header,
                               struct error *err)
{
    for (size_t i = 0; i < mapping->kind->field_count; i++) {
        if (mapping->fields[i].used && !refuse_dropped(mapping, header, mapping->fields[i].index,
                                                       mapping->kind->fields[i].name, err))
            return false;
    }
    for (size_t i = 0; i < mapping->key_count; i++) {
        if (!refuse_dropped(mapping, header, mapping->key_indices[i], "key", err))
            return false;
    }
    for (size_t i = 0; i < mapping->subject_count; i++) {
        const struct mapped_subject *subject = &mapping->subjects[i];
        for (size_t j = 0; j < subject->column_count; j++) {
            if (!refuse_dropped(mapping, header, subject->columns[j].index, "subject", err))
                return false;
        }
    }
    return !mapping->known_at.used ||
           refuse_dropped(mapping, header, mapping->known_at.index, "known_at", err);
}

bool mapping_bind(struct mapping *mapping, const struct text *names, size_t count,
                  struct arena *arena, const char *file, struct error *err)
{
    struct header header = {names, count, file, mapping->form.header_last};
    for (size_t i = 0; i < mapping->key_count; i++) {
        if (!find_column(&header, mapping->key_columns[i], &mapping->key_indices[i], err))
            return false;
    }
    for (size_t i = 0; i < mapping->kind->field_count; i++) {
        if (!bind_value(&header, &mapping->fields[i], err))
            return false;
    }
    mapping->column_count = count;
    return bind_subjects(mapping, &header, err) && bind_value(&header, &mapping->known_at, err) &&
           bind_drop(mapping, &header, arena, err) && refuse_all_dropped(mapping, &header, err);
}
