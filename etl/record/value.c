/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/record/value.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *scratch_take(struct scratch *scratch, size_t size)
{
    if (scratch->room - scratch->used < size)
        return NULL;
    char *memory = scratch->data + scratch->used;
    scratch->used += size;
    return memory;
}

static bool no_room(struct reject *reject)
{
    return reject_set(reject, REJECT_TOO_LONG, "", "a row that fits the record limit",
                      TEXT_LITERAL(""));
}

static size_t keep_digits(char *data, size_t size)
{
    size_t kept = 0;
    for (size_t i = 0; i < size; i++) {
        if (data[i] >= '0' && data[i] <= '9')
            data[kept++] = data[i];
    }
    return kept;
}

static size_t strip_zeros(char *data, size_t size)
{
    size_t zeros = 0;
    while (zeros + 1 < size && data[zeros] == '0')
        zeros++;
    memmove(data, data + zeros, size - zeros);
    return size - zeros;
}

static size_t apply_step(enum clean_step step, char *data, size_t size)
{
    const char *dash;
    switch (step) {
    case CLEAN_UPPER:
        for (size_t i = 0; i < size; i++)
            data[i] = (char)(data[i] >= 'a' && data[i] <= 'z' ? data[i] - 32 : data[i]);
        return size;
    case CLEAN_CUT_AFTER_DASH:
        dash = size ? memchr(data, '-', size) : NULL;
        return dash ? (size_t)(dash - data) : size;
    case CLEAN_DIGITS_ONLY:
        return keep_digits(data, size);
    case CLEAN_STRIP_ZEROS:
        return strip_zeros(data, size);
    }
    return size;
}

/* The mapped value, or the value itself when the map does not name it. */
static struct text look_up(const struct mapped_value *mapped, struct text value)
{
    size_t low = 0;
    size_t high = mapped->value_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = text_compare(mapped->values[middle].from, value);
        if (order == 0)
            return mapped->values[middle].to;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return value;
}

bool value_clean(const struct mapped_value *mapped, struct text raw, struct scratch *scratch,
                 struct text *out, struct reject *reject)
{
    struct text value = raw;
    if (mapped->clean_count > 0 && value.size > 0) {
        char *copy = scratch_take(scratch, value.size);
        if (!copy)
            return no_room(reject);
        memcpy(copy, value.data, value.size);
        for (size_t i = 0; i < mapped->clean_count; i++)
            value.size = apply_step(mapped->clean[i], copy, value.size);
        value = text_trim((struct text){copy, value.size});
    }
    value = mapped->value_count ? look_up(mapped, value) : value;
    if (value.size > 0 && mapped->prefix) {
        size_t before = strlen(mapped->prefix);
        char *joined = scratch_take(scratch, before + value.size);
        if (!joined)
            return no_room(reject);
        memcpy(joined, mapped->prefix, before);
        memcpy(joined + before, value.data, value.size);
        value = (struct text){joined, before + value.size};
    }
    *out = value.size > 0 ? value : VALUE_MISSING;
    return true;
}

/* Reads up to `most` digits at *at; 0 digits is a failure. */
static bool read_number(struct text value, size_t *at, size_t most, int *out)
{
    size_t start = *at;
    int number = 0;
    while (*at < value.size && *at - start < most && isdigit((unsigned char)value.data[*at]))
        number = number * 10 + (value.data[(*at)++] - '0');
    *out = number;
    return *at > start;
}

static bool read_mark(struct text value, size_t *at, const char *mark)
{
    size_t size = strlen(mark);
    if (value.size - *at < size || memcmp(value.data + *at, mark, size) != 0)
        return false;
    *at += size;
    return true;
}

/* Year, month and day of month with marks between them; whole value. */
static bool read_marked(struct text value, const char *after_year, const char *after_month,
                        const char *after_day, day *out)
{
    struct civil civil;
    size_t at = 0;
    return read_number(value, &at, 4, &civil.year) && at == 4 &&
           read_mark(value, &at, after_year) && read_number(value, &at, 2, &civil.month) &&
           read_mark(value, &at, after_month) && read_number(value, &at, 2, &civil.dom) &&
           read_mark(value, &at, after_day) && at == value.size && day_of_civil(civil, out);
}

static bool read_month_first(struct text value, day *out)
{
    struct civil civil;
    size_t at = 0;
    return read_number(value, &at, 2, &civil.month) && read_mark(value, &at, "/") &&
           read_number(value, &at, 2, &civil.dom) && read_mark(value, &at, "/") &&
           read_number(value, &at, 4, &civil.year) && at == value.size && civil.year >= 1000 &&
           day_of_civil(civil, out);
}

