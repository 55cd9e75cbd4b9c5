/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_board.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/store/view_judge.h"
#include "etl/store/view_value.h"
#include "models/catalog/catalog.h"
#include "models/codes/tile.h"

#define SHIPPED_TILES "region/chongqing_tiles.json"

/* The tile map of a day. */
struct grid {
    const char *district_set; /* NULL = none on that day */
    const char *tiles;        /* JSON array of {region_code, row, column, rows} */
};

static json_t *tiles_json(const struct tile_set *set)
{
    json_t *array = json_array();
    for (size_t i = 0; set && i < set->count; i++) {
        const struct tile *tile = &set->tiles[i];
        if (json_array_append_new(array, json_pack("{s:s, s:i, s:i, s:i}", "region_code",
                                                   tile->code, "row", tile->row, "column",
                                                   tile->column, "rows", tile->rows)) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static bool write_tiles(const struct tile_set *set, struct arena *arena, const char **out,
                        struct error *err)
{
    json_t *array = tiles_json(set);
    char *text = array ? json_dumps(array, JSON_COMPACT) : NULL;
    json_decref(array);
    if (!text)
        return error_memory(err);
    *out = arena_copy(arena, text, strlen(text));
    free(text);
    return *out || arena_error(arena, err);
}

static bool read_grid(struct view *view, const char *on, struct grid *out, struct error *err)
{
    const struct catalog_document *document = catalog_find(SHIPPED_TILES);
    struct tile_map map;
    day date = DAY_NONE;
    bool is_day = day_parse(text_of(on), &date);
    assert(is_day);
    if (!document)
        return error_set(err, ERROR_INTERNAL, SHIPPED_TILES, "is not in the catalogue");
    if (!tile_read(document->data, document->size, document->name, view->arena, &map, err))
        return false;
    const struct tile_set *set = tile_set_on(&map, date);
    out->district_set = set ? set->name : NULL;
    return write_tiles(set, view->arena, &out->tiles, err);
}

static bool set_district_set(const struct grid *grid, json_t *answer, struct error *err)
{
    json_t *name = grid->district_set ? json_string(grid->district_set) : json_null();
    return view_set(answer, "district_set", name, err);
}

/* Values of view_judge.h into parameters, in the order of the names. */
static bool judge(struct view *view, const char *const *names, const char **out, struct error *err)
{
    for (; *names; names++, out++) {
        if (!view_judge_value(view, *names, out, err))
            return false;
    }
    return true;
}

static bool add_region(struct view *view, const char *region_code, json_t *answer,
                       struct error *err)
{
    json_t *region = NULL;
    if (!region_code)
        return view_set(answer, "region", json_null(), err);
    return view_row(view, "view/region.sql", &region_code, 1, "region", &region, err) &&
           view_set(answer, "region", region, err);
}

/* The members of the row become members of the answer. */
static bool add_register(struct view *view, const char *region_code, json_t *answer,
                         struct error *err)
{
    static const char *const names[] = {"@classes", "@judged_on", "@judged_outcomes",
                                        "@adverse_outcomes", NULL};
    char run[VIEW_NUMBER_SIZE];
    struct grid grid = {.tiles = NULL};
    json_t *row = NULL;
    snprintf(run, sizeof run, "%" PRId64, view->stamp.run_id);
    const char *parameters[] = {
        region_code, view->department_id, view->stamp.score_table, run, NULL, NULL, NULL, NULL,
        NULL,        view->today};
    if (!judge(view, names, parameters + 4, err) || !read_grid(view, parameters[5], &grid, err))
        return false;
    parameters[8] = grid.tiles;
    if (!view_row(view, "view/summary.sql", parameters, 10, "register", &row, err))
        return false;
    bool good = json_object_update(answer, row) == 0 || error_memory(err);
    json_decref(row);
    return good && set_district_set(&grid, answer, err);
}

static bool add_complaints(struct view *view, const char *region_code, json_t *answer,
                           struct error *err)
{
    static const char *const names[] = {"@judged_on", "@deadline_jurisdiction", "@deadline_from",
                                        "@deadline_days", NULL};
    const char *parameters[5] = {region_code};
    json_t *row = NULL;
    return judge(view, names, parameters + 1, err) &&
           view_row(view, "view/summary_complaints.sql", parameters, 5, "complaints", &row, err) &&
           view_set(answer, "complaints", row, err);
}

/* The rows of the list of sources; the board calls rows_in rows. */
static bool add_sources(struct view *view, json_t *answer, struct error *err)
{
    char limit[VIEW_NUMBER_SIZE];
    size_t index;
    json_t *source;
    snprintf(limit, sizeof limit, "%d", DB_ROWS_CAP);
    const char *parameters[] = {view->today, NULL, NULL, limit};
    if (!view_judge_value(view, "@utc_offset", &parameters[1], err) ||
        !view_add_rows(view, "view/sources.sql", parameters, 4, "sources", answer, err))
        return false;
    json_array_foreach(json_object_get(answer, "sources"), index, source)
    {
        json_t *rows = json_object_get(source, "rows_in");
        if (!view_set(source, "rows", json_incref(rows), err))
            return false;
        json_object_del(source, "rows_in");
    }
    return true;
}

bool view_board_summary(struct view *view, const void *context, json_t *answer, struct error *err)
{
    const char *region_code = context;
    return view_value_check("region_code", region_code, err) &&
           add_region(view, region_code, answer, err) &&
           add_register(view, region_code, answer, err) &&
           add_complaints(view, region_code, answer, err) && add_sources(view, answer, err);
}

bool view_board_register(struct view *view, const void *context, json_t *answer, struct error *err)
{
    char limit[VIEW_NUMBER_SIZE];
    snprintf(limit, sizeof limit, "%d", DB_ROWS_CAP);
    const char *parameters[] = {
        view->region_code, context, view->stamp.score_table, NULL, NULL, limit};
    return view_value_check("by", context, err) &&
           view_add_rows(view, "view/register.sql", parameters, 6, "rows", answer, err);
}

bool view_board_regions(struct view *view, const void *context, json_t *answer, struct error *err)
{
    struct grid grid = {.tiles = NULL};
    const char *parameters[2] = {context};
    if (!view_value_check("on", context, err) ||
        (!context && !view_judge_value(view, "@judged_on", &parameters[0], err)) ||
        !read_grid(view, parameters[0], &grid, err))
        return false;
    parameters[1] = grid.tiles;
    return view_set(answer, "on", json_string(parameters[0]), err) &&
           set_district_set(&grid, answer, err) &&
           view_add_rows(view, "view/regions.sql", parameters, 2, "items", answer, err);
}
