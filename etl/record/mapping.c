/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/record/mapping.h"

#include <stdlib.h>
#include <string.h>

#include "models/core/json.h"

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

enum { SOURCE_NAME_CAP = 60 };

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

/* Fen in one unit and the decimals of the unit that are whole fen. */
static const struct money_unit {
    const char *name;
    int64_t fen;
    int decimals;
} money_units[] = {{"fen", 1, 0}, {"yuan", 100, 2}, {"wan_yuan", 1000000, 6}};

/* What the reading functions pass along. */
struct reader {
    struct arena *arena;
    struct error *err;
};

static char *keep(const struct reader *reader, const char *value)
{
    char *copy = arena_copy(reader->arena, value, strlen(value));
    if (!copy)
        arena_error(reader->arena, reader->err);
    return copy;
}

static bool keep_text(const struct reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, const char **out)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, reader->err))
        return false;
    *out = keep(reader, value);
    return *out != NULL;
}

/* Reads an array of names from a table into numbers. */
static bool read_names(const struct reader *reader, const json_t *object, const char *key,
                       const struct json_place *place, const struct name_number *table,
                       size_t table_count, int *out, size_t cap, size_t *count)
{
    json_t *array;
    if (!json_get_array(object, key, place, &array, reader->err))
        return false;
    struct json_place inner = json_place_member(place, key);
    if (json_array_size(array) > cap)
        return json_error(&inner, reader->err, "expected at most %zu items, found %zu", cap,
                          json_array_size(array));
    *count = json_array_size(array);
    for (size_t i = 0; i < *count; i++) {
        const char *name = json_string_value(json_array_get(array, i));
        size_t row = 0;
        while (row < table_count && (!name || strcmp(table[row].name, name) != 0))
            row++;
        if (row == table_count)
            return json_error(&inner, reader->err, "expected \"%s\" or the like, found \"%.40s\"",
                              table[0].name, name ? name : "no text");
        out[i] = table[row].number;
    }
    return true;
}

static int compare_pairs(const void *a, const void *b)
{
    return text_compare(((const struct value_pair *)a)->from, ((const struct value_pair *)b)->from);
}

static bool read_values(const struct reader *reader, const json_t *object,
                        const struct json_place *place, struct mapped_value *value)
{
    json_t *map;
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
        char *from_copy = keep(reader, from);
        char *to_copy = json_is_string(to) ? keep(reader, json_string_value(to)) : NULL;
        if (!from_copy || (json_is_string(to) && !to_copy))
            return false;
        pair->from = text_trim(text_of(from_copy));
        pair->to = to_copy ? text_of(to_copy) : (struct text){NULL, 0};
    }
    qsort(value->values, count, sizeof *value->values, compare_pairs);
    return true;
}

static bool read_unit(const struct reader *reader, const json_t *object,
                      const struct json_place *place, struct mapped_value *value)
{
    const char *name = NULL;
    if (!json_get_text(object, "unit", place, &name, reader->err))
        return false;
    for (size_t i = 0; i < COUNT(money_units); i++) {
        if (strcmp(money_units[i].name, name) == 0) {
            value->fen_per_unit = money_units[i].fen;
            value->unit_decimals = money_units[i].decimals;
            return true;
        }
    }
    return json_error(place, reader->err, "unit: expected fen, yuan or wan_yuan, found \"%.40s\"",
                      name);
}

static bool read_one_character(const struct reader *reader, const json_t *object, const char *key,
                               const struct json_place *place, const char *allowed, char *out)
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

/* The optional members that change a value on its way. */
static bool read_changes(const struct reader *reader, const json_t *object,
                         const struct json_place *place, struct mapped_value *value)
{
    int numbers[MAPPING_DATES_CAP > MAPPING_CLEAN_CAP ? MAPPING_DATES_CAP : MAPPING_CLEAN_CAP];
    if (json_has(object, "values") && !read_values(reader, object, place, value))
        return false;
    if (json_has(object, "dates")) {
        if (!read_names(reader, object, "dates", place, date_forms, COUNT(date_forms), numbers,
                        MAPPING_DATES_CAP, &value->date_count))
            return false;
        for (size_t i = 0; i < value->date_count; i++)
            value->dates[i] = (enum date_form)numbers[i];
    }
    if (json_has(object, "clean")) {
        if (!read_names(reader, object, "clean", place, clean_steps, COUNT(clean_steps), numbers,
                        MAPPING_CLEAN_CAP, &value->clean_count))
            return false;
        for (size_t i = 0; i < value->clean_count; i++)
            value->clean[i] = (enum clean_step)numbers[i];
    }
    if (json_has(object, "unit") && !read_unit(reader, object, place, value))
        return false;
    if (json_has(object, "prefix") && !keep_text(reader, object, "prefix", place, &value->prefix))
        return false;
    return !json_has(object, "separator") ||
           read_one_character(reader, object, "separator", place, ",;|/ ", &value->separator);
}