static bool read_compact(struct text value, day *out)
{
    int number;
    size_t at = 0;
    if (value.size != 8 || !read_number(value, &at, 8, &number) || at != 8)
        return false;
    struct civil civil = {number / 10000, number / 100 % 100, number % 100};
    return day_of_civil(civil, out);
}

static bool read_form(enum date_form form, struct text value, day *out)
{
    switch (form) {
    case DATE_ISO:
        return day_parse(value, out);
    case DATE_SLASH:
        return read_marked(value, "/", "/", "", out);
    case DATE_COMPACT:
        return read_compact(value, out);
    case DATE_CHINESE:
        return read_marked(value, "年", "月", "日", out);
    case DATE_MONTH_FIRST:
        return read_month_first(value, out);
    }
    return false;
}

bool value_day(const enum date_form *forms, size_t count, struct text value, day *out)
{
    if (text_is(value, "长期")) {
        *out = DAY_LAST;
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        if (read_form(forms[i], value, out))
            return true;
    }
    return false;
}

static bool parse_day(const struct field *field, const struct mapped_value *mapped,
                      struct text value, struct scratch *scratch, struct text *out,
                      struct reject *reject)
{
    day result;
    if (!value_day(mapped->dates, mapped->date_count, value, &result))
        return reject_set(reject, REJECT_DATE, field->name,
                          "a date that exists, in a form the mapping names", value);
    char *text = scratch_take(scratch, DAY_TEXT_SIZE);
    if (!text)
        return no_room(reject);
    day_format(result, text);
    *out = (struct text){text, DAY_TEXT_SIZE - 1};
    return true;
}

/* A number as decimal text. */
static bool put_number(int64_t number, struct scratch *scratch, struct text *out,
                       struct reject *reject)
{
    enum { ROOM = 24 };
    char *text = scratch_take(scratch, ROOM);
    if (!text)
        return no_room(reject);
    int size = snprintf(text, ROOM, "%lld", (long long)number);
    *out = (struct text){text, (size_t)size};
    return true;
}

static bool parse_money(const struct field *field, const struct mapped_value *mapped,
                        struct text value, struct scratch *scratch, struct text *out,
                        struct reject *reject)
{
    int64_t fen;
    if (!text_to_scaled(value, mapped->unit_decimals, &fen) || fen < 0)
        return reject_set(reject, REJECT_NUMBER, field->name,
                          "an amount in whole fen, not negative", value);
    return put_number(fen, scratch, out, reject);
}

static bool parse_integer(const struct field *field, struct text value, struct scratch *scratch,
                          struct text *out, struct reject *reject)
{
    int64_t number;
    if (!text_to_scaled(value, 0, &number) || number < 0)
        return reject_set(reject, REJECT_NUMBER, field->name, "a whole number, not negative",
                          value);
    return put_number(number, scratch, out, reject);
}

static bool parse_code(const struct field *field, struct text value, struct text *out,
                       struct reject *reject)
{
    char expected[100];
    for (size_t i = 0; field->codes[i]; i++) {
        if (text_is(value, field->codes[i])) {
            *out = text_of(field->codes[i]);
            return true;
        }
    }
    snprintf(expected, sizeof expected, "a value that the mapping turns into %s, … or %s",
             field->codes[0], field->codes[1]);
    return reject_set(reject, REJECT_CODE, field->name, expected, value);
}

static bool parse_boolean(const struct field *field, struct text value, struct text *out,
                          struct reject *reject)
{
    if (!text_is(value, "true") && !text_is(value, "false"))
        return reject_set(reject, REJECT_CODE, field->name,
                          "a value that the mapping turns into true or false", value);
    *out = text_is(value, "true") ? TEXT_LITERAL("t") : TEXT_LITERAL("f");
    return true;
}

static bool parse_industry(const struct field *field, struct text value,
                           const struct value_lists *lists, struct text *out, struct reject *reject)
{
    if (!codelist_has(lists->industries, value))
        return reject_set(reject, REJECT_INDUSTRY, field->name, "a code of GB/T 4754-2017", value);
    /* The list has 'H6210' and '6210'; a section alone is a single letter. */
    *out = value;
    if (value.size > 1 && isalpha((unsigned char)value.data[0]))
        *out = (struct text){value.data + 1, value.size - 1};
    return true;
}

