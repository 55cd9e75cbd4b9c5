/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view.h"

#include <stdio.h>
#include <string.h>

#include "models/core/json.h"

static const char KEY_PREFIX[] = "key_";

bool view_set(json_t *object, const char *member, json_t *value, struct error *err)
{
    return json_object_set_new(object, member, value) == 0 || error_memory(err);
}

bool view_append(json_t *array, json_t *value, struct error *err)
{
    return json_array_append_new(array, value) == 0 || error_memory(err);
}

/* "2026-11-24 02:19:44.5+00" as the server writes it becomes "2026-11-24T02:19:44.5+00:00". */
static json_t *moment_json(const char *text)
{
    size_t day_size = strcspn(text, " ");
    size_t size = strlen(text);
    bool short_zone = size > 3 && (text[size - 3] == '+' || text[size - 3] == '-');
    if (text[day_size] == '\0')
        return json_string(text); /* infinity */
    return json_sprintf("%.*sT%s%s", (int)day_size, text, text + day_size + 1,
                        short_zone ? ":00" : "");
}

static json_t *document_json(const char *text)
{
    struct error ignored;
    json_t *value = NULL;
    return json_read(text, strlen(text), "result", &value, &ignored) ? value : NULL;
}

json_t *view_cell_json(const struct db_rows *rows, int row, int column)
{
    const char *text = db_text(rows, row, column);
    if (db_is_null(rows, row, column))
        return json_null();
    switch (db_column_type(rows, column)) {
    case DB_INTEGER:
        return json_integer((json_int_t)db_integer(rows, row, column));
    case DB_BOOLEAN:
        return json_boolean(db_bool(rows, row, column));
    case DB_JSON:
        return document_json(text);
    case DB_MOMENT:
        return moment_json(text);
    case DB_OTHER:
        break;
    }
    return json_string(text);
}

bool view_is_key(const char *column)
{
    return strncmp(column, KEY_PREFIX, sizeof KEY_PREFIX - 1) == 0;
}

json_t *view_row_json(const struct db_rows *rows, int row)
{
    json_t *object = json_object();
    for (int i = 0; object && i < db_columns_count(rows); i++) {
        const char *name = db_column_name(rows, i);
        if (view_is_key(name))
            continue;
        if (json_object_set_new(object, name, view_cell_json(rows, row, i)) != 0) {
            json_decref(object);
            object = NULL;
        }
    }
    return object;
}

static bool rows_json(const struct db_rows *rows, json_t **out, struct error *err)
{
    json_t *list = json_array();
    for (int i = 0; list && i < db_rows_count(rows); i++) {
        if (json_array_append_new(list, view_row_json(rows, i)) != 0) {
            json_decref(list);
            list = NULL;
        }
    }
    *out = list;
    return list != NULL || error_memory(err);
}

bool view_rows(struct view *view, const char *statement, const char *const *parameters, int count,
               json_t **out, struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(view->db, statement, parameters, count, DB_ANY_COLUMNS, &rows, NULL, err))
        return false;
    bool good = rows_json(rows, out, err);
    db_rows_free(rows);
    return good;
}

bool view_row(struct view *view, const char *statement, const char *const *parameters, int count,
              const char *what, json_t **out, struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(view->db, statement, parameters, count, DB_ANY_COLUMNS, &rows, NULL, err))
        return false;
    int found = db_rows_count(rows);
    *out = found == 1 ? view_row_json(rows, 0) : NULL;
    db_rows_free(rows);
    if (found == 0)
        return error_set(err, ERROR_NOT_FOUND, NULL, "there is no such %s", what);
    if (found > 1)
        return error_set(err, ERROR_INTERNAL, statement, "expected one row, found %d", found);
    return *out != NULL || error_memory(err);
}

bool view_add_rows(struct view *view, const char *statement, const char *const *parameters,
                   int count, const char *member, json_t *answer, struct error *err)
{
    json_t *list = NULL;
    return view_rows(view, statement, parameters, count, &list, err) &&
           view_set(answer, member, list, err);
}

void view_stamp_read(const struct db_rows *rows, struct view_stamp *out)
{
    *out = (struct view_stamp){.known = true};
    if (db_rows_count(rows) == 0)
        return;
    out->run_id = db_integer(rows, 0, 3);
    snprintf(out->as_of, sizeof out->as_of, "%s", db_text(rows, 0, 0));
    snprintf(out->scheme, sizeof out->scheme, "%s", db_text(rows, 0, 1));
    snprintf(out->model_version, sizeof out->model_version, "%s", db_text(rows, 0, 2));
    snprintf(out->score_table, sizeof out->score_table, "%s", db_text(rows, 0, 4));
}

static json_t *model_json(const struct view_stamp *stamp)
{
    return json_pack("{s:s, s:s, s:I}", "scheme", stamp->scheme, "version", stamp->model_version,
                     "run", (json_int_t)stamp->run_id);
}

bool view_stamp_add(const struct view *view, json_t *answer, struct error *err)
{
    const struct view_stamp *stamp = &view->stamp;
    bool scored = stamp->run_id != 0;
    return view_set(answer, "as_of", scored ? json_string(stamp->as_of) : json_null(), err) &&
           view_set(answer, "data_version", json_string(view->data_version), err) &&
           view_set(answer, "model", scored ? model_json(stamp) : json_null(), err);
}

static bool stamp(struct view *view, json_t *answer, struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(view->db, VIEW_STAMP.statement, NULL, 0, VIEW_STAMP.columns, &rows, NULL, err))
        return false;
    view_stamp_read(rows, &view->stamp);
    db_rows_free(rows);
    return view_stamp_add(view, answer, err);
}

bool view_answer(struct view *view, view_fill *fill, const void *context, json_t **out,
                 struct error *err)
{
    json_t *answer = json_object();
    if (!answer)
        return error_memory(err);
    if (db_begin_snapshot(view->db, err) && stamp(view, answer, err) &&
        fill(view, context, answer, err) && db_commit(view->db, err)) {
        *out = answer;
        return true;
    }
    json_decref(answer);
    db_rollback(view->db);
    return false;
}
