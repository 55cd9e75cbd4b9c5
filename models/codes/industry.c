/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/codes/industry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum column { CODE, SECTION, DIGITS, LEVEL, PARENT, NAME, COLUMN_COUNT };

enum { SUBJECT_SIZE = 200, LEVEL_MAX = 4 };

static const char header[] = "code,section,digits,level,parent,name";

static bool is_letter(char c)
{
    return c >= 'A' && c <= 'T';
}

static bool are_digits(struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return false;
    }
    return true;
}

static int compare_keys(const char *digits_a, char section_a, const char *digits_b, char section_b)
{
    int order = strcmp(digits_a, digits_b);
    if (order == 0 && digits_a[0] == '\0')
        return (section_a > section_b) - (section_a < section_b);
    return order;
}

static int compare_rows(const void *a, const void *b)
{
    const struct industry *left = a;
    const struct industry *right = b;
    return compare_keys(left->digits, left->section, right->digits, right->section);
}

const struct industry *industry_find(const struct industry_list *list, struct text code)
{
    char section = '\0';
    if (code.size > 0 && (is_letter((char)(code.data[0] & ~0x20)))) {
        section = (char)(code.data[0] & ~0x20);
        code.data++;
        code.size--;
    }
    if (code.size > LEVEL_MAX || !are_digits(code) || (code.size == 0 && section == '\0'))
        return NULL;
    char digits[LEVEL_MAX + 1] = "";
    memcpy(digits, code.data, code.size);
    const struct industry wanted = {.digits = digits, .section = section};
    const struct industry *found =
        bsearch(&wanted, list->rows, list->count, sizeof wanted, compare_rows);
    return found && (section == '\0' || section == found->section) ? found : NULL;
}

/* Cuts the next line off *rest; false at the end. */
static bool next_line(struct text *rest, struct text *line)
{
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->data, '\n', rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    *line = (struct text){rest->data, size};
    rest->data += size + (end != NULL);
    rest->size -= size + (end != NULL);
    return true;
}

/* Splits at commas; returns how many fields the line has, of which up to COLUMN_COUNT are stored.
 */
static size_t split(struct text line, struct text fields[COLUMN_COUNT])
{
    size_t count = 0;
    size_t start = 0;
    for (size_t i = 0; i <= line.size; i++) {
        if (i < line.size && line.data[i] != ',')
            continue;
        if (count < COLUMN_COUNT)
            fields[count] = (struct text){line.data + start, i - start};
        count++;
        start = i + 1;
    }
    return count;
}

/* The code is the letter and the digits, a section having none; the level counts them. */
static bool consistent(const struct text fields[COLUMN_COUNT], int64_t level)
{
    struct text code = fields[CODE];
    struct text digits = fields[DIGITS];
    if (fields[SECTION].size != 1 || !is_letter(fields[SECTION].data[0]) || code.size == 0 ||
        code.data[0] != fields[SECTION].data[0] || !are_digits(digits) ||
        !text_equal((struct text){code.data + 1, code.size - 1}, digits))
        return false;
    return level >= 1 && level <= LEVEL_MAX && digits.size == (level == 1 ? 0 : (size_t)level) &&
           (fields[PARENT].size == 0) == (level == 1) && fields[NAME].size > 0;
}

static bool read_row(struct text line, const char *subject, struct arena *arena,
                     struct industry *out, struct error *err)
{
    struct text fields[COLUMN_COUNT];
    size_t count = split(line, fields);
    if (count != COLUMN_COUNT)
        return error_set(err, ERROR_INPUT, subject, "expected %d fields, found %zu", COLUMN_COUNT,
                         count);
    int64_t level = 0;
    if (!text_to_i64(fields[LEVEL], &level) || !consistent(fields, level))
        return error_set(err, ERROR_INPUT, subject,
                         "expected a letter A to T, its digits and a level that agree, found "
                         "\"%.*s\"",
                         (int)(line.size < 80 ? line.size : 80), line.data);
    const char *copies[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        copies[i] = arena_copy(arena, fields[i].data, fields[i].size);
        if (!copies[i])
            return arena_error(arena, err);
    }
    *out = (struct industry){.code = copies[CODE],
                             .digits = copies[DIGITS],
                             .section = fields[SECTION].data[0],
                             .level = (int)level,
                             .parent = copies[PARENT],
                             .name = copies[NAME]};
    return true;
}

static size_t count_lines(struct text value)
{
    size_t count = 0;
    struct text line;
    while (next_line(&value, &line))
        count++;
    return count;
}

/* Every code once, every parent present and one level up. */
static bool check_list(const struct industry_list *list, const char *subject, struct error *err)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct industry *row = &list->rows[i];
        if (i > 0 && compare_rows(&list->rows[i - 1], row) == 0)
            return error_set(err, ERROR_INPUT, subject, "code %s is listed twice", row->code);
        if (row->level == 1)
            continue;
        const struct industry *parent = industry_find(list, text_of(row->parent));
        if (!parent || parent->level != row->level - 1)
            return error_set(err, ERROR_INPUT, subject,
                             "expected a parent of level %d for %s, found \"%s\"", row->level - 1,
                             row->code, row->parent);
    }
    return true;
}

bool industry_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
                   struct industry_list *out, struct error *err)
{
    struct text rest = {bytes, size};
    struct text line;
    if (!next_line(&rest, &line) || !text_is(line, header))
        return error_set(err, ERROR_INPUT, subject, "expected the header line %s", header);
    size_t count = count_lines(rest);
    if (count > INDUSTRY_CAP)
        return error_set(err, ERROR_LIMIT, subject,
                         "an industry list has at most %d rows, "
                         "found %zu",
                         INDUSTRY_CAP, count);
    *out = (struct industry_list){.rows = arena_array(arena, count, sizeof *out->rows)};
    if (!out->rows)
        return arena_error(arena, err);
    while (next_line(&rest, &line)) {
        char where[SUBJECT_SIZE];
        snprintf(where, sizeof where, "%s, line %zu", subject, out->count + 2);
        if (!read_row(line, where, arena, &out->rows[out->count], err))
            return false;
        out->count++;
    }
    qsort(out->rows, out->count, sizeof *out->rows, compare_rows);
    return check_list(out, subject, err);
}
