/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/csv_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAPACITY_FIRST = 4096 };

static bool grow(struct csv_write *csv, size_t more)
{
    size_t capacity = csv->capacity ? csv->capacity : CAPACITY_FIRST;
    while (capacity - csv->size < more)
        capacity *= 2;
    if (capacity == csv->capacity)
        return true;
    char *bytes = realloc(csv->bytes, capacity);
    if (!bytes)
        return false;
    csv->bytes = bytes;
    csv->capacity = capacity;
    return true;
}

static void add(struct csv_write *csv, const char *bytes, size_t size)
{
    csv->failed = csv->failed || !grow(csv, size);
    if (csv->failed || size == 0)
        return;
    memcpy(csv->bytes + csv->size, bytes, size);
    csv->size += size;
}

static void begin_cell(struct csv_write *csv)
{
    if (csv->in_row)
        add(csv, ",", 1);
    csv->in_row = true;
}

static bool begins_with(struct text value, const char *start)
{
    size_t size = strlen(start);
    return value.size >= size && memcmp(value.data, start, size) == 0;
}

static bool is_formula(struct text value)
{
    static const char *const starts[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠"};
    while (value.size > 0 && value.data[0] == ' ') {
        value.data++;
        value.size--;
    }
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        if (begins_with(value, starts[i]))
            return true;
    }
    return false;
}

static bool needs_quotes(struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        if (strchr("\",\r\n", value.data[i]))
            return true;
    }
    return false;
}

static void add_quoted(struct csv_write *csv, struct text value, bool guarded)
{
    add(csv, guarded ? "\"'" : "\"", guarded ? 2 : 1);
    while (value.size > 0) {
        const char *quote = memchr(value.data, '"', value.size);
        size_t size = quote ? (size_t)(quote - value.data) + 1 : value.size;
        add(csv, value.data, size);
        if (quote)
            add(csv, "\"", 1);
        value.data += size;
        value.size -= size;
    }
    add(csv, "\"", 1);
}

void csv_write_mark(struct csv_write *csv)
{
    add(csv, "\xEF\xBB\xBF", 3);
}

void csv_write_text(struct csv_write *csv, struct text value)
{
    bool guarded = is_formula(value);
    begin_cell(csv);
    if (needs_quotes(value)) {
        add_quoted(csv, value, guarded);
        return;
    }
    if (guarded)
        add(csv, "'", 1);
    add(csv, value.data, value.size);
}

void csv_write_integer(struct csv_write *csv, int64_t value)
{
    char digits[24];
    int size = snprintf(digits, sizeof digits, "%" PRId64, value);
    begin_cell(csv);
    add(csv, digits, (size_t)size);
}

void csv_write_empty(struct csv_write *csv)
{
    begin_cell(csv);
}

void csv_write_end_row(struct csv_write *csv)
{
    add(csv, "\r\n", 2);
    csv->in_row = false;
}

bool csv_write_good(const struct csv_write *csv, struct error *err)
{
    return !csv->failed || error_memory(err);
}

void csv_write_clear(struct csv_write *csv)
{
    csv->size = 0;
    csv->in_row = false;
}

void csv_write_reset(struct csv_write *csv)
{
    free(csv->bytes);
    *csv = (struct csv_write){.bytes = NULL};
}
