/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "etl/record/mapping_internal.h"
#include "etl/record/value.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Room to parse one constant of a document. */
enum { CONSTANT_ROOM = 32 * 1024 };

struct name_number {
    const char *name;
    int number;
};

static const struct name_number date_forms[] = {
    {"YYYY-MM-DD", DATE_ISO},       {"YYYY/M/D", DATE_SLASH},       {"YYYYMMDD", DATE_COMPACT},
    {"YYYY年M月D日", DATE_CHINESE}, {"M/D/YYYY", DATE_MONTH_FIRST},
};

static const struct name_number clean_steps[] = {
    {"upper", CLEAN_UPPER},
    {"cut_after_dash", CLEAN_CUT_AFTER_DASH},
    {"digits_only", CLEAN_DIGITS_ONLY},
    {"strip_leading_zeros", CLEAN_STRIP_ZEROS},
};

/* The decimals of a unit that still are whole fen. */
static const struct name_number money_units[] = {{"fen", 0}, {"yuan", 2}, {"wan_yuan", 6}};

/* Members that mean something for one type of field only. */
static const struct {
    const char *name;
    enum field_type type;
    const char *fields;
} members_of_type[] = {
    {"dates", FIELD_DAY, "days"},
    {"unit", FIELD_MONEY, "money"},
    {"separator", FIELD_SET, "sets"},
};

char *mapping_keep(const struct mapping_reader *reader, const char *value)
{
    char *copy = arena_copy(reader->arena, value, strlen(value));
    if (!copy)
        arena_error(reader->arena, reader->err);
    return copy;
}

bool mapping_keep_text(const struct mapping_reader *reader, const json_t *object, const char *key,
                       const struct json_place *place, const char **out)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, reader->err))
        return false;
    *out = mapping_keep(reader, value);
    return *out != NULL;
}

bool mapping_read_character(const struct mapping_reader *reader, const json_t *object,
                            const char *key, const struct json_place *place, const char *allowed,
                            char *out)
{
    const char *text = NULL;
    if (!json_get_text(object, key, place, &text, reader->err))
        return false;
    if (strlen(text) != 1 || !strchr(allowed, text[0]))
        return json_error(place, reader->err,
                          "%s: expected one character of \"%s\", found \"%.20s\"", key, allowed,
                          text);
    *out = text[0];
    return true;
}

static bool find_name(const struct mapping_reader *reader, const char *name,
                      const struct name_number *table, size_t table_count,
                      const struct json_place *place, int *out)
{
    for (size_t i = 0; i < table_count; i++) {
        if (name && strcmp(table[i].name, name) == 0) {
            *out = table[i].number;
            return true;
        }
    }
    return json_error(place, reader->err, "expected \"%s\" or the like, found \"%.40s\"",
                      table[0].name, name ? name : "no text");
}

/* Reads an array of names from a table into numbers. */
static bool read_names(const struct mapping_reader *reader, const json_t *object, const char *key,
                       const struct json_place *place, const struct name_number *table,
                       size_t table_count, int *out, size_t cap, size_t *count)
{
    json_t *array;
    if (!json_get_array(object, key, place, &array, reader->err))
        return false;
    struct json_place inner = json_place_member(place, key);
    *count = json_array_size(array);
    if (*count == 0 || *count > cap)
        return json_error(&inner, reader->err, "expected 1 to %zu items, found %zu", cap, *count);
    for (size_t i = 0; i < *count; i++) {
        struct json_place item = json_place_item(&inner, i);
        if (!find_name(reader, json_string_value(json_array_get(array, i)), table, table_count,
                       &item, &out[i]))
            return false;
    }
    return true;
}

bool mapping_read_clean(const struct mapping_reader *reader, const json_t *object,
                        const struct json_place *place, struct mapped_value *value)
{
    int numbers[MAPPING_CLEAN_CAP] = {0};
    if (!json_has(object, "clean"))
        return true;
    if (!read_names(reader, object, "clean", place, clean_steps, COUNT(clean_steps), numbers,
                    MAPPING_CLEAN_CAP, &value->clean_count))
        return false;
    for (size_t i = 0; i < value->clean_count; i++)
        value->clean[i] = (enum clean_step)numbers[i];
    return true;
}

static bool read_dates(const struct mapping_reader *reader, const json_t *object,
                       const struct json_place *place, struct mapped_value *value)
{
    int numbers[MAPPING_DATES_CAP] = {0};
    if (!json_has(object, "dates"))
        return true;
    if (!read_names(reader, object, "dates", place, date_forms, COUNT(date_forms), numbers,
                    MAPPING_DATES_CAP, &value->date_count))
        return false;
    for (size_t i = 0; i < value->date_count; i++)
        value->dates[i] = (enum date_form)numbers[i];
    return true;
}

static bool read_unit(const struct mapping_reader *reader, const json_t *object,
                      const struct json_place *place, struct mapped_value *value)
{
    const char *name = NULL;
    struct json_place inner = json_place_member(place, "unit");
    return !json_has(object, "unit") || (json_get_text(object, "unit", place, &name, reader->err) &&
                                         find_name(reader, name, money_units, COUNT(money_units),
                                                   &inner, &value->unit_decimals));
}

static int compare_pairs(const void *a, const void *b)
{
    return text_compare(((const struct value_pair *)a)->from, ((const struct value_pair *)b)->from);
}

/* What a file's value looks like when it is looked up: folded unless the field is a text, trimmed.
 */
