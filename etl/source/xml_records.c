/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xml_records.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/source/xml.h"
#include "etl/source/xml_tape.h"

enum { PROBLEM_SIZE = 200, FIRST_ROOM = 64 };

struct path {
    struct text parts[XML_PATH_CAP];
    size_t count;
    struct text attribute; /* data NULL: the element's text */
    bool outer;            /* from the root on */
};

struct column {
    struct path path;
    size_t matched; /* leading parts that the open elements agree with */
    char *data;     /* the values so far */
    size_t size;
    size_t room;
    size_t start; /* of the value being read */
    size_t count;
    bool has_bar;
};

struct xml_records {
    const struct xml_form *form;
    struct xml_input input;
    struct xml_tape tape;
    struct xml *xml;
    struct path record_path;
    size_t record_matched;
    bool parent_seen; /* the element around the records */
    size_t depth;     /* open elements */
    bool inside;      /* a record */
    bool no_memory;
    int64_t begin; /* offset of the record */
    int64_t number;
    struct column *columns;
    struct text raw;
    char problem[PROBLEM_SIZE];
    struct text fields[SOURCE_COLUMNS_CAP];
};

static bool read_path(struct text name, struct path *path)
{
    *path = (struct path){.outer = name.size > 0 && name.data[0] == '/'};
    size_t at = path->outer;
    while (at <= name.size) {
        const char *slash = memchr(name.data + at, '/', name.size - at);
        size_t stop = slash ? (size_t)(slash - name.data) : name.size;
        struct text part = {name.data + at, stop - at};
        if (part.size == 0 || path->attribute.data)
            return false;
        if (part.data[0] == '@')
            path->attribute = (struct text){part.data + 1, part.size - 1};
        else if (path->count == XML_PATH_CAP)
            return false;
        else
            path->parts[path->count++] = part;
        at = stop + 1;
    }
    return true;
}

static bool read_paths(struct xml_records *records, struct error *err)
{
    const struct xml_form *form = records->form;
    const char *file = records->input.path;
    struct text path = text_of(form->record_path);
    if (!read_path(path, &records->record_path) || records->record_path.attribute.data)
        return error_set(err, ERROR_CONFIG, file,
                         "record_path: expected up to %d element names with '/' between, found "
                         "\"%.200s\"",
                         XML_PATH_CAP, form->record_path);
    for (size_t i = 0; i < form->column_count; i++) {
        struct text name = form->columns[i];
        if (!read_path(name, &records->columns[i].path))
            return error_set(err, ERROR_CONFIG, file,
                             "expected up to %d element names with '/' between and at most one "
                             "attribute behind them, found \"%.*s\"",
                             XML_PATH_CAP, (int)(name.size < 200 ? name.size : 200), name.data);
    }
    return true;
}

/* Grows a column's text; false for want of memory. */
static bool append(struct column *column, const char *data, size_t size)
{
    if (column->size + size > column->room) {
        size_t room = 2 * (column->size + size) + FIRST_ROOM;
        char *larger = realloc(column->data, room);
        if (!larger)
            return false;
        column->data = larger;
        column->room = room;
    }
    memcpy(column->data + column->size, data, size);
    column->size += size;
    return true;
}

static void add(struct xml_records *records, struct column *column, const char *data, size_t size)
{
    /* A record over its cap is refused as a whole, so its text need not be kept. */
    size_t cap = column->path.outer ? XML_OUTER_CAP : SOURCE_RECORD_CAP;
    if (column->size + size > cap && column->path.outer)
        xml_fail(records->xml, ERROR_LIMIT, "a value outside the records has at most %d bytes",
                 XML_OUTER_CAP);
    if (column->size + size <= cap && !append(column, data, size)) {
        records->no_memory = true;
        xml_fail(records->xml, ERROR_MEMORY, "no memory");
    }
}

static void begin_value(struct xml_records *records, struct column *column)
{
    if (column->count++ > 0)
        add(records, column, "|", 1);
    column->start = column->size;
}

static void end_value(struct column *column)
{
    struct text value = {column->data + column->start, column->size - column->start};
    if (value.size == 0)
        return;
    struct text trimmed = text_trim(value);
    memmove(column->data + column->start, trimmed.data, trimmed.size);
    column->size = column->start + trimmed.size;
    column->has_bar = column->has_bar || memchr(trimmed.data, '|', trimmed.size);
}

static void clear(struct column *column)
{
    column->size = column->count = column->start = 0;
    column->has_bar = false;
}

/* The depth from which a column's path counts; -1 while it does not apply. */
static int64_t depth_of(const struct xml_records *records, const struct column *column)
{
    if (column->path.outer)
        return (int64_t)records->depth;
    return records->inside ? (int64_t)(records->depth - records->record_path.count) : -1;
}

static void take_attribute(struct xml_records *records, struct column *column,
                           const char **attributes)
{
    for (; attributes[0]; attributes += 2) {
        if (!text_is(column->path.attribute, xml_local(attributes[0])))
            continue;
        begin_value(records, column);
        add(records, column, attributes[1], strlen(attributes[1]));
        end_value(column);
    }
}

static void enter(struct xml_records *records, struct column *column, struct text name,
                  const char **attributes)
{
    const struct path *path = &column->path;
    int64_t depth = depth_of(records, column);
    if (depth < 0 || column->matched + 1 < (size_t)depth || (size_t)depth > path->count)
        return;
    if (depth > 0) {
        if (column->matched + 1 != (size_t)depth || !text_equal(path->parts[depth - 1], name))
            return;
        column->matched = (size_t)depth;
    }
    /* A new element around an outer value: what was said in the one before does not hold in it. */
    if (path->outer && column->matched + !path->attribute.data == path->count)
        clear(column);
    if (column->matched < path->count)
        return;
    if (path->attribute.data)
        take_attribute(records, column, attributes);
    else if (depth > 0)
        begin_value(records, column);
}

