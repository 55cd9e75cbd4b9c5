/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a mapping says of the file itself: format, encoding, where in it the records are. */
#include <string.h>

#include "etl/record/mapping_internal.h"

static bool refuse_member(const struct mapping_reader *reader, const json_t *root,
                          const struct json_place *place, const char *member, bool allowed,
                          const struct source_traits *traits)
{
    return allowed || !json_has(root, member) ||
           json_error(place, reader->err, "%s: a file of format \"%s\" has none", member,
                      traits->name);
}

static bool refuse_foreign(const struct mapping_reader *reader, const json_t *root,
                           const struct json_place *place, const struct source_form *form)
{
    const struct source_traits *traits = source_traits_of(form->format);
    const struct {
        const char *name;
        bool allowed;
    } members[] = {
        {"encoding", traits->has_encoding}, {"delimiter", form->format == SOURCE_CSV},
        {"member", !traits->has_sheet},     {"sheet", traits->has_sheet},
        {"header_row", traits->has_header}, {"record_path", traits->has_record_path},
    };
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (!refuse_member(reader, root, place, members[i].name, members[i].allowed, traits))
            return false;
    }
    return true;
}

static bool read_encoding(const struct mapping_reader *reader, const json_t *root,
                          const struct json_place *place, struct source_form *form)
{
    const char *encoding = NULL;
    if (!json_get_text(root, "encoding", place, &encoding, reader->err))
        return false;
    return encoding_of(text_of(encoding), &form->encoding) ||
           json_error(place, reader->err,
                      "encoding: expected utf-8, gb18030 or utf-16, found \"%.40s\"", encoding);
}

static bool read_sheet(const struct mapping_reader *reader, const json_t *root,
                       const struct json_place *place, struct source_form *form)
{
    int64_t position = 1;
    form->sheet_position = 1;
    if (!json_has(root, "sheet"))
        return true;
    if (json_is_string(json_object_get(root, "sheet")))
        return mapping_keep_text(reader, root, "sheet", place, &form->sheet);
    if (!json_get_integer(root, "sheet", place, 1, SOURCE_SHEET_CAP, &position, reader->err))
        return false;
    form->sheet_position = (int)position;
    return true;
}

static bool read_header_pair(const struct mapping_reader *reader, const json_t *pair,
                             const struct json_place *place, struct source_form *form)
{
    json_int_t first = json_integer_value(json_array_get(pair, 0));
    json_int_t last = json_integer_value(json_array_get(pair, 1));
    if (json_array_size(pair) != 2 || first < 1 || last <= first || last > SOURCE_HEADER_ROW_CAP ||
        last - first >= SOURCE_HEADER_ROWS_CAP)
        return json_error(place, reader->err,
                          "header_row: expected the first and the last of 2 to %d rows up to %d",
                          SOURCE_HEADER_ROWS_CAP, SOURCE_HEADER_ROW_CAP);
    form->header_first = (int)first;
    form->header_last = (int)last;
    return true;
}

static bool read_header_row(const struct mapping_reader *reader, const json_t *root,
                            const struct json_place *place, struct source_form *form)
{
    int64_t row = 1;
    const json_t *value = json_object_get(root, "header_row");
    if (json_is_array(value))
        return read_header_pair(reader, value, place, form);
    if (json_has(root, "header_row") &&
        !json_get_integer(root, "header_row", place, 1, SOURCE_HEADER_ROW_CAP, &row, reader->err))
        return false;
    form->header_first = form->header_last = (int)row;
    return true;
}

static bool read_delimiter(const struct mapping_reader *reader, const json_t *root,
                           const struct json_place *place, struct source_form *form)
{
    form->delimiter = ',';
    /* '|' may be the second byte of a GB18030 character. */
    const char *allowed = form->encoding == ENCODING_GB18030 ? ",;\t" : ",;\t|";
    return !json_has(root, "delimiter") ||
           mapping_read_character(reader, root, "delimiter", place, allowed, &form->delimiter);
}

bool mapping_read_form(const struct mapping_reader *reader, const json_t *root,
                       const struct json_place *place, struct source_form *form)
{
    const char *name = "csv";
    if (json_has(root, "format") && !json_get_text(root, "format", place, &name, reader->err))
        return false;
    if (!source_format_of(text_of(name), &form->format))
        return json_error(place, reader->err,
                          "format: expected csv, xlsx, json, jsonl or xml, found \"%.40s\"", name);
    const struct source_traits *traits = source_traits_of(form->format);
    if (traits->needs_record_path && !json_has(root, "record_path"))
        return json_error(place, reader->err,
                          "record_path: a file of format \"%s\" needs it: the element that is a "
                          "record",
                          name);
    return refuse_foreign(reader, root, place, form) &&
           (!traits->has_encoding || read_encoding(reader, root, place, form)) &&
           read_delimiter(reader, root, place, form) && read_sheet(reader, root, place, form) &&
           read_header_row(reader, root, place, form) &&
           (!json_has(root, "member") ||
            mapping_keep_text(reader, root, "member", place, &form->member)) &&
           (!json_has(root, "record_path") ||
            mapping_keep_text(reader, root, "record_path", place, &form->record_path));
}

/* The names of columns that a mapping uses, each once. */
struct column_list {
    struct text *names;
    size_t count;
    size_t room;
};

static void add_column(struct column_list *list, const char *name)
{
    if (!name)
        return;
    for (size_t i = 0; i < list->count; i++) {
        if (text_is(list->names[i], name))
            return;
    }
    list->names[list->count++] = text_of(name);
}

bool mapping_collect_columns(const struct mapping_reader *reader, struct mapping *mapping)
{
    struct column_list list = {.room = mapping->kind->field_count + mapping->key_count +
                                       mapping->drop_count + 1 +
                                       MAPPING_SUBJECTS_CAP * (size_t)MAPPING_COLUMNS_CAP};
    list.names = arena_array(reader->arena, list.room, sizeof *list.names);
    if (!list.names)
        return arena_error(reader->arena, reader->err);
    for (size_t i = 0; i < mapping->key_count; i++)
        add_column(&list, mapping->key_columns[i]);
    for (size_t i = 0; i < mapping->subject_count; i++) {
        for (size_t j = 0; j < mapping->subjects[i].column_count; j++)
            add_column(&list, mapping->subjects[i].columns[j].column);
    }
    for (size_t i = 0; i < mapping->kind->field_count; i++)
        add_column(&list, mapping->fields[i].column);
    add_column(&list, mapping->known_at.column);
    for (size_t i = 0; i < mapping->drop_count; i++)
        add_column(&list, mapping->drop[i]);
    mapping->form.columns = list.names;
    mapping->form.column_count = list.count;
    return true;
}
