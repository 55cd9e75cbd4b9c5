/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/record.h"

#include <string.h>

#include "models/core/day.h"
#include "models/core/digest.h"

/* Members are copied, not aliased: a table knows only their offsets. */
static void put_value(const struct record_field *field, const char *member,
                      struct lines_writer *writer)
{
    struct text text;
    int64_t number;
    day value;
    int choice;
    char date[DAY_TEXT_SIZE];
    switch (field->kind) {
    case RECORD_LITERAL:
        lines_put_name(writer, field->literal);
        break;
    case RECORD_ID:
    case RECORD_TEXT:
        memcpy(&text, member, sizeof text);
        lines_put(writer, text);
        break;
    case RECORD_NUMBER:
        memcpy(&number, member, sizeof number);
        lines_put_number(writer, number);
        break;
    case RECORD_DAY:
        memcpy(&value, member, sizeof value);
        lines_put_name(writer, day_format(value, date));
        break;
    case RECORD_DIGEST:
        lines_put_hex(writer, (const unsigned char *)member, DIGEST_SIZE);
        break;
    case RECORD_CHOICE:
        memcpy(&choice, member, sizeof choice);
        lines_put_name(writer, field->names[choice]);
        break;
    }
}

void record_write(const struct record_field *fields, size_t count, const void *record,
                  struct lines_writer *writer)
{
    for (size_t i = 0; i < count; i++) {
        lines_put_name(writer, fields[i].key);
        lines_put_name(writer, "=");
        put_value(&fields[i], (const char *)record + fields[i].offset, writer);
        lines_end(writer);
    }
}

static bool read_choice(const char *const *names, struct text value, char *member)
{
    for (int i = 0; names[i]; i++) {
        if (text_is(value, names[i])) {
            memcpy(member, &i, sizeof i);
            return true;
        }
    }
    return false;
}

static bool read_day(struct text value, char *member)
{
    day result;
    if (!day_parse(value, &result))
        return false;
    memcpy(member, &result, sizeof result);
    return true;
}

/* What a field may hold, for errors. */
static const char *const expectations[] = {
    [RECORD_LITERAL] = "a fixed value",
    [RECORD_ID] = "1 to 128 bytes of UTF-8 without control characters and commas",
    [RECORD_TEXT] = "at most 1024 bytes of UTF-8 without control characters",
    [RECORD_NUMBER] = "an integer from 0 to the cap of the format",
    [RECORD_DAY] = "a date YYYY-MM-DD that exists",
    [RECORD_DIGEST] = "64 lower-case hexadecimal digits",
    [RECORD_CHOICE] = "one of the names that the format lists"};

static bool read_value(const struct record_field *field, struct text value, char *member)
{
    switch (field->kind) {
    case RECORD_LITERAL:
        return text_is(value, field->literal);
    case RECORD_ID:
    case RECORD_TEXT:
        memcpy(member, &value, sizeof value);
        return field->kind == RECORD_ID ? lines_is_id(value) : lines_is_text(value);
    case RECORD_DAY:
        return read_day(value, member);
    case RECORD_DIGEST:
        return text_unhex(value, (unsigned char *)member, DIGEST_SIZE);
    case RECORD_CHOICE:
        return read_choice(field->names, value, member);
    case RECORD_NUMBER:
        break;
    }
    return false;
}

static bool read_field(const struct record_field *field, const struct lines_reader *reader,
                       struct text value, char *member, struct error *err)
{
    if (field->kind == RECORD_NUMBER) {
        int64_t number;
        if (!lines_number(reader, value, field->key, 0, field->max, &number, err))
            return false;
        memcpy(member, &number, sizeof number);
        return true;
    }
    if (read_value(field, value, member))
        return true;
    int shown = (int)(value.size < 100 ? value.size : 100);
    if (field->kind == RECORD_LITERAL)
        return lines_invalid(reader, err, "%s: expected \"%s\", found \"%.*s\"", field->key,
                             field->literal, shown, value.data);
    return lines_invalid(reader, err, "%s: expected %s, found \"%.*s\"", field->key,
                         expectations[field->kind], shown, value.data);
}

bool record_read(const struct record_field *fields, size_t count, struct lines_reader *reader,
                 void *record, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct text line;
        size_t size = strlen(fields[i].key);
        if (!lines_next(reader, &line, err))
            return false;
        if (line.size <= size || memcmp(line.data, fields[i].key, size) != 0 ||
            line.data[size] != '=')
            return lines_invalid(reader, err, "expected \"%s=…\", found \"%.*s\"", fields[i].key,
                                 (int)(line.size < 100 ? line.size : 100), line.data);
        struct text value = {line.data + size + 1, line.size - size - 1};
        if (!read_field(&fields[i], reader, value, (char *)record + fields[i].offset, err))
            return false;
    }
    return true;
}

static bool fits(const struct record_field *field, const char *member)
{
    struct text text;
    int64_t number;
    day value;
    int choice;
    int names = 0;
    switch (field->kind) {
    case RECORD_ID:
    case RECORD_TEXT:
        memcpy(&text, member, sizeof text);
        return field->kind == RECORD_ID ? lines_is_id(text) : lines_is_text(text);
    case RECORD_NUMBER:
        memcpy(&number, member, sizeof number);
        return number >= 0 && number <= field->max;
    case RECORD_DAY:
        memcpy(&value, member, sizeof value);
        return value >= DAY_FIRST && value <= DAY_LAST;
    case RECORD_CHOICE:
        memcpy(&choice, member, sizeof choice);
        while (field->names[names])
            names++;
        return choice >= 0 && choice < names;
    case RECORD_LITERAL:
    case RECORD_DIGEST:
        break;
    }
    return true;
}

bool record_check(const struct record_field *fields, size_t count, const void *record,
                  struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        if (!fits(&fields[i], (const char *)record + fields[i].offset))
            return error_set(err, ERROR_INPUT, fields[i].key, "expected %s",
                             expectations[fields[i].kind]);
    }
    return true;
}
