/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/catalog/catalog.h"
#include "models/codes/region.h"
#include "models/codes/tile.h"
#include "models/models.h"

enum { ARENA_CAP = 4 * 1024 * 1024 };

static struct arena arena;
static struct region_list regions;
static struct tile_map map;

static day parsed(const char *value)
{
    day result = DAY_NONE;
    assert_true(day_parse(text_of(value), &result));
    return result;
}

static int set_up(void **state)
{
    (void)state;
    models_init();
    arena_init(&arena, ARENA_CAP);
    const struct catalog_document *list = catalog_find("region/chongqing.json");
    const struct catalog_document *tiles = catalog_find("region/chongqing_tiles.json");
    struct error err;
    return list && tiles &&
                   region_read(list->data, list->size, list->name, &arena, &regions, &err) &&
                   tile_read(tiles->data, tiles->size, tiles->name, &arena, &map, &err)
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static const struct tile *tile_on(const char *code, const char *on)
{
    const struct tile_set *set = tile_set_on(&map, parsed(on));
    for (size_t i = 0; set && i < set->count; i++) {
        if (strcmp(set->tiles[i].code, code) == 0)
            return &set->tiles[i];
    }
    return NULL;
}

static void test_sets_by_day(void **state)
{
    (void)state;
    assert_null(tile_set_on(&map, parsed("2016-11-23")));
    assert_string_equal(tile_set_on(&map, parsed("2016-11-24"))->name, "38");
    assert_string_equal(tile_set_on(&map, parsed("2025-11-05"))->name, "38");
    assert_string_equal(tile_set_on(&map, parsed("2025-11-06"))->name, "37");
    assert_int_equal(tile_set_on(&map, parsed("2025-11-05"))->count, 38);
    assert_int_equal(tile_set_on(&map, parsed("2026-06-30"))->count, 37);
}

/* On the first and the last day of a set its tiles are the districts in force, each once. */
static void assert_districts(const struct tile_set *set, day on)
{
    size_t districts = 0;
    for (size_t i = 0; i < regions.count; i++)
        districts += regions.regions[i].parent[0] != '\0' && on >= regions.regions[i].valid_from &&
                     on <= regions.regions[i].valid_to;
    assert_int_equal(set->count, districts);
    for (size_t i = 0; i < set->count; i++)
        assert_non_null(region_find(&regions, text_of(set->tiles[i].code), on));
}

static void test_tiles_are_the_districts(void **state)
{
    (void)state;
    for (size_t i = 0; i < map.count; i++) {
        bool ends = map.sets[i].valid_to != DAY_LAST;
        assert_districts(&map.sets[i], map.sets[i].valid_from);
        assert_districts(&map.sets[i], ends ? map.sets[i].valid_to : parsed("2030-01-01"));
    }
}

/* One grid: the new district stands where the two stood, nothing else moves. */
static void test_nothing_moves(void **state)
{
    (void)state;
    const struct tile *new = tile_on("500157", "2025-11-06");
    const struct tile *above = tile_on("500112", "2025-11-05");
    const struct tile *below = tile_on("500105", "2025-11-05");
    assert_non_null(new);
    assert_int_equal(new->rows, 2);
    assert_true(new->row == above->row &&new->column == above->column);
    assert_true(new->row + 1 == below->row &&new->column == below->column);
    const struct tile_set *set = tile_set_on(&map, parsed("2025-11-06"));
    for (size_t i = 0; i < set->count; i++) {
        const struct tile *now = &set->tiles[i];
        const struct tile *then = tile_on(now->code, "2025-11-05");
        assert_true(now == new || (then && then->row == now->row && then->column == now->column));
    }
    assert_true(tile_on("500229", "2026-01-01")->row == 1);
    assert_true(tile_on("500118", "2026-01-01")->column == 1);
}

#define DOCUMENT(sets)                                                                             \
    "{\"tiles\":\"heng-tiles-1\",\"jurisdiction\":\"X\",\"title\":{\"zh\":\"z\",\"en\":\"e\"},"    \
    "\"set\":[" sets "]}"
#define SET(from, to, tiles)                                                                       \
    "{\"name\":\"" from "\",\"valid_from\":\"" from "\",\"valid_to\":\"" to "\",\"tile\":[" tiles  \
    "]}"
#define TILE(code, row, column) "{\"code\":\"" code "\",\"row\":" row ",\"column\":" column "}"

static void test_wrong_documents_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *document;
        const char *message;
    } wrong[] = {
        {"[]", "expected"},
        {"{\"tiles\":\"x\",\"jurisdiction\":\"X\",\"title\":{},\"set\":[]}", "heng-tiles-1"},
        {DOCUMENT(SET("2001-01-01", "2000-01-01", "")), "valid_to is before"},
        {DOCUMENT(SET("2000-01-01", "2001-01-01", "") "," SET("2001-01-01", "2002-01-01", "")),
         "for the same days"},
        {DOCUMENT(SET("2000-01-01", "2001-01-01", TILE("1", "0", "1"))), "row"},
        {DOCUMENT(SET("2000-01-01", "2001-01-01", TILE("1", "1", "41"))), "column"},
        {DOCUMENT(SET("2000-01-01", "2001-01-01",
                      "{\"code\":\"1\",\"row\":40,\"column\":1,\"rows\":2}")),
         "rows"},
        {DOCUMENT(SET("2000-01-01", "2001-01-01", TILE("1", "1", "1") "," TILE("1", "2", "1"))),
         "1 has two tiles"},
        {DOCUMENT(SET("2000-01-01", "2001-01-01",
                      "{\"code\":\"1\",\"row\":1,\"column\":1,\"rows\":2}," TILE("2", "2", "1"))),
         "2 and 1 stand in one place"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct tile_map out;
        struct error err;
        assert_false(
            tile_read(wrong[i].document, strlen(wrong[i].document), "test", &arena, &out, &err));
        assert_non_null(strstr(err.message, wrong[i].message));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sets_by_day),
        cmocka_unit_test(test_tiles_are_the_districts),
        cmocka_unit_test(test_nothing_moves),
        cmocka_unit_test(test_wrong_documents_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
