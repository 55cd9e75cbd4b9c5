/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_export.h"

#include <stdio.h>
#include <string.h>

#include "etl/store/view_csv.h"
#include "etl/store/view_title.h"

static const char *choose(const struct view_export *file, const char *zh, const char *en)
{
    return file->chinese ? zh : en;
}

static void write_pair(struct view_export *file, const char *zh, const char *en, const char *value)
{
    csv_write_text(&file->out, text_of(choose(file, zh, en)));
    csv_write_text(&file->out, text_of(value));
    csv_write_end_row(&file->out);
}

static const char *or_all(const struct view_export *file, const char *value)
{
    return value ? value : choose(file, "全部", "all");
}

static void name_model(const struct view_export *file, const json_t *model, char *out, size_t size)
{
    const char *scheme = json_string_value(json_object_get(model, "scheme"));
    const char *version = json_string_value(json_object_get(model, "version"));
    long long run = json_integer_value(json_object_get(model, "run"));
    if (file->chinese)
        snprintf(out, size, "%s %s（第 %lld 次评定）", scheme, version, run);
    else
        snprintf(out, size, "%s %s (run %lld)", scheme, version, run);
}

static void write_model(struct view_export *file, const json_t *answer)
{
    const json_t *model = json_object_get(answer, "model");
    const char *as_of = json_string_value(json_object_get(answer, "as_of"));
    const char *none = choose(file, "（尚无评定）", "(no run yet)");
    char name[256];
    if (json_is_object(model))
        name_model(file, model, name, sizeof name);
    write_pair(file, "数据截至", "As of", as_of ? as_of : none);
    write_pair(file, "数据版本", "Data version", file->data_version);
    write_pair(file, "模型", "Model", json_is_object(model) ? name : none);
}

static void write_cover(struct view_export *file, const struct view *view, const json_t *answer)
{
    const char *list = file->query.list->name;
    const char *title = view_list_title(list, file->chinese);
    csv_write_mark(&file->out);
    write_pair(file, "清单", "List", title ? title : list);
    write_pair(file, "筛选条件", "Filter",
               file->filter[0] ? file->filter : choose(file, "（无）", "(none)"));
    write_pair(file, "区县范围", "Scope: district", or_all(file, view->region_code));
    write_pair(file, "部门范围", "Scope: department", or_all(file, view->department_id));
    write_model(file, answer);
    write_pair(file, "导出人", "Exported by", file->user);
    write_pair(file, "导出时间", "Exported at", file->now);
    write_pair(file, "说明", "Note",
               choose(file, "各行出自同一数据版本；末行注明行数及是否完整。",
                      "All rows are of one data version; the last row tells their number and "
                      "whether they are all."));
    csv_write_end_row(&file->out);
}

static void write_end(struct view_export *file, const char *zh, const char *en)
{
    csv_write_end_row(&file->out);
    csv_write_text(&file->out, text_of(choose(file, zh, en)));
    csv_write_integer(&file->out, file->rows);
    csv_write_end_row(&file->out);
    file->ended = true;
}

static bool write_rows(struct view_export *file, const struct view_page *page, struct error *err)
{
    const struct view_csv csv = {&file->out, file->chinese, file->codes};
    if (file->rows == 0)
        view_csv_titles(&csv, page->rows);
    for (int i = 0; i < page->shown; i++) {
        if (!view_csv_row(&csv, page->rows, i, err))
            return false;
    }
    file->rows += page->shown;
    return true;
}

static bool fill_page(struct view_export *file, struct view *view, struct error *err)
{
    struct view_page page;
    file->query.cursor = file->cursor[0] ? file->cursor : NULL;
    file->query.limit = VIEW_EXPORT_ROWS;
    if (!view_page_fetch(view, &file->query, &page, err))
        return false;
    bool good = write_rows(file, &page, err);
    if (page.next)
        snprintf(file->cursor, sizeof file->cursor, "%s", page.next);
    view_page_free(&page);
    if (good && !page.next)
        write_end(file, "完整，行数：", "Complete; rows:");
    return good;
}

/* A view_fill. */
static bool fill(struct view *view, const void *context, json_t *answer, struct error *err)
{
    struct view_export *file = *(struct view_export *const *)context;
    struct change_state state;
    if (!change_fetch(view->db, &state, err))
        return false;
    if (!file->data_version[0]) {
        snprintf(file->data_version, sizeof file->data_version, "%s", state.data_version);
        write_cover(file, view, answer);
    }
    if (strcmp(file->data_version, state.data_version) == 0)
        return fill_page(file, view, err);
    write_end(file, "不完整：导出途中数据已变更，请重新导出。已导出行数：",
              "INCOMPLETE: the data changed during the export, export again. Rows so far:");
    return true;
}

bool view_export_next(struct view_export *file, struct view *view, struct error *err)
{
    json_t *answer = NULL;
    csv_write_clear(&file->out);
    if (!view_answer(view, fill, &file, &answer, err))
        return false;
    json_decref(answer);
    return csv_write_good(&file->out, err);
}

void view_export_reset(struct view_export *file)
{
    csv_write_reset(&file->out);
}
