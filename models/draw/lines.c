/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/lines.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SHOWN = 120 }; /* bytes of a line shown in an error */

void lines_start(struct lines_writer *writer, struct arena *arena, size_t room)
{
    *writer = (struct lines_writer){.arena = arena, .room = room};
    writer->data = arena_alloc(arena, room);
    writer->failed = !writer->data;
}

static bool make_room(struct lines_writer *writer, size_t size)
{
    if (writer->failed)
        return false;
    if (writer->room - writer->size >= size)
        return true;
    size_t room = 2 * writer->room + size;
    char *data = arena_alloc(writer->arena, room);
    if (!data) {
        writer->failed = true;
        return false;
    }
    memcpy(data, writer->data, writer->size);
    writer->data = data;
    writer->room = room;
    return true;
}

void lines_put(struct lines_writer *writer, struct text value)
{
    if (value.size == 0 || !make_room(writer, value.size))
        return;
    memcpy(writer->data + writer->size, value.data, value.size);
    writer->size += value.size;
}

void lines_put_name(struct lines_writer *writer, const char *value)
{
    lines_put(writer, text_of(value));
}

void lines_put_number(struct lines_writer *writer, int64_t value)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%lld", (long long)value);
    lines_put(writer, (struct text){digits, (size_t)size});
}

void lines_put_hex(struct lines_writer *writer, const unsigned char *bytes, size_t size)
{
    if (!make_room(writer, 2 * size + 1))
        return;
    text_hex(bytes, size, writer->data + writer->size);
    writer->size += 2 * size;
}

void lines_tab(struct lines_writer *writer)
{
    lines_put(writer, TEXT_LITERAL("\t"));
}

void lines_end(struct lines_writer *writer)
{
    lines_put(writer, TEXT_LITERAL("\n"));
}

bool lines_finish(struct lines_writer *writer, struct text *out, struct error *err)
{
    *out = (struct text){writer->data, writer->size};
    return !writer->failed || arena_error(writer->arena, err);
}

struct lines_reader lines_reader_of(const char *file, struct text content)
{
    return (struct lines_reader){.file = file, .rest = content};
}

bool lines_more(const struct lines_reader *reader)
{
    return reader->rest.size > 0;
}

size_t lines_count(struct text content)
{
    size_t count = 0;
    for (size_t i = 0; i < content.size; i++)
        count += content.data[i] == '\n';
    return count;
}

/* Cuts the text before the separator off the front of *rest; false when there is none. */
static bool cut(struct text *rest, char separator, struct text *out)
{
    const char *end = rest->size > 0 ? memchr(rest->data, separator, rest->size) : NULL;
    if (!end)
        return false;
    *out = (struct text){rest->data, (size_t)(end - rest->data)};
    rest->size -= out->size + 1;
    rest->data = end + 1;
    return true;
}

bool lines_next(struct lines_reader *reader, struct text *line, struct error *err)
{
    reader->number++;
    if (reader->rest.size == 0)
        return lines_invalid(reader, err, "expected another line, found the end of the file");
    if (!cut(&reader->rest, '\n', line))
        return lines_invalid(reader, err, "expected a line that ends with LF, found the end");
    return true;
}

bool lines_fields(struct lines_reader *reader, struct text *fields, size_t count, struct error *err)
{
    assert(count >= 1 && count <= LINES_FIELD_CAP);
    struct text line = {NULL, 0};
    if (!lines_next(reader, &line, err))
        return false;
    for (size_t i = 0; i + 1 < count; i++) {
        if (!cut(&line, '\t', &fields[i]))
            return lines_invalid(reader, err, "expected %zu fields, found %zu", count, i + 1);
    }
    if (line.size > 0 && memchr(line.data, '\t', line.size))
        return lines_invalid(reader, err, "expected %zu fields, found more", count);
    fields[count - 1] = line;
    return true;
}

bool lines_number(const struct lines_reader *reader, struct text field, const char *name,
                  int64_t min, int64_t max, int64_t *out, struct error *err)
{
    bool canonical = field.size > 0 && field.data[0] >= '0' && field.data[0] <= '9' &&
                     (field.size == 1 || field.data[0] != '0');
    if (!canonical || !text_to_i64(field, out) || *out < min || *out > max)
        return lines_invalid(reader, err,
                             "%s: expected an integer from %lld to %lld, found \"%.*s\"", name,
                             (long long)min, (long long)max,
                             (int)(field.size < SHOWN ? field.size : SHOWN), field.data);
    return true;
}

bool lines_id(const struct lines_reader *reader, struct text field, const char *name,
              struct error *err)
{
    return lines_is_id(field) ||
           lines_invalid(reader, err,
                         "%s: expected 1 to %d bytes of UTF-8 without control "
                         "characters and commas, found \"%.*s\"",
                         name, LINES_ID_CAP, (int)(field.size < SHOWN ? field.size : SHOWN),
                         field.data);
}

bool lines_invalid(const struct lines_reader *reader, struct error *err, const char *format, ...)
{
    char message[ERROR_MESSAGE_SIZE - 32];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    error_set(err, ERROR_INVALID, reader->file, "line %zu: %s", reader->number, message);
    return false;
}

static bool has_control(struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if (c < 0x20 || c == 0x7f)
            return true;
    }
    return false;
}

bool lines_is_text(struct text value)
{
    return value.size <= LINES_TEXT_CAP && !has_control(value) && text_valid_utf8(value);
}

bool lines_is_id(struct text value)
{
    return value.size >= 1 && value.size <= LINES_ID_CAP && !memchr(value.data, ',', value.size) &&
           lines_is_text(value);
}

static int shown(struct text rest)
{
    const char *end = rest.size > 0 ? memchr(rest.data, '\n', rest.size) : NULL;
    size_t size = end ? (size_t)(end - rest.data) : rest.size;
    return (int)(size < SHOWN ? size : SHOWN);
}

bool lines_same(const char *file, struct text expected, struct text found, struct error *err)
{
    size_t line = 1;
    size_t start = 0;
    size_t common = expected.size < found.size ? expected.size : found.size;
    size_t at = 0;
    for (; at < common && expected.data[at] == found.data[at]; at++) {
        if (expected.data[at] == '\n') {
            line++;
            start = at + 1;
        }
    }
    if (at == expected.size && at == found.size)
        return true;
    struct text wanted = {expected.data + start, expected.size - start};
    struct text got = {found.data + start, found.size - start};
    return error_set(err, ERROR_INVALID, file, "line %zu: expected \"%.*s\", found \"%.*s\"", line,
                     shown(wanted), wanted.data, shown(got), got.data);
}
