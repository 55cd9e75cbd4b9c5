/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/record/mapping.h"

#include <string.h>

#include "etl/record/mapping_internal.h"

static bool read_texts(const struct mapping_reader *reader, const json_t *array,
                       const struct json_place *place, const char **out, size_t cap, size_t *count)
{
    if (!json_is_array(array) || json_array_size(array) == 0 || json_array_size(array) > cap)
        return json_error(place, reader->err, "expected a list of 1 to %zu column names", cap);
    for (size_t i = 0; i < json_array_size(array); i++) {
        const char *name = json_string_value(json_array_get(array, i));
        if (!name)
            return json_error(place, reader->err, "expected column names only");
        out[i] = mapping_keep(reader, name);
        if (!out[i])
            return false;
    }
    *count = json_array_size(array);
    return true;
}

static bool read_key(const struct mapping_reader *reader, const json_t *root,
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

bool mapping_name_valid(struct text name)
{
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_')
            return false;
    }
    return name.size > 0 && name.size <= MAPPING_NAME_CAP;
}

/* Upper-case letters, digits and single hyphens between them, as in rules. */
static bool is_jurisdiction(const char *value)
{
    size_t size = strlen(value);
    return size > 0 && strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == size &&
           !strstr(value, "--") && value[0] != '-' && value[size - 1] != '-';
}

/* A place is named by the columns of an address, and nothing else is. */
static bool read_place(const struct mapping_reader *reader, const json_t *object,
                       const struct json_place *place, struct mapped_subject *subject)
{
    static const char *const members[] = {"scheme", "columns", NULL};
    struct json_place inner = json_place_member(place, "columns");
    const char *names[MAPPING_COLUMNS_CAP];
    if (!json_only(object, place, members, reader->err) ||
        !read_texts(reader, json_object_get(object, "columns"), &inner, names, MAPPING_COLUMNS_CAP,
                    &subject->column_count))
        return false;
    subject->place = true;
    for (size_t i = 0; i < subject->column_count; i++)
        subject->columns[i] = (struct mapped_value){.used = true, .index = -1, .column = names[i]};
    return true;
}

static bool read_code(const struct mapping_reader *reader, const json_t *object,
                      const struct json_place *place, struct mapped_subject *subject)
{
    static const char *const members[] = {"scheme", "column", "clean", "prefix", NULL};
    struct mapped_value *value = &subject->columns[0];
    *value = (struct mapped_value){.used = true, .index = -1};
    subject->column_count = 1;
    return json_only(object, place, members, reader->err) &&
           mapping_keep_text(reader, object, "column", place, &value->column) &&
           mapping_read_clean(reader, object, place, value) &&
           (!json_has(object, "prefix") ||
            mapping_keep_text(reader, object, "prefix", place, &value->prefix));
}

static bool read_subject(const struct mapping_reader *reader, const json_t *object,
                         const struct json_place *place, struct mapped_subject *subject)
{
    if (!json_is_object(object))
        return json_error(place, reader->err, "expected an object");
    if (!mapping_keep_text(reader, object, "scheme", place, &subject->scheme))
        return false;
    if (!mapping_name_valid(text_of(subject->scheme)))
        return json_error(place, reader->err,
                          "scheme: expected 1 to %d characters a-z, 0-9, _; found \"%.70s\"",
                          MAPPING_NAME_CAP, subject->scheme);
    return strcmp(subject->scheme, "place") == 0 ? read_place(reader, object, place, subject)
                                                 : read_code(reader, object, place, subject);
}

static bool read_subjects(const struct mapping_reader *reader, const json_t *root,
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

static bool read_fields(const struct mapping_reader *reader, const json_t *root,
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
        if (!mapping_read_value(reader, object, &item, &mapping->kind->fields[number],
                                &mapping->fields[number]))
            return false;
    }
    for (size_t i = 0; i < mapping->kind->field_count; i++) {
        if (mapping->kind->fields[i].required && !mapping->fields[i].used)
            return json_error(&inner, reader->err, "field \"%s\" of kind %s is required",
                              mapping->kind->fields[i].name, mapping->kind->name);
    }
    return true;
}

