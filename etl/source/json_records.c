/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/json_records.h"

#include <stdlib.h>
#include <string.h>

#include "etl/source/decimal.h"
#include "etl/source/json_lines.h"
#include "models/core/json.h"

enum { PROBLEM_SIZE = 200, NAME_SIZE = 256, PLAIN_DIGITS = 30 };

/* Numbers are put between quotes before parsing and lose their exponent: "9e29," becomes 33 bytes.
 */
enum { QUOTED_ROOM = 8 * SOURCE_RECORD_CAP };

struct json_records {
    struct stream *stream;
    const struct json_form *form;
    struct splitter *splitter;
    struct json_lines lines;
    json_t *object; /* of the record last handed over */
    char *quoted;
    char *joined; /* items of arrays, numbers with exponents */
    size_t joined_size;
    char problem[PROBLEM_SIZE];
    struct text fields[SOURCE_COLUMNS_CAP];
};

bool json_records_open(struct stream *stream, const struct json_form *form,
                       struct json_records **out, struct error *err)
{
    struct json_records *records = calloc(1, sizeof *records);
    if (!records)
        return error_memory(err);
    records->stream = stream;
    records->form = form;
    records->quoted = malloc(QUOTED_ROOM);
    records->joined = malloc(QUOTED_ROOM);
    bool ok = records->quoted && records->joined ? true : error_memory(err);
    ok = ok && (form->lines ? json_lines_init(&records->lines, stream, err)
                            : splitter_open(stream, form->record_path, &records->splitter, err));
    if (!ok) {
        json_records_close(records);
        return false;
    }
    *out = records;
    return true;
}