static bool keep_from(const struct mapping_reader *reader, const struct field *field,
                      const char *from, struct text *out)
{
    char *copy = mapping_keep(reader, from);
    if (!copy)
        return false;
    *out = text_of(copy);
    if (field->type != FIELD_TEXT)
        *out = text_fold_width(*out, copy);
    *out = text_trim(*out);
    return true;
}

static bool refuse_repeated_values(const struct mapping_reader *reader,
                                   const struct json_place *place, const struct mapped_value *value)
{
    for (size_t i = 1; i < value->value_count; i++) {
        struct text from = value->values[i].from;
        if (text_equal(from, value->values[i - 1].from))
            return json_error(place, reader->err, "\"%.*s\" stands there twice", (int)from.size,
                              from.data);
    }
    return true;
}

static bool read_values(const struct mapping_reader *reader, const json_t *object,
                        const struct json_place *place, const struct field *field,
                        struct mapped_value *value)
{
    json_t *map;
    if (!json_has(object, "values"))
        return true;
    if (!json_get_object(object, "values", place, &map, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "values");
    size_t count = json_object_size(map);
    if (count > MAPPING_VALUES_CAP)
        return json_error(&inner, reader->err, "expected at most %d values, found %zu",
                          MAPPING_VALUES_CAP, count);
    value->values = arena_array(reader->arena, count, sizeof *value->values);
    if (!value->values)
        return arena_error(reader->arena, reader->err);
    const char *from;
    json_t *to;
    json_object_foreach(map, from, to)
    {
        if (!json_is_string(to) && !json_is_null(to))
            return json_error(&inner, reader->err, "\"%.40s\": expected a text or null", from);
        struct value_pair *pair = &value->values[value->value_count++];
        char *kept = json_is_string(to) ? mapping_keep(reader, json_string_value(to)) : NULL;
        if (!keep_from(reader, field, from, &pair->from) || (json_is_string(to) && !kept))
            return false;
        pair->to = kept ? text_of(kept) : VALUE_MISSING;
    }
    qsort(value->values, count, sizeof *value->values, compare_pairs);
    return refuse_repeated_values(reader, &inner, value);
}

static bool refuse_foreign_members(const struct mapping_reader *reader, const json_t *object,
                                   const struct json_place *place, const struct field *field)
{
    for (size_t i = 0; i < COUNT(members_of_type); i++) {
        if (json_has(object, members_of_type[i].name) && field->type != members_of_type[i].type)
            return json_error(place, reader->err, "%s: only fields that hold %s have it",
                              members_of_type[i].name, members_of_type[i].fields);
    }
    return true;
}

/* A text of the document must be a value of the field, as it would be from a file. Codes of regions
 * and industries are known to the database only. */
static bool check_constant(const struct mapping_reader *reader, const struct json_place *place,
                           const struct field *field, const struct mapped_value *mapped,
                           struct text constant)
{
    char room[CONSTANT_ROOM];
    struct scratch scratch = {.data = room, .room = sizeof room};
    struct reject reject;
    struct text parsed;
    if (field->type == FIELD_REGION || field->type == FIELD_INDUSTRY)
        return true;
    return value_parse(field, mapped, constant, NULL, &scratch, &parsed, &reject) ||
           json_error(place, reader->err, "%s", reject.message);
}

static bool check_constants(const struct mapping_reader *reader, const struct json_place *place,
                            const struct field *field, const struct mapped_value *value)
{
    if (value->constant)
        return check_constant(reader, place, field, value, TEXT_LITERAL(""));
    /* A target has been looked up and cleaned already. */
    struct mapped_value looked_up = *value;
    looked_up.value_count = 0;
    looked_up.clean_count = 0;
    struct json_place inner = json_place_member(place, "values");
    for (size_t i = 0; i < value->value_count; i++) {
        if (value->values[i].to.size > 0 &&
            !check_constant(reader, &inner, field, &looked_up, value->values[i].to))
            return false;
    }
    return true;
}

bool mapping_read_value(const struct mapping_reader *reader, const json_t *object,
                        const struct json_place *place, const struct field *field,
                        struct mapped_value *value)
{
    static const char *const members[] = {"column",    "constant", "values", "dates", "unit",
                                          "separator", "prefix",   "clean",  NULL};
    if (!json_is_object(object))
        return json_error(place, reader->err, "expected an object");
    *value = (struct mapped_value){.used = true,
                                   .index = -1,
                                   .dates = {DATE_ISO},
                                   .date_count = 1,
                                   .unit_decimals = 2,
                                   .separator = '|'};
    if (!json_only(object, place, members, reader->err) ||
        !refuse_foreign_members(reader, object, place, field))
        return false;
    if (json_has(object, "column") == json_has(object, "constant"))
        return json_error(place, reader->err, "expected either \"column\" or \"constant\"");
    bool constant = json_has(object, "constant");
    if (!mapping_keep_text(reader, object, constant ? "constant" : "column", place,
                           constant ? &value->constant : &value->column))
        return false;
    return read_values(reader, object, place, field, value) &&
           read_dates(reader, object, place, value) && read_unit(reader, object, place, value) &&
           mapping_read_clean(reader, object, place, value) &&
           (!json_has(object, "prefix") ||
            mapping_keep_text(reader, object, "prefix", place, &value->prefix)) &&
           (!json_has(object, "separator") ||
            mapping_read_character(reader, object, "separator", place, ",;|/ ",
                                   &value->separator)) &&
           check_constants(reader, place, field, value);
}
