/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/strata.h"

#include <stdlib.h>
#include <string.h>

enum { FIELDS = 5, LINE_GUESS = 64 };

static int compare_rows(const void *a, const void *b)
{
    const struct quota_stratum *x = a;
    const struct quota_stratum *y = b;
    return text_compare(x->name, y->name);
}

struct quota_stratum *strata_find(const struct strata *strata, struct text name)
{
    struct quota_stratum wanted = {.name = name};
    return bsearch(&wanted, strata->rows, strata->count, sizeof wanted, compare_rows);
}

static bool count_entities(struct strata *strata, const struct frame *frame, struct error *err)
{
    for (size_t i = 0; i < strata->count; i++)
        strata->rows[i].size = 0;
    for (size_t i = 0; i < frame->count; i++) {
        const struct frame_entity *entity = &frame->entities[i];
        struct quota_stratum *row = strata_find(strata, entity->stratum);
        if (!row)
            return error_set(err, ERROR_INPUT, "frame",
                             "entity \"%.*s\": expected a stratum of the plan, found \"%.*s\"",
                             (int)entity->id.size, entity->id.data, (int)entity->stratum.size,
                             entity->stratum.data);
        row->size++;
    }
    return true;
}

static bool copy_rows(const struct quota_stratum *rows, size_t count, struct arena *arena,
                      struct strata *out, struct error *err)
{
    out->count = count;
    out->rows = arena_array(arena, count, sizeof *out->rows);
    if (!out->rows)
        return arena_error(arena, err);
    if (count > 0)
        memcpy(out->rows, rows, count * sizeof *rows);
    return true;
}

bool strata_count(const struct quota_stratum *rows, size_t count, const struct frame *frame,
                  struct arena *arena, struct strata *out, struct error *err)
{
    if (!copy_rows(rows, count, arena, out, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!lines_is_id(rows[i].name))
            return error_set(err, ERROR_INPUT, "strata",
                             "expected a name of 1 to %d bytes without control characters and "
                             "commas, found \"%.*s\"",
                             LINES_ID_CAP, (int)rows[i].name.size, rows[i].name.data);
    }
    qsort(out->rows, count, sizeof *out->rows, compare_rows);
    return count_entities(out, frame, err);
}

bool strata_write(const struct strata *strata, struct arena *arena, struct text *out,
                  struct error *err)
{
    struct lines_writer writer;
    lines_start(&writer, arena, strata->count * LINE_GUESS);
    for (size_t i = 0; i < strata->count; i++) {
        const struct quota_stratum *row = &strata->rows[i];
        const int64_t numbers[] = {row->rate_ppm, row->min, row->max, row->size};
        lines_put(&writer, row->name);
        for (size_t n = 0; n < sizeof numbers / sizeof numbers[0]; n++) {
            lines_tab(&writer);
            lines_put_number(&writer, numbers[n]);
        }
        lines_end(&writer);
    }
    return lines_finish(&writer, out, err);
}

static bool read_row(struct lines_reader *reader, struct quota_stratum *row, struct error *err)
{
    struct text fields[FIELDS];
    if (!lines_fields(reader, fields, FIELDS, err))
        return false;
    *row = (struct quota_stratum){.name = fields[0]};
    return lines_id(reader, row->name, "name", err) &&
           lines_number(reader, fields[1], "rate", 0, QUOTA_PPM, &row->rate_ppm, err) &&
           lines_number(reader, fields[2], "min", 0, QUOTA_FRAME_CAP, &row->min, err) &&
           lines_number(reader, fields[3], "max", 0, QUOTA_FRAME_CAP, &row->max, err) &&
           lines_number(reader, fields[4], "size", 0, QUOTA_FRAME_CAP, &row->size, err);
}

bool strata_read(struct text content, struct arena *arena, struct strata *out, struct error *err)
{
    struct lines_reader reader = lines_reader_of(bundle_rules[BUNDLE_STRATA].name, content);
    *out = (struct strata){.count = 0};
    out->rows = arena_array(arena, lines_count(content), sizeof *out->rows);
    if (!out->rows)
        return arena_error(arena, err);
    while (lines_more(&reader)) {
        struct quota_stratum row;
        if (!read_row(&reader, &row, err))
            return false;
        out->rows[out->count++] = row;
    }
    return true;
}

bool strata_check(const struct strata *strata, const struct frame *frame, struct arena *arena,
                  struct error *err)
{
    struct strata counted;
    if (!copy_rows(strata->rows, strata->count, arena, &counted, err))
        return false;
    if (!count_entities(&counted, frame, err)) {
        struct error inner = *err;
        return error_set(err, ERROR_INVALID, bundle_rules[BUNDLE_FRAME].name, "%s", inner.message);
    }
    for (size_t i = 0; i < strata->count; i++) {
        if (strata->rows[i].size != counted.rows[i].size)
            return error_set(err, ERROR_INVALID, bundle_rules[BUNDLE_STRATA].name,
                             "line %zu: expected %lld entities as in the frame, found %lld", i + 1,
                             (long long)counted.rows[i].size, (long long)strata->rows[i].size);
    }
    return true;
}