static int compare_texts(const void *a, const void *b)
{
    return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* Writes {"a","b"} with the quotes and backslashes of the members escaped. */
static bool put_array(const struct text *members, size_t count, size_t bytes,
                      struct scratch *scratch, struct text *out, struct reject *reject)
{
    char *text = scratch_take(scratch, 2 * bytes + 3 * count + 2);
    if (!text)
        return no_room(reject);
    size_t size = 0;
    text[size++] = '{';
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && text_equal(members[i], members[i - 1]))
            continue;
        if (i > 0)
            text[size++] = ',';
        text[size++] = '"';
        for (size_t j = 0; j < members[i].size; j++) {
            char c = members[i].data[j];
            if (c == '"' || c == '\\')
                text[size++] = '\\';
            text[size++] = c;
        }
        text[size++] = '"';
    }
    text[size++] = '}';
    *out = (struct text){text, size};
    return true;
}

/* The next part of a list: up to the separator or the end. */
static struct text next_part(struct text list, char separator, size_t *at)
{
    const char *start = list.data + *at;
    size_t left = list.size - *at;
    const char *stop = left > 0 ? memchr(start, separator, left) : NULL;
    size_t size = stop ? (size_t)(stop - start) : left;
    *at += size + 1;
    return text_trim((struct text){start, size});
}

static bool parse_set(const struct field *field, const struct mapped_value *mapped,
                      struct text value, struct scratch *scratch, struct text *out,
                      struct reject *reject)
{
    struct text members[VALUE_SET_CAP];
    size_t count = 0;
    size_t bytes = 0;
    for (size_t at = 0; at <= value.size;) {
        struct text part = next_part(value, mapped->separator, &at);
        if (!value_clean(mapped, part, scratch, &part, reject))
            return false;
        if (!part.data)
            continue;
        if (count == VALUE_SET_CAP)
            return reject_set(reject, REJECT_TOO_LONG, field->name, "at most 64 members", value);
        members[count++] = part;
        bytes += part.size;
    }
    *out = VALUE_MISSING;
    if (count == 0)
        return true;
    qsort(members, count, sizeof members[0], compare_texts);
    return put_array(members, count, bytes, scratch, out, reject);
}

/* All but texts are compared after full-width folding. */
static bool fold(struct text *value, struct scratch *scratch, struct reject *reject)
{
    char *room = scratch_take(scratch, value->size);
    if (!room)
        return no_room(reject);
    *value = text_trim(text_fold_width(*value, room));
    return true;
}

static bool parse_typed(const struct field *field, const struct mapped_value *mapped,
                        struct text value, const struct value_lists *lists, struct scratch *scratch,
                        struct text *out, struct reject *reject)
{
    switch (field->type) {
    case FIELD_TEXT:
        *out = value;
        return value.size <= VALUE_TEXT_CAP ||
               reject_set(reject, REJECT_TOO_LONG, field->name, "at most 4000 bytes", value);
    case FIELD_ID:
        *out = value;
        return value.size <= VALUE_ID_CAP ||
               reject_set(reject, REJECT_TOO_LONG, field->name, "at most 127 bytes", value);
    case FIELD_CODE:
        return parse_code(field, value, out, reject);
    case FIELD_DAY:
        return parse_day(field, mapped, value, scratch, out, reject);
    case FIELD_INTEGER:
        return parse_integer(field, value, scratch, out, reject);
    case FIELD_MONEY:
        return parse_money(field, mapped, value, scratch, out, reject);
    case FIELD_BOOLEAN:
        return parse_boolean(field, value, out, reject);
    case FIELD_SET:
        return parse_set(field, mapped, value, scratch, out, reject);
    case FIELD_REGION:
        *out = value;
        return codelist_has(lists->regions, value) ||
               reject_set(reject, REJECT_REGION, field->name, "a code of the region table", value);
    case FIELD_INDUSTRY:
        return parse_industry(field, value, lists, out, reject);
    }
    return false;
}

bool value_parse(const struct field *field, const struct mapped_value *mapped, struct text raw,
                 const struct value_lists *lists, struct scratch *scratch, struct text *out,
                 struct reject *reject)
{
    struct text value = mapped->constant ? text_trim(text_of(mapped->constant)) : raw;
    if (field->type != FIELD_TEXT && value.size > 0 && !fold(&value, scratch, reject))
        return false;
    /* A set is cleaned member by member. */
    if (field->type != FIELD_SET && !value_clean(mapped, value, scratch, &value, reject))
        return false;
    *out = VALUE_MISSING;
    if (value.size > 0 && !parse_typed(field, mapped, value, lists, scratch, out, reject))
        return false;
    if (field->required && !out->data)
        return reject_set(reject, REJECT_REQUIRED, field->name, "a value", raw);
    return true;
}