static bool read_mapped_value(const struct reader *reader, const json_t *object,
                              const struct json_place *place, struct mapped_value *value)
{
    static const char *const members[] = {"column",    "constant", "values", "dates", "unit",
                                          "separator", "prefix",   "clean",  NULL};
    if (!json_is_object(object))
        return json_error(place, reader->err, "expected an object");
    *value = (struct mapped_value){
        .used = true, .index = -1, .fen_per_unit = 100, .unit_decimals = 2, .separator = '|'};
    if (!json_only(object, place, members, reader->err))
        return false;
    if (json_has(object, "column") == json_has(object, "constant"))
        return json_error(place, reader->err, "expected either \"column\" or \"constant\"");
    bool constant = json_has(object, "constant");
    if (!keep_text(reader, object, constant ? "constant" : "column", place,
                   constant ? &value->constant : &value->column))
        return false;
    if (!read_changes(reader, object, place, value))
        return false;
    if (value->date_count == 0) {
        value->dates[0] = DATE_ISO;
        value->date_count = 1;
    }
    return true;
}

static bool read_texts(const struct reader *reader, const json_t *array,
                       const struct json_place *place, const char **out, size_t cap, size_t *count)
{
    if (!json_is_array(array) || json_array_size(array) == 0 || json_array_size(array) > cap)
        return json_error(place, reader->err, "expected a list of 1 to %zu column names", cap);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *name = json_string_value(json_array_get(array, i));
        if (!name)
            return json_error(place, reader->err, "expected column names only");
        out[i] = keep(reader, name);
        if (!out[i])
            return false;
    }
    *count = json_array_size(array);
    return true;
}

static bool read_key(const struct reader *reader, const json_t *root,
                     const struct json_place *place, struct mapping *mapping)
{
    const struct kind *kind = mapping->kind;
    struct json_place inner = json_place_member(place, "key");
    const json_t *key = json_object_get(root, "key");
    if (!key) {
        bool natural = kind->subject_is_key || kind->key_fields[0] >= 0;
        return natural || json_error(&inner, reader->err,
                                     "kind %s needs a key: a list of columns or "
                                     "\"hash_of_all_columns\"",
                                     kind->name);
    }
    if (!kind->key_in_source)
        return json_error(&inner, reader->err, "kind %s has its own key; leave this member out",
                          kind->name);
    if (json_is_string(key)) {
        mapping->key_is_hash = strcmp(json_string_value(key), "hash_of_all_columns") == 0;
        return mapping->key_is_hash ||
               json_error(&inner, reader->err,
                          "expected a list of columns or \"hash_of_all_columns\", found \"%.40s\"",
                          json_string_value(key));
    }
    return read_texts(reader, key, &inner, mapping->key_columns, MAPPING_COLUMNS_CAP,
                      &mapping->key_count);
}

static bool valid_name(const char *name, size_t cap)
{
    size_t size = strlen(name);
    return size > 0 && size <= cap && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == size;
}

static bool read_place_columns(const struct reader *reader, const json_t *object,
                               const struct json_place *place, struct mapped_subject *subject)
{
    const char *names[MAPPING_COLUMNS_CAP];
    subject->place = strcmp(subject->scheme, "place") == 0;
    if (!subject->place)
        return json_error(place, reader->err, "only scheme \"place\" takes several columns");
    if (!read_texts(reader, json_object_get(object, "columns"), place, names, MAPPING_COLUMNS_CAP,
                    &subject->column_count))
        return false;
    for (size_t i = 0; i < subject->column_count; i++)
        subject->columns[i] = (struct mapped_value){.used = true, .index = -1, .column = names[i]};
    return true;
}

