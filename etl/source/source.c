/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/source.h"

#include <stdlib.h>
#include <string.h>

#include "etl/source/csv.h"
#include "etl/source/header.h"
#include "etl/source/json_records.h"
#include "etl/source/xlsx.h"
#include "etl/source/xml_records.h"

union reader {
    struct csv *csv;
    struct xlsx *xlsx;
    struct json_records *json;
    struct xml_records *xml;
};

struct source {
    const struct source_form *form;
    struct stream *stream;
    union reader reader;
    struct json_form json;
    struct xml_form xml;
    enum encoding encoding;
    const struct text *columns;
    size_t column_count;
    struct text header;
};

static bool open_stream(struct source *source, const char *path, struct error *err)
{
    const struct source_form *form = source->form;
    return form->descriptor
               ? stream_open_descriptor(*form->descriptor, path, form->member, &source->stream, err)
               : stream_open(path, form->member, &source->stream, err);
}

/* CSV in GB18030 stays as it is: its marks can be found in it, and its fields are converted one by
 * one, which is faster. */
static bool open_csv(struct source *source, const char *path, struct error *err)
{
    const struct source_form *form = source->form;
    bool decode = form->encoding == ENCODING_UTF16;
    source->encoding = decode ? ENCODING_UTF8 : form->encoding;
    return open_stream(source, path, err) &&
           (!decode || stream_decode(source->stream, form->encoding, err)) &&
           csv_open(source->stream, form->delimiter, &source->reader.csv, err);
}

static bool next_csv(struct source *source, struct source_record *record, bool *end,
                     struct error *err)
{
    return csv_next(source->reader.csv, record, end, err);
}

static void close_csv(struct source *source)
{
    csv_close(source->reader.csv);
}

static bool open_xlsx(struct source *source, const char *path, struct error *err)
{
    const struct source_form *form = source->form;
    const struct xlsx_form sheet = {form->sheet, form->sheet_position, form->header_last};
    if (form->descriptor)
        return error_set(err, ERROR_INPUT, path,
                         "a workbook is read from a file only; send CSV or JSON");
    return stream_open_archive(path, &source->stream, err) &&
           xlsx_open(source->stream, &sheet, &source->reader.xlsx, err);
}

static bool next_xlsx(struct source *source, struct source_record *record, bool *end,
                      struct error *err)
{
    return xlsx_next(source->reader.xlsx, record, end, err);
}

static void close_xlsx(struct source *source)
{
    xlsx_close(source->reader.xlsx);
}

static bool open_decoded(struct source *source, const char *path, struct error *err)
{
    const struct source_form *form = source->form;
    return open_stream(source, path, err) && stream_decode(source->stream, form->encoding, err);
}

static bool open_json(struct source *source, const char *path, struct error *err)
{
    const struct source_form *form = source->form;
    source->json = (struct json_form){.lines = form->format == SOURCE_JSONL,
                                      .record_path = form->record_path,
                                      .columns = form->columns,
                                      .column_count = form->column_count};
    return open_decoded(source, path, err) &&
           json_records_open(source->stream, &source->json, &source->reader.json, err);
}

static bool next_json(struct source *source, struct source_record *record, bool *end,
                      struct error *err)
{
    return json_records_next(source->reader.json, record, end, err);
}

static void close_json(struct source *source)
{
    json_records_close(source->reader.json);
}

static bool open_xml(struct source *source, const char *path, struct error *err)
{
    const struct source_form *form = source->form;
    source->xml = (struct xml_form){form->record_path, form->columns, form->column_count};
    return open_decoded(source, path, err) &&
           xml_records_open(source->stream, &source->xml, &source->reader.xml, err);
}

static bool next_xml(struct source *source, struct source_record *record, bool *end,
                     struct error *err)
{
    return xml_records_next(source->reader.xml, record, end, err);
}

static void close_xml(struct source *source)
{
    xml_records_close(source->reader.xml);
}

static const struct format {
    struct source_traits traits;
    bool (*open)(struct source *source, const char *path, struct error *err);
    bool (*next)(struct source *source, struct source_record *record, bool *end, struct error *err);
    void (*close)(struct source *source);
} formats[] = {
    [SOURCE_CSV] = {{.name = "csv", .has_encoding = true, .has_header = true},
                    open_csv,
                    next_csv,
                    close_csv},
    [SOURCE_XLSX] = {{.name = "xlsx", .has_header = true, .has_sheet = true},
                     open_xlsx,
                     next_xlsx,
                     close_xlsx},
    [SOURCE_JSON] =
        {{.name = "json", .has_encoding = true, .has_record_path = true, .raw_is_record = true},
         open_json,
         next_json,
         close_json},
    [SOURCE_JSONL] = {{.name = "jsonl", .has_encoding = true, .raw_is_record = true},
                      open_json,
                      next_json,
                      close_json},
    [SOURCE_XML] = {{.name = "xml",
                     .has_encoding = true,
                     .has_record_path = true,
                     .needs_record_path = true,
                     .raw_is_record = true},
                    open_xml,
                    next_xml,
                    close_xml},
};

enum { FORMAT_COUNT = sizeof formats / sizeof formats[0] };

const struct source_traits *source_traits_of(enum source_format format)
{
    return &formats[format].traits;
}

bool source_format_of(struct text name, enum source_format *out)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (text_is(name, formats[i].traits.name)) {
            *out = (enum source_format)i;
            return true;
        }
    }
    return false;
}

bool source_next(struct source *source, struct source_record *record, bool *end, struct error *err)
{
    return formats[source->form->format].next(source, record, end, err);
}

/* The columns of the header, or those that are asked for. */
static bool find_columns(struct source *source, struct arena *arena, struct error *err)
{
    const struct source_form *form = source->form;
    struct text *names = NULL;
    source->columns = form->columns;
    source->column_count = form->column_count;
    if (!source_traits_of(form->format)->has_header)
        return form->column_count <= SOURCE_COLUMNS_CAP ||
               error_set(err, ERROR_LIMIT, stream_path(source->stream),
                         "at most %d columns, found %zu", SOURCE_COLUMNS_CAP, form->column_count);
    if (!header_read(source, form, arena, &names, &source->column_count, &source->header, err))
        return false;
    source->columns = names;
    if (form->format == SOURCE_XLSX)
        xlsx_set_width(source->reader.xlsx, source->column_count);
    return true;
}

bool source_open(const char *path, const struct source_form *form, struct arena *arena,
                 struct source **out, struct error *err)
{
    struct source *source = calloc(1, sizeof *source);
    if (!source)
        return error_memory(err);
    source->form = form;
    if (!formats[form->format].open(source, path, err) || !find_columns(source, arena, err)) {
        source_close(source);
        return false;
    }
    *out = source;
    return true;
}

void source_close(struct source *source)
{
    if (!source)
        return;
    formats[source->form->format].close(source);
    stream_close(source->stream);
    free(source);
}

const struct stream *source_stream(const struct source *source)
{
    return source->stream;
}

const struct text *source_columns(const struct source *source, size_t *count)
{
    *count = source->column_count;
    return source->columns;
}

struct text source_header(const struct source *source)
{
    return source->form->format == SOURCE_CSV ? source->header : TEXT_LITERAL("");
}

enum encoding source_encoding(const struct source *source)
{
    return source->encoding;
}
