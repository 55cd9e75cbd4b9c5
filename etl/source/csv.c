/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/csv.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 1024 * 1024 };

struct csv {
    struct stream *stream;
    char delimiter;
    size_t record_cap;
    size_t buffer_size;
    char *buffer;
    size_t begin; /* first byte not yet delivered */
    size_t end;   /* behind the last byte read */
    bool finished;
    int64_t line;
    bool skipping;  /* inside a line whose beginning was given up for its length */
    char *unquoted; /* room for the fields of one record that had quotes */
    struct text fields[SOURCE_COLUMNS_CAP];
};

/* How the scan of one record ended. */
enum scan { SCAN_DONE, SCAN_MORE, SCAN_BAD };

struct shape {
    size_t size; /* bytes of the record without its line end */
    size_t next; /* offset of the next record */
    int64_t lines;
    size_t count;
    bool whole; /* nothing follows the bytes in view */
    const char *problem;
};

bool csv_open(struct stream *stream, char delimiter, struct csv **out, struct error *err)
{
    return csv_open_sized(stream, delimiter, SOURCE_RECORD_CAP, BLOCK_SIZE, out, err);
}

bool csv_open_sized(struct stream *stream, char delimiter, size_t record_cap, size_t block_size,
                    struct csv **out, struct error *err)
{
    struct csv *csv = calloc(1, sizeof *csv);
    if (!csv)
        return error_memory(err);
    csv->stream = stream;
    csv->delimiter = delimiter;
    csv->record_cap = record_cap;
    csv->buffer_size = record_cap + block_size;
    csv->line = 1;
    csv->buffer = malloc(csv->buffer_size);
    csv->unquoted = malloc(record_cap);
    if (!csv->buffer || !csv->unquoted) {
        csv_close(csv);
        return error_memory(err);
    }
    *out = csv;
    return true;
}

void csv_close(struct csv *csv)
{
    if (!csv)
        return;
    free(csv->buffer);
    free(csv->unquoted);
    free(csv);
}

/* Moves the rest to the front and reads until the buffer is full or the stream ends. */
static bool fill(struct csv *csv, struct error *err)
{
    memmove(csv->buffer, csv->buffer + csv->begin, csv->end - csv->begin);
    csv->end -= csv->begin;
    csv->begin = 0;
    while (!csv->finished && csv->end < csv->buffer_size) {
        size_t got;
        if (!stream_read(csv->stream, csv->buffer + csv->end, csv->buffer_size - csv->end, &got,
                         err))
            return false;
        if (got == 0)
            csv->finished = true;
        csv->end += got;
    }
    return true;
}

static bool add_field(struct csv *csv, struct shape *shape, const char *data, size_t size)
{
    if (shape->count == SOURCE_COLUMNS_CAP) {
        shape->problem = "more columns than a record may have";
        return false;
    }
    csv->fields[shape->count++] = (struct text){data, size};
    return true;
}

/* A line without quotes: fields are slices of the buffer. */
static enum scan split_plain(struct csv *csv, const char *line, size_t size, struct shape *shape)
{
    const char *end = line + size;
    for (;;) {
        const char *stop = memchr(line, csv->delimiter, (size_t)(end - line));
        if (!add_field(csv, shape, line, (size_t)((stop ? stop : end) - line)))
            return SCAN_BAD;
        if (!stop)
            return SCAN_DONE;
        line = stop + 1;
    }
}

/* Copies a quoted field without its quotes. *at stands behind the opening quote, and behind the
 * closing one afterwards. */
static enum scan take_quoted(struct csv *csv, const char *data, size_t size, size_t *at,
                             size_t *written, struct shape *shape)
{
    size_t start = *written;
    for (;;) {
        const char *quote = *at < size ? memchr(data + *at, '"', size - *at) : NULL;
        size_t stop = quote ? (size_t)(quote - data) : size;
        for (size_t i = *at; i < stop; i++)
            shape->lines += data[i] == '\n';
        memcpy(csv->unquoted + *written, data + *at, stop - *at);
        *written += stop - *at;
        if (!quote || (stop + 1 == size && !shape->whole))
            return SCAN_MORE;
        *at = stop + 1;
        if (*at == size || data[*at] != '"')
            break;
        csv->unquoted[(*written)++] = '"';
        (*at)++;
    }
    return add_field(csv, shape, csv->unquoted + start, *written - start) ? SCAN_DONE : SCAN_BAD;
}

/* Takes what follows a field: a delimiter (*last stays false) or the end of the record. A carriage
 * return at the very end of a file counts as a line end too. */
static enum scan take_separator(const struct csv *csv, const char *data, size_t size, size_t *at,
                                bool *last, struct shape *shape)
{
    *last = *at == size || data[*at] != csv->delimiter;
    if (!*last) {
        (*at)++;
        return SCAN_DONE;
    }
    shape->size = *at;
    *at += *at < size && data[*at] == '\r';
    shape->next = *at;
    if (*at == size)
        return shape->whole ? SCAN_DONE : SCAN_MORE;
    if (data[*at] != '\n') {
        shape->problem = "text behind a closing quote";
        return SCAN_BAD;
    }
    shape->next++;
    return SCAN_DONE;
}

static size_t plain_field_end(const struct csv *csv, const char *data, size_t size, size_t at)
{
    while (at < size && data[at] != csv->delimiter && data[at] != '\n')
        at++;
    return at;
}