static bool read_subject(const struct reader *reader, const json_t *object,
                         const struct json_place *place, struct mapped_subject *subject)
{
    static const char *const members[] = {"scheme", "column", "columns", "clean", "prefix", NULL};
    if (!json_is_object(object))
        return json_error(place, reader->err, "expected an object");
    if (!json_only(object, place, members, reader->err) ||
        !keep_text(reader, object, "scheme", place, &subject->scheme))
        return false;
    if (!valid_name(subject->scheme, SOURCE_NAME_CAP))
        return json_error(place, reader->err,
                          "scheme: expected 1 to %d characters a-z, 0-9, _; found \"%.40s\"",
                          SOURCE_NAME_CAP, subject->scheme);
    if (json_has(object, "columns"))
        return read_place_columns(reader, object, place, subject);
    struct mapped_value *value = &subject->columns[0];
    *value = (struct mapped_value){.used = true, .index = -1};
    subject->column_count = 1;
    subject->place = strcmp(subject->scheme, "place") == 0;
    return keep_text(reader, object, "column", place, &value->column) &&
           read_changes(reader, object, place, value);
}

static bool read_subjects(const struct reader *reader, const json_t *root,
                          const struct json_place *place, struct mapping *mapping)
{
    if (!mapping->kind->has_subject) {
        struct json_place inner = json_place_member(place, "subject");
        return !json_has(root, "subject") ||
               json_error(&inner, reader->err, "records of kind %s have no subject",
                          mapping->kind->name);
    }
    json_t *array;
    if (!json_get_array(root, "subject", place, &array, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "subject");
    size_t count = json_array_size(array);
    if (count == 0 || count > MAPPING_SUBJECTS_CAP)
        return json_error(&inner, reader->err, "expected 1 to %d ways to name the subject",
                          MAPPING_SUBJECTS_CAP);
    for (size_t i = 0; i < count; i++) {
        struct json_place item = json_place_item(&inner, i);
        if (!read_subject(reader, json_array_get(array, i), &item, &mapping->subjects[i]))
            return false;
    }
    mapping->subject_count = count;
    return true;
}

static bool read_fields(const struct reader *reader, const json_t *root,
                        const struct json_place *place, struct mapping *mapping)
{
    json_t *fields;
    if (!json_get_object(root, "fields", place, &fields, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "fields");
    const char *name;
    json_t *object;
    json_object_foreach(fields, name, object)
    {
        int number = kind_field(mapping->kind, text_of(name));
        struct json_place item = json_place_member(&inner, name);
        if (number < 0)
            return json_error(&item, reader->err, "kind %s has no such field", mapping->kind->name);
        if (!read_mapped_value(reader, object, &item, &mapping->fields[number]))
            return false;
    }
    for (size_t i = 0; i < mapping->kind->field_count; i++) {
        if (mapping->kind->fields[i].required && !mapping->fields[i].used)
            return json_error(&inner, reader->err, "field \"%s\" of kind %s is required",
                              mapping->kind->fields[i].name, mapping->kind->name);
    }
    return true;
}

static bool read_known_at(const struct reader *reader, const json_t *root,
                          const struct json_place *place, struct mapping *mapping)
{
    static const char *const members[] = {"column", "constant", "dates", "backfill", NULL};
    json_t *object;
    if (!json_has(root, "known_at"))
        return true;
    if (!json_get_object(root, "known_at", place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "known_at");
    bool backfill = false;
    if (!json_only(object, &inner, members, reader->err) ||
        !json_get_bool(object, "backfill", &inner, &backfill, reader->err))
        return false;
    if (!backfill)
        return json_error(&inner, reader->err,
                          "a day of knowledge from the file is only for a back-fill: set "
                          "\"backfill\": true or leave known_at out");
    json_t *plain = json_copy(object);
    if (!plain)
        return error_memory(reader->err);
    json_object_del(plain, "backfill");
    bool ok = read_mapped_value(reader, plain, &inner, &mapping->known_at);
    json_decref(plain);
    return ok;
}

static bool read_drop(const struct reader *reader, const json_t *root,
                      const struct json_place *place, struct mapping *mapping)
{
    if (!json_has(root, "drop"))
        return true;
    struct json_place inner = json_place_member(place, "drop");
    return read_texts(reader, json_object_get(root, "drop"), &inner, mapping->drop,
                      MAPPING_DROP_CAP, &mapping->drop_count);
}

static bool read_format(const struct reader *reader, const json_t *root,
                        const struct json_place *place, struct mapping *mapping)
{
    const char *encoding = NULL;
    if (!json_get_text(root, "encoding", place, &encoding, reader->err))
        return false;
    if (!encoding_of(text_of(encoding), &mapping->encoding))
        return json_error(place, reader->err,
                          "encoding: expected utf-8 or gb18030, found \"%.40s\"", encoding);
    mapping->delimiter = ',';
    /* '|' may be the second byte of a GB18030 character. */
    const char *allowed = mapping->encoding == ENCODING_UTF8 ? ",;\t|" : ",;\t";
    return !json_has(root, "delimiter") ||
           read_one_character(reader, root, "delimiter", place, allowed, &mapping->delimiter);
}

static bool read_title(const struct reader *reader, const json_t *root,
                       const struct json_place *place, struct mapping *mapping)
{
    static const char *const members[] = {"zh", "en", NULL};
    json_t *title;
    if (!json_get_object(root, "title", place, &title, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "title");
    return json_only(title, &inner, members, reader->err) &&
           keep_text(reader, title, "zh", &inner, &mapping->title_zh) &&
           keep_text(reader, title, "en", &inner, &mapping->title_en);
}

static bool read_identity(const struct reader *reader, const json_t *root,
                          const struct json_place *place, struct mapping *mapping)
{
    const char *version = NULL;
    const char *kind = NULL;
    if (!json_get_text(root, "mapping", place, &version, reader->err))
        return false;
    if (strcmp(version, "heng-mapping-1") != 0)
        return json_error(place, reader->err,
                          "mapping: expected \"heng-mapping-1\", found \"%.40s\"", version);
    if (!keep_text(reader, root, "source", place, &mapping->source) ||
        !keep_text(reader, root, "jurisdiction", place, &mapping->jurisdiction) ||
        !json_get_text(root, "kind", place, &kind, reader->err))
        return false;
    if (!valid_name(mapping->source, SOURCE_NAME_CAP))
        return json_error(place, reader->err,
                          "source: expected 1 to %d characters a-z, 0-9, _; found \"%.70s\"",
                          SOURCE_NAME_CAP, mapping->source);
    mapping->kind = kind_find(text_of(kind));
    return mapping->kind ||
           json_error(place, reader->err, "kind: there is no record kind \"%.40s\"", kind);
}

static bool read_document(const struct reader *reader, const json_t *root, const char *subject,
                          struct mapping *mapping)
{
    static const char *const members[] = {
        "mapping", "source",  "kind",     "title", "jurisdiction", "encoding", "delimiter",
        "key",     "subject", "known_at", "drop",  "fields",       NULL};
    struct json_place place = json_place_root(subject);
    if (!json_is_object(root))
        return json_error(&place, reader->err, "expected an object");
    return json_only(root, &place, members, reader->err) &&
           read_identity(reader, root, &place, mapping) &&
           read_title(reader, root, &place, mapping) &&
           read_format(reader, root, &place, mapping) && read_key(reader, root, &place, mapping) &&
           read_subjects(reader, root, &place, mapping) &&
           read_known_at(reader, root, &place, mapping) &&
           read_drop(reader, root, &place, mapping) && read_fields(reader, root, &place, mapping);
}

bool mapping_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
                  struct mapping **out, struct error *err)
{
    json_t *root = NULL;
    if (size > MAPPING_BYTES_CAP)
        return error_set(err, ERROR_LIMIT, subject, "a mapping has at most %d bytes, found %zu",
                         MAPPING_BYTES_CAP, size);
    if (!json_read(bytes, size, subject, &root, err))
        return false;
    struct reader reader = {arena, err};
    struct mapping *mapping = arena_alloc(arena, sizeof *mapping);
    bool ok = mapping ? read_document(&reader, root, subject, mapping) : arena_error(arena, err);
    json_decref(root);
    if (!ok)
        return false;
    digest_of(DIGEST_SHA256, bytes, size, mapping->sha256);
    *out = mapping;
    return true;
}