void json_records_close(struct json_records *records)
{
    if (!records)
        return;
    json_decref(records->object);
    splitter_close(records->splitter);
    json_lines_free(&records->lines);
    free(records->quoted);
    free(records->joined);
    free(records);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether token is a number as JSON spells it: -0.5e+3, but not +1, 01, 1. or .5. */
static bool is_number(struct text token)
{
    struct decimal ignored;
    size_t at = token.size > 0 && token.data[0] == '-' ? 1 : 0;
    bool leading_zero =
        at + 1 < token.size && token.data[at] == '0' && is_digit(token.data[at + 1]);
    return token.size > at && is_digit(token.data[at]) && !leading_zero &&
           decimal_read(token, &ignored);
}

static size_t string_size(struct text json, size_t at)
{
    size_t i = at + 1;
    while (i < json.size && json.data[i] != '"')
        i += json.data[i] == '\\' ? 2 : 1;
    return (i < json.size ? i + 1 : json.size) - at;
}

static size_t word_size(struct text json, size_t at)
{
    size_t i = at;
    while (i < json.size && (is_digit(json.data[i]) || strchr("+-.eE", json.data[i])))
        i++;
    return i - at;
}

/* A name is never a number, so one in front of a colon stays as it is and is refused. */
static bool is_name(struct text json, size_t at)
{
    while (at < json.size && strchr(" \t\r\n", json.data[at]))
        at++;
    return at < json.size && json.data[at] == ':';
}

static size_t write_number(struct text number, char *out)
{
    char room[DECIMAL_TEXT_SIZE];
    struct decimal decimal;
    if ((memchr(number.data, 'e', number.size) || memchr(number.data, 'E', number.size)) &&
        decimal_read(number, &decimal))
        number = decimal_write(&decimal, PLAIN_DIGITS, room);
    out[0] = '"';
    memcpy(out + 1, number.data, number.size);
    out[number.size + 1] = '"';
    return number.size + 2;
}

/* Copies json with its numbers as strings, so that the parser keeps their spelling. */
static struct text quote_numbers(struct text json, char *out)
{
    size_t written = 0;
    for (size_t at = 0; at < json.size;) {
        char c = json.data[at];
        size_t size = 1;
        bool number = false;
        if (c == '"') {
            size = string_size(json, at);
        } else if (c == '-' || is_digit(c)) {
            size = word_size(json, at);
            number = is_number((struct text){json.data + at, size}) && !is_name(json, at + size);
        }
        if (number) {
            written += write_number((struct text){json.data + at, size}, out + written);
        } else {
            memcpy(out + written, json.data + at, size);
            written += size;
        }
        at += size;
    }
    return (struct text){out, written};
}

static bool set_problem(struct json_records *records, int64_t offset, const char *what,
                        struct text of)
{
    snprintf(records->problem, sizeof records->problem, "%.100s%.*s (byte %lld)", what,
             (int)(of.size < 60 ? of.size : 60), of.data ? of.data : "", (long long)offset + 1);
    return false;
}

static bool parse(struct json_records *records, const struct element *element)
{
    struct error err;
    const char *path = stream_path(records->stream);
    struct text quoted = quote_numbers(element->raw, records->quoted);
    json_decref(records->object);
    records->object = NULL;
    if (element->problem)
        return set_problem(records, element->offset, element->problem, TEXT_LITERAL(""));
    if (!json_read(quoted.data, quoted.size, path, &records->object, &err)) {
        /* Columns are those of the file, where numbers have no quotes. */
        json_t *again = NULL;
        if (json_read(element->raw.data, element->raw.size, path, &again, &err))
            json_decref(again);
        return set_problem(records, element->offset, err.message, TEXT_LITERAL(""));
    }
    return json_is_object(records->object) ||
           set_problem(records, element->offset, "a value that is no object", TEXT_LITERAL(""));
}

static const json_t *find_member(const json_t *object, struct text name)
{
    char part[NAME_SIZE];
    const json_t *found = json_object_getn(object, name.data, name.size);
    if (found || !memchr(name.data, '.', name.size))
        return found;
    while (object && name.size > 0) {
        const char *dot = memchr(name.data, '.', name.size);
        size_t size = dot ? (size_t)(dot - name.data) : name.size;
        if (size >= sizeof part)
            return NULL;
        memcpy(part, name.data, size);
        part[size] = '\0';
        object = json_object_get(object, part);
        size_t passed = size + (dot ? 1 : 0);
        name = (struct text){name.data + passed, name.size - passed};
    }
    return object;
}

static struct text scalar_text(const json_t *value)
{
    if (json_is_string(value))
        return (struct text){json_string_value(value), json_string_length(value)};
    return json_is_true(value)    ? TEXT_LITERAL("true")
           : json_is_false(value) ? TEXT_LITERAL("false")
                                  : TEXT_LITERAL("");
}

static bool join_items(struct json_records *records, const json_t *array, struct text *out)
{
    char *start = records->joined + records->joined_size;
    size_t index;
    json_t *item;
    json_array_foreach(array, index, item)
    {
        struct text text = scalar_text(item);
        if (json_is_object(item) || json_is_array(item) || memchr(text.data, '|', text.size))
            return false;
        if (index > 0)
            records->joined[records->joined_size++] = '|';
        memcpy(records->joined + records->joined_size, text.data, text.size);
        records->joined_size += text.size;
    }
    *out = (struct text){start, (size_t)(records->joined + records->joined_size - start)};
    return true;
}

static bool take_column(struct json_records *records, const struct element *element, size_t column)
{
    struct text name = records->form->columns[column];
    const json_t *value = find_member(records->object, name);
    struct text *field = &records->fields[column];
    *field = scalar_text(value);
    if (json_is_object(value))
        return set_problem(records, element->offset, "an object as the value of member ", name);
    /* Every column may name the same array, so the room is asked for. */
    if (json_is_array(value) && records->joined_size + element->raw.size > QUOTED_ROOM)
        return set_problem(records, element->offset, "more array items than can be joined: ", name);
    return !json_is_array(value) || join_items(records, value, field) ||
           set_problem(records, element->offset, "a list that is not of plain values, member ",
                       name);
}

static bool take_columns(struct json_records *records, const struct element *element)
{
    records->joined_size = 0;
    for (size_t i = 0; i < records->form->column_count; i++) {
        if (!take_column(records, element, i))
            return false;
    }
    return true;
}

bool json_records_next(struct json_records *records, struct source_record *record, bool *end,
                       struct error *err)
{
    struct element element;
    bool ok = records->form->lines ? json_lines_next(&records->lines, &element, end, err)
                                   : splitter_next(records->splitter, &element, end, err);
    if (!ok || *end)
        return ok;
    bool good = parse(records, &element) && take_columns(records, &element);
    *record = (struct source_record){
        .fields = records->fields,
        .count = good ? records->form->column_count : 0,
        .raw = element.raw,
        .line = element.number,
        .problem = good ? NULL : records->problem,
    };
    return true;
}