static bool read_known_at(const struct mapping_reader *reader, const json_t *root,
                          const struct json_place *place, struct mapping *mapping)
{
    static const char *const members[] = {"column", "constant", "dates", "backfill", NULL};
    static const struct field known_at = {"known_at", FIELD_DAY, true, NULL};
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
    bool ok = mapping_read_value(reader, plain, &inner, &known_at, &mapping->known_at);
    json_decref(plain);
    return ok;
}

static bool read_drop(const struct mapping_reader *reader, const json_t *root,
                      const struct json_place *place, struct mapping *mapping)
{
    if (!json_has(root, "drop"))
        return true;
    struct json_place inner = json_place_member(place, "drop");
    return read_texts(reader, json_object_get(root, "drop"), &inner, mapping->drop,
                      MAPPING_DROP_CAP, &mapping->drop_count);
}

static bool read_title(const struct mapping_reader *reader, const json_t *root,
                       const struct json_place *place, struct mapping *mapping)
{
    static const char *const members[] = {"zh", "en", NULL};
    json_t *title;
    if (!json_get_object(root, "title", place, &title, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "title");
    return json_only(title, &inner, members, reader->err) &&
           mapping_keep_text(reader, title, "zh", &inner, &mapping->title_zh) &&
           mapping_keep_text(reader, title, "en", &inner, &mapping->title_en);
}

static bool read_identity(const struct mapping_reader *reader, const json_t *root,
                          const struct json_place *place, struct mapping *mapping)
{
    const char *version = NULL;
    const char *kind = NULL;
    if (!json_get_text(root, "mapping", place, &version, reader->err))
        return false;
    if (strcmp(version, "heng-mapping-1") != 0)
        return json_error(place, reader->err,
                          "mapping: expected \"heng-mapping-1\", found \"%.40s\"", version);
    if (!mapping_keep_text(reader, root, "source", place, &mapping->source) ||
        !mapping_keep_text(reader, root, "jurisdiction", place, &mapping->jurisdiction) ||
        !json_get_text(root, "kind", place, &kind, reader->err))
        return false;
    if (!mapping_name_valid(text_of(mapping->source)))
        return json_error(place, reader->err,
                          "source: expected 1 to %d characters a-z, 0-9, _; found \"%.70s\"",
                          MAPPING_NAME_CAP, mapping->source);
    if (!is_jurisdiction(mapping->jurisdiction))
        return json_error(place, reader->err,
                          "jurisdiction: expected a code such as CN-50, found \"%.40s\"",
                          mapping->jurisdiction);
    mapping->kind = kind_find(text_of(kind));
    return mapping->kind ||
           json_error(place, reader->err, "kind: there is no record kind \"%.40s\"", kind);
}

static bool read_document(const struct mapping_reader *reader, const json_t *root,
                          const char *subject, struct mapping *mapping)
{
    static const char *const members[] = {
        "mapping",  "source",  "kind",      "title", "jurisdiction", "format",
        "encoding", "member",  "delimiter", "sheet", "header_row",   "record_path",
        "key",      "subject", "known_at",  "drop",  "fields",       NULL};
    struct json_place place = json_place_root(subject);
    if (!json_is_object(root))
        return json_error(&place, reader->err, "expected an object");
    return json_only(root, &place, members, reader->err) &&
           read_identity(reader, root, &place, mapping) &&
           read_title(reader, root, &place, mapping) &&
           mapping_read_form(reader, root, &place, &mapping->form) &&
           read_key(reader, root, &place, mapping) &&
           read_subjects(reader, root, &place, mapping) &&
           read_known_at(reader, root, &place, mapping) &&
           read_drop(reader, root, &place, mapping) && read_fields(reader, root, &place, mapping) &&
           mapping_collect_columns(reader, mapping);
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
    struct mapping_reader reader = {arena, err};
    struct mapping *mapping = arena_alloc(arena, sizeof *mapping);
    bool ok = mapping ? read_document(&reader, root, subject, mapping) : arena_error(arena, err);
    json_decref(root);
    if (!ok)
        return false;
    digest_of(DIGEST_SHA256, bytes, size, mapping->sha256);
    *out = mapping;
    return true;
}
