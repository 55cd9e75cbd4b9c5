/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/header.h"

#include <string.h>

/* A header while it is read. above: the last text of each column, which is not repeated. */
struct header {
    struct arena *arena;
    struct converter *converter;
    const char *path;
    struct text *names;
    struct text *above;
    size_t count;
    struct text raw; /* its lines as they stand in the file */
    bool any;
};

static bool convert_cell(struct header *header, struct text raw, int64_t line, size_t column,
                         struct text *out, struct error *err)
{
    char *space = arena_alloc(header->arena, converter_room(header->converter, raw.size));
    if (!space)
        return arena_error(header->arena, err);
    if (!converter_apply(header->converter, raw, space, out))
        return error_set(err, ERROR_INPUT, header->path,
                         "line %lld: the name of column %zu is not text in the encoding that the "
                         "mapping names",
                         (long long)line, column + 1);
    if (out->data != space) {
        memcpy(space, out->data, out->size);
        out->data = space;
    }
    return true;
}

/* Adds the text of one more row to the name of a column. */
static bool add_part(struct header *header, size_t column, struct text cell, struct error *err)
{
    struct text *name = &header->names[column];
    struct text part = text_trim(cell);
    if (part.size == 0 || text_equal(part, header->above[column]))
        return true;
    header->above[column] = part;
    if (name->size == 0) {
        *name = part;
        return true;
    }
    char *joined = arena_alloc(header->arena, name->size + 1 + part.size);
    if (!joined)
        return arena_error(header->arena, err);
    memcpy(joined, name->data, name->size);
    joined[name->size] = '/';
    memcpy(joined + name->size + 1, part.data, part.size);
    *name = (struct text){joined, name->size + 1 + part.size};
    return true;
}

static bool keep_raw(struct header *header, struct text line, struct error *err)
{
    size_t before = header->raw.size > 0 ? header->raw.size + 1 : 0;
    char *joined = arena_alloc(header->arena, before + line.size + 1);
    if (!joined)
        return arena_error(header->arena, err);
    if (before > 0) {
        memcpy(joined, header->raw.data, before - 1);
        joined[before - 1] = '\n';
    }
    if (line.size > 0)
        memcpy(joined + before, line.data, line.size);
    header->raw = (struct text){joined, before + line.size};
    return true;
}

static bool add_row(struct header *header, const struct source_record *record, int last,
                    struct error *err)
{
    if (header->any && record->line > last)
        return error_set(err, ERROR_INPUT, header->path,
                         "line %lld: expected the rest of the header by line %d",
                         (long long)record->line, last);
    header->any = true;
    if (record->problem)
        return error_set(err, ERROR_INPUT, header->path, "line %lld: expected a header, found %s",
                         (long long)record->line, record->problem);
    for (size_t i = 0; i < record->count; i++) {
        struct text cell = TEXT_LITERAL("");
        if (!convert_cell(header, record->fields[i], record->line, i, &cell, err) ||
            !add_part(header, i, cell, err))
            return false;
    }
    if (header->count < record->count)
        header->count = record->count;
    return keep_raw(header, record->raw, err);
}

static bool read_rows(struct header *header, struct source *source, const struct source_form *form,
                      struct error *err)
{
    struct source_record record;
    bool end = false;
    do {
        if (!source_next(source, &record, &end, err))
            return false;
        if (!end && record.line >= form->header_first &&
            !add_row(header, &record, form->header_last, err))
            return false;
    } while (!end && record.line < form->header_last);
    if (!header->any)
        return error_set(err, ERROR_INPUT, header->path, "expected a header line, found %s",
                         form->header_first > 1 ? "the end of the file before it"
                                                : "an empty file");
    return true;
}

bool header_read(struct source *source, const struct source_form *form, struct arena *arena,
                 struct text **names, size_t *count, struct text *raw, struct error *err)
{
    struct header header = {.arena = arena, .path = stream_path(source_stream(source))};
    header.names = arena_array(arena, SOURCE_COLUMNS_CAP, sizeof *header.names);
    header.above = arena_array(arena, SOURCE_COLUMNS_CAP, sizeof *header.above);
    if (!header.names || !header.above)
        return arena_error(arena, err);
    for (size_t i = 0; i < SOURCE_COLUMNS_CAP; i++)
        header.names[i] = header.above[i] = TEXT_LITERAL("");
    if (!converter_new(source_encoding(source), &header.converter, err))
        return false;
    bool ok = read_rows(&header, source, form, err);
    converter_free(header.converter);
    *names = header.names;
    *count = header.count;
    *raw = header.raw;
    return ok;
}