static void leave(struct xml_records *records, struct column *column)
{
    int64_t depth = depth_of(records, column);
    if (depth <= 0 || column->matched != (size_t)depth)
        return;
    if (column->matched == column->path.count && !column->path.attribute.data)
        end_value(column);
    column->matched--;
}

static void begin_record(struct xml_records *records)
{
    records->inside = true;
    records->begin = xml_begin(records->xml);
    for (size_t i = 0; i < records->form->column_count; i++) {
        struct column *column = &records->columns[i];
        if (column->path.outer)
            continue;
        clear(column);
        column->matched = 0;
    }
}

static void on_start(struct xml *xml, void *reader, const char *name, const char **attributes)
{
    struct xml_records *records = reader;
    const struct path *path = &records->record_path;
    struct text local = text_of(name);
    size_t depth = ++records->depth;
    if (!records->inside)
        records->tape.keep = xml_begin(xml);
    if (records->record_matched + 1 == depth && depth <= path->count &&
        text_equal(path->parts[depth - 1], local)) {
        records->record_matched = depth;
        records->parent_seen = records->parent_seen || depth + 1 >= path->count;
        if (depth == path->count)
            begin_record(records);
    }
    for (size_t i = 0; i < records->form->column_count; i++)
        enter(records, &records->columns[i], local, attributes);
}

static void on_text(struct xml *xml, void *reader, const char *data, size_t size)
{
    struct xml_records *records = reader;
    (void)xml;
    for (size_t i = 0; i < records->form->column_count; i++) {
        struct column *column = &records->columns[i];
        if (column->path.attribute.data || column->path.count == 0 ||
            column->matched != column->path.count ||
            depth_of(records, column) != (int64_t)column->path.count)
            continue;
        add(records, column, data, size);
    }
}

static void end_record(struct xml_records *records)
{
    int64_t end = xml_end(records->xml);
    records->inside = false;
    records->number++;
    records->problem[0] = '\0';
    records->raw = xml_tape_cut(&records->tape, records->begin, end);
    if (end - records->begin > SOURCE_RECORD_CAP)
        snprintf(records->problem, PROBLEM_SIZE, "an element of more than 1 MiB (byte %lld)",
                 (long long)records->begin + 1);
    for (size_t i = 0; i < records->form->column_count; i++) {
        const struct column *column = &records->columns[i];
        struct text name = records->form->columns[i];
        records->fields[i] = (struct text){column->size ? column->data : "", column->size};
        if (column->count > 1 && column->has_bar && !records->problem[0])
            snprintf(
                records->problem, PROBLEM_SIZE, "a '|' in the repeated element %.*s (byte %lld)",
                (int)(name.size < 100 ? name.size : 100), name.data, (long long)records->begin + 1);
    }
}

static void on_end(struct xml *xml, void *reader, const char *name)
{
    struct xml_records *records = reader;
    (void)name;
    for (size_t i = 0; i < records->form->column_count; i++)
        leave(records, &records->columns[i]);
    if (records->inside && records->depth == records->record_path.count) {
        end_record(records);
        xml_pause(xml);
    }
    if (records->record_matched == records->depth)
        records->record_matched--;
    records->depth--;
    if (!records->inside)
        records->tape.keep = xml_begin(xml);
}

static bool start(struct xml_records *records, struct stream *stream, struct error *err)
{
    static const struct xml_events events = {on_start, on_end, on_text};
    records->columns = calloc(records->form->column_count + 1, sizeof *records->columns);
    if (!records->columns)
        return error_memory(err);
    records->input = (struct xml_input){.read = xml_tape_read,
                                        .context = &records->tape,
                                        .path = stream_path(stream),
                                        .utf8 = true};
    return read_paths(records, err) && xml_tape_init(&records->tape, stream, err) &&
           xml_open(&records->input, &events, records, &records->xml, err);
}

bool xml_records_open(struct stream *stream, const struct xml_form *form, struct xml_records **out,
                      struct error *err)
{
    struct xml_records *records = calloc(1, sizeof *records);
    if (!records)
        return error_memory(err);
    records->form = form;
    if (!start(records, stream, err)) {
        xml_records_close(records);
        return false;
    }
    *out = records;
    return true;
}

void xml_records_close(struct xml_records *records)
{
    if (!records)
        return;
    xml_close(records->xml);
    xml_tape_free(&records->tape);
    for (size_t i = 0; records->columns && i < records->form->column_count; i++)
        free(records->columns[i].data);
    free(records->columns);
    free(records);
}

bool xml_records_next(struct xml_records *records, struct source_record *record, bool *end,
                      struct error *err)
{
    if (!xml_run(records->xml, end, err))
        return records->no_memory ? error_memory(err) : false;
    if (*end)
        return records->parent_seen ||
               error_set(err, ERROR_INPUT, records->input.path,
                         "the document has no element \"%.200s\"", records->form->record_path);
    bool good = !records->problem[0];
    *record = (struct source_record){
        .fields = records->fields,
        .count = good ? records->form->column_count : 0,
        .raw = records->raw,
        .line = records->number,
        .problem = good ? NULL : records->problem,
    };
    return true;
}
