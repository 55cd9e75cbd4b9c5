/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xlsx.h"

#include <stdlib.h>
#include <string.h>

#include "etl/source/xlsx_merge.h"
#include "etl/source/xlsx_sheet.h"

enum { POSITION_ROWS = 1024 };

/* A field takes at most two bytes for each of its own, and quotes and a comma. */
enum { RAW_ROOM = 4 * SOURCE_RECORD_CAP + 3 * SOURCE_COLUMNS_CAP };

struct xlsx {
    struct stream *stream;
    struct xlsx_form form;
    struct arena arena;
    struct xlsx_book book;
    struct xlsx_merges merges;
    struct xlsx_sheet *sheet;
    size_t width; /* of the header */
    char *raw;
};

static bool has_blank(const struct xlsx_row *row)
{
    for (size_t i = 0; i < row->width; i++) {
        if (row->fields[i].size == 0)
            return true;
    }
    return false;
}

/* Whether a row of the header has a blank cell between others, or ends before another one does or
 * before the sheet says that it ends. */
static bool header_has_gap(struct xlsx *xlsx, bool *gap, struct error *err)
{
    struct xlsx_sheet *sheet;
    struct xlsx_row row = {0};
    size_t narrow = SOURCE_COLUMNS_CAP;
    size_t wide = 0;
    bool end = false;
    bool ok = true;
    *gap = false;
    if (!xlsx_sheet_open(&xlsx->book, &sheet, err))
        return false;
    while (ok && !end && !*gap && row.number < xlsx->form.header_last) {
        ok = xlsx_sheet_next(sheet, xlsx->form.header_last, &row, &end, err);
        if (!ok || end)
            break;
        narrow = row.width < narrow ? row.width : narrow;
        wide = row.width > wide ? row.width : wide;
        *gap = has_blank(&row) || narrow < wide || wide < (size_t)xlsx_sheet_columns(sheet);
    }
    xlsx_sheet_close(sheet);
    return ok;
}

static bool read_merges(struct xlsx *xlsx, struct error *err)
{
    bool gap;
    const struct xlsx_parts *parts = &xlsx->book.parts;
    return header_has_gap(xlsx, &gap, err) &&
           (!gap ||
            xlsx_merge_read(xlsx->book.archive, xlsx->book.path, parts->sheet, parts->sheet_part,
                            xlsx->form.header_last, &xlsx->arena, &xlsx->merges, err));
}

static bool start(struct xlsx *xlsx, struct error *err)
{
    struct xlsx_book *book = &xlsx->book;
    book->archive = stream_archive(xlsx->stream);
    book->path = stream_path(xlsx->stream);
    xlsx->raw = malloc(RAW_ROOM);
    if (!xlsx->raw)
        return error_memory(err);
    return xlsx_part_find(book->archive, book->path, xlsx->form.sheet, xlsx->form.position,
                          &xlsx->arena, &book->parts, err) &&
           xlsx_strings_read(book->archive, book->path, book->parts.strings, &book->strings, err) &&
           xlsx_styles_read(book->archive, book->path, book->parts.styles, &xlsx->arena,
                            &book->styles, err) &&
           read_merges(xlsx, err) && xlsx_sheet_open(book, &xlsx->sheet, err);
}

bool xlsx_open(struct stream *stream, const struct xlsx_form *form, struct xlsx **out,
               struct error *err)
{
    struct xlsx *xlsx = calloc(1, sizeof *xlsx);
    if (!xlsx)
        return error_memory(err);
    xlsx->stream = stream;
    xlsx->form = *form;
    arena_init(&xlsx->arena, XLSX_ARENA_CAP);
    if (!start(xlsx, err)) {
        xlsx_close(xlsx);
        return false;
    }
    *out = xlsx;
    return true;
}

void xlsx_close(struct xlsx *xlsx)
{
    if (!xlsx)
        return;
    xlsx_sheet_close(xlsx->sheet);
    xlsx_strings_free(&xlsx->book.strings);
    arena_reset(&xlsx->arena);
    free(xlsx->raw);
    free(xlsx);
}

void xlsx_set_width(struct xlsx *xlsx, size_t width)
{
    xlsx->width = width;
}

static size_t put_field(struct text value, char *out)
{
    size_t size = 0;
    bool quoted = memchr(value.data, ',', value.size) || memchr(value.data, '"', value.size) ||
                  memchr(value.data, '\n', value.size) || memchr(value.data, '\r', value.size);
    if (!quoted) {
        memcpy(out, value.data, value.size);
        return value.size;
    }
    out[size++] = '"';
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"')
            out[size++] = '"';
        out[size++] = value.data[i];
    }
    out[size++] = '"';
    return size;
}

/* As much of the row as SOURCE_RECORD_CAP allows. */
static struct text write_raw(struct xlsx *xlsx, const struct xlsx_row *row)
{
    size_t size = 0;
    size_t taken = 0;
    for (size_t i = 0; i < row->width; i++) {
        taken += row->fields[i].size;
        if (taken > SOURCE_RECORD_CAP)
            break;
        if (i > 0)
            xlsx->raw[size++] = ',';
        size += put_field(row->fields[i], xlsx->raw + size);
    }
    return (struct text){xlsx->raw, size < SOURCE_RECORD_CAP ? size : SOURCE_RECORD_CAP};
}

bool xlsx_next(struct xlsx *xlsx, struct source_record *record, bool *end, struct error *err)
{
    struct xlsx_row row;
    do {
        if (!xlsx_sheet_next(xlsx->sheet, xlsx->form.header_last, &row, end, err))
            return false;
        if (*end)
            return stream_check(xlsx->stream, err);
        if (row.number <= xlsx->form.header_last &&
            !xlsx_merge_fill(&xlsx->merges, row.number, row.fields, &row.width, &xlsx->arena, err))
            return false;
    } while (row.width == 0 && !row.problem);
    if (row.number % POSITION_ROWS == 0) {
        int64_t read;
        int64_t all;
        xlsx_sheet_position(xlsx->sheet, &read, &all);
        stream_set_position(xlsx->stream, read, all);
    }
    bool plain = !row.problem && row.width <= xlsx->width;
    *record = (struct source_record){
        .fields = row.fields,
        .count = plain ? xlsx->width : row.width,
        .raw = plain ? TEXT_LITERAL("") : write_raw(xlsx, &row),
        .line = row.number,
        .problem = row.problem,
    };
    return true;
}
