/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_csv.h"

#include <stdio.h>
#include <stdlib.h>

#include "etl/store/view_title.h"

static void write_title(const struct view_csv *csv, const char *name)
{
    const char *title = view_title(name, csv->chinese);
    csv_write_text(csv->out, text_of(title ? title : name));
}

static void write_titles(const struct view_csv *csv, const char *column)
{
    char name[VIEW_TEXT_SIZE];
    const char *member = view_member(column, 0);
    if (!member)
        write_title(csv, column);
    for (size_t i = 0; member; member = view_member(column, ++i)) {
        snprintf(name, sizeof name, "%s.%s", column, member);
        write_title(csv, name);
    }
}

void view_csv_titles(const struct view_csv *csv, const struct db_rows *rows)
{
    for (int i = 0; i < db_columns_count(rows); i++) {
        if (!view_is_key(db_column_name(rows, i)))
            write_titles(csv, db_column_name(rows, i));
    }
    csv_write_end_row(csv->out);
}

static bool write_document(const struct view_csv *csv, const json_t *value, struct error *err)
{
    const json_t *zh = json_object_get(value, "zh");
    const json_t *en = json_object_get(value, "en");
    if (json_is_string(zh) && json_is_string(en)) {
        csv_write_text(csv->out, text_of(json_string_value(csv->chinese ? zh : en)));
        return true;
    }
    char *text = json_dumps(value, JSON_COMPACT);
    if (!text)
        return error_memory(err);
    csv_write_text(csv->out, text_of(text));
    free(text);
    return true;
}

static void write_code(const struct view_csv *csv, const char *column, const char *code)
{
    const char *label = csv->codes ? NULL : view_label(column, code, csv->chinese);
    csv_write_text(csv->out, text_of(label ? label : code));
}

static const char *boolean_text(const struct view_csv *csv, bool value)
{
    if (csv->codes)
        return value ? "true" : "false";
    if (csv->chinese)
        return value ? "是" : "否";
    return value ? "yes" : "no";
}

static bool write_value(const struct view_csv *csv, const char *column, const json_t *value,
                        struct error *err)
{
    if (!value || json_is_null(value))
        csv_write_empty(csv->out);
    else if (json_is_integer(value))
        csv_write_integer(csv->out, json_integer_value(value));
    else if (json_is_boolean(value))
        csv_write_text(csv->out, text_of(boolean_text(csv, json_is_true(value))));
    else if (json_is_string(value))
        write_code(csv, column, json_string_value(value));
    else
        return write_document(csv, value, err);
    return true;
}

static bool write_column(const struct view_csv *csv, const char *column, const json_t *value,
                         struct error *err)
{
    const char *member = view_member(column, 0);
    if (!member)
        return write_value(csv, column, value, err);
    for (size_t i = 0; member; member = view_member(column, ++i)) {
        if (!write_value(csv, member, json_object_get(value, member), err))
            return false;
    }
    return true;
}

bool view_csv_row(const struct view_csv *csv, const struct db_rows *rows, int row,
                  struct error *err)
{
    for (int i = 0; i < db_columns_count(rows); i++) {
        if (view_is_key(db_column_name(rows, i)))
            continue;
        json_t *value = view_cell_json(rows, row, i);
        bool good =
            value ? write_column(csv, db_column_name(rows, i), value, err) : error_memory(err);
        json_decref(value);
        if (!good)
            return false;
    }
    csv_write_end_row(csv->out);
    return true;
}