/* The size of a line without the carriage return before its end. */
static size_t line_size(const char *data, size_t size)
{
    return size > 0 && data[size - 1] == '\r' ? size - 1 : size;
}

/* A record with quotes somewhere: field by field. */
static enum scan split_quoted(struct csv *csv, const char *data, size_t size, struct shape *shape)
{
    size_t at = 0;
    size_t written = 0;
    bool last = false;
    while (!last) {
        enum scan scan = SCAN_DONE;
        if (at < size && data[at] == '"') {
            at++;
            scan = take_quoted(csv, data, size, &at, &written, shape);
        } else {
            size_t stop = plain_field_end(csv, data, size, at);
            bool line_end = stop == size || data[stop] == '\n';
            if (line_end && stop > at && data[stop - 1] == '\r')
                stop--;
            if (!add_field(csv, shape, data + at, stop - at))
                return SCAN_BAD;
            at = stop;
        }
        if (scan == SCAN_DONE)
            scan = take_separator(csv, data, size, &at, &last, shape);
        if (scan != SCAN_DONE)
            return scan;
    }
    return SCAN_DONE;
}

/* Only the first physical line is given up; stop is its line feed, NULL if that is not in view. */
static void give_up_line(struct csv *csv, const char *data, size_t window, const char *stop,
                         struct shape *shape)
{
    shape->next = stop ? (size_t)(stop - data) + 1 : window;
    shape->size = line_size(data, stop ? (size_t)(stop - data) : window);
    shape->lines = stop ? 1 : 0;
    shape->count = 0;
    csv->skipping = !stop && !shape->whole;
}

/* Finds the record that starts at data and fills csv->fields. More than the cap is in view, or all
 * that is left of the file. */
static void scan_record(struct csv *csv, const char *data, size_t size, struct shape *shape)
{
    size_t window = size < csv->record_cap ? size : csv->record_cap;
    const char *stop = memchr(data, '\n', window);
    size_t line = stop ? (size_t)(stop - data) : window;
    *shape = (struct shape){.lines = 1, .whole = window == size};
    enum scan scan = SCAN_MORE;
    if ((stop || shape->whole) && !memchr(data, '"', line)) {
        shape->next = stop ? line + 1 : line;
        shape->size = line_size(data, line);
        scan = split_plain(csv, data, shape->size, shape);
    } else if (stop || shape->whole) {
        scan = split_quoted(csv, data, window, shape);
    }
    if (scan == SCAN_DONE)
        return;
    if (scan == SCAN_MORE)
        shape->problem = shape->whole ? "a quote that does not close"
                         : stop       ? "a quote that does not close, or a record over 1 MiB"
                                      : "a line of more than 1 MiB";
    give_up_line(csv, data, window, stop, shape);
}

/* Drops what is in the buffer of a line that was given up, up to and including its end. */
static void skip_rest_of_line(struct csv *csv)
{
    const char *data = csv->buffer + csv->begin;
    const char *stop = memchr(data, '\n', csv->end - csv->begin);
    csv->begin = stop ? csv->begin + (size_t)(stop - data) + 1 : csv->end;
    csv->line += stop ? 1 : 0;
    csv->skipping = !stop && !csv->finished;
}

/* U+FEFF in UTF-8 or GB18030. */
static void skip_byte_order_mark(struct csv *csv)
{
    if (csv->end >= 3 && memcmp(csv->buffer, "\xEF\xBB\xBF", 3) == 0)
        csv->begin = 3;
    else if (csv->end >= 4 && memcmp(csv->buffer, "\x84\x31\x95\x33", 4) == 0)
        csv->begin = 4;
}

bool csv_next(struct csv *csv, struct source_record *record, bool *end, struct error *err)
{
    bool first = csv->end == 0 && !csv->finished;
    *end = false;
    for (;;) {
        if (csv->end - csv->begin <= csv->record_cap && !csv->finished) {
            if (!fill(csv, err))
                return false;
            if (first)
                skip_byte_order_mark(csv);
            first = false;
        }
        if (csv->skipping) {
            skip_rest_of_line(csv);
            continue;
        }
        if (csv->begin == csv->end) {
            *end = true;
            return true;
        }
        struct shape shape;
        const char *data = csv->buffer + csv->begin;
        scan_record(csv, data, csv->end - csv->begin, &shape);
        *record = (struct source_record){
            .fields = csv->fields,
            .count = shape.count,
            .raw = {data, shape.size},
            .line = csv->line,
            .problem = shape.problem,
        };
        csv->begin += shape.next;
        csv->line += shape.lines;
        bool blank = !shape.problem && shape.count == 1 && shape.size == 0;
        if (!blank)
            return true;
    }
}

bool csv_one(struct csv *csv, struct text bytes, struct source_record *record, struct error *err)
{
    struct shape shape;
    if (bytes.size > csv->record_cap)
        return error_set(err, ERROR_LIMIT, "record", "at most %zu bytes, found %zu",
                         csv->record_cap, bytes.size);
    if (bytes.size > 0)
        memcpy(csv->buffer, bytes.data, bytes.size);
    scan_record(csv, csv->buffer, bytes.size, &shape);
    if (!shape.problem && shape.next < bytes.size)
        shape.problem = "more than one record";
    *record = (struct source_record){.fields = csv->fields,
                                     .count = shape.problem ? 0 : shape.count,
                                     .raw = {csv->buffer, bytes.size},
                                     .line = 1,
                                     .problem = shape.problem};
    return true;
}
