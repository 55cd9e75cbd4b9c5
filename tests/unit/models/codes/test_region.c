/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/catalog/catalog.h"
#include "models/codes/region.h"
#include "models/models.h"

enum { ARENA_CAP = 4 * 1024 * 1024 };

static struct arena arena;
static struct region_list list;

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
    const struct catalog_document *document = catalog_find("region/chongqing.json");
    struct error err;
    return document &&
                   region_read(document->data, document->size, document->name, &arena, &list, &err)
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static const char *name_on(const char *code, const char *on)
{
    const struct region *region = region_find(&list, text_of(code), parsed(on));
    return region ? region->name : "";
}

static int county_level_on(const char *on)
{
    int count = 0;
    for (size_t i = 0; i < list.count; i++) {
        const struct region *region = &list.regions[i];
        count += region->kind != REGION_PROVINCE && parsed(on) >= region->valid_from &&
                 parsed(on) <= region->valid_to;
    }
    return count;
}

static void test_number_of_divisions_over_time(void **state)
{
    (void)state;
    assert_int_equal(county_level_on("2001-12-31"), 40);
    assert_int_equal(county_level_on("2010-12-31"), 40);
    assert_int_equal(county_level_on("2021-01-01"), 38);
    assert_int_equal(county_level_on("2025-11-05"), 38);
    assert_int_equal(county_level_on("2025-11-06"), 37);
}

static void test_a_code_names_what_it_named_that_day(void **state)
{
    (void)state;
    assert_string_equal(name_on("500110", "2010-01-01"), "万盛区");
    assert_string_equal(name_on("500110", "2011-10-21"), "万盛区");
    assert_string_equal(name_on("500110", "2011-10-22"), "綦江区");
    assert_string_equal(name_on("500105", "2025-11-05"), "江北区");
    assert_string_equal(name_on("500105", "2025-11-06"), "");
    assert_string_equal(name_on("500157", "2025-11-05"), "");
    assert_string_equal(name_on("500157", "2026-06-30"), "两江新区");
    assert_string_equal(name_on("500000", "2026-06-30"), "重庆市");
    assert_string_equal(name_on("50010", "2026-06-30"), "");
    assert_string_equal(name_on("", "2026-06-30"), "");
}

static const char *present(const char *code, const char *known_on, const char *on)
{
    const struct region *region =
        region_present(&list, text_of(code), parsed(known_on), parsed(on));
    return region ? region->code : "";
}

static void test_what_an_old_code_is_today(void **state)
{
    (void)state;
    assert_string_equal(present("500222", "2009-01-01", "2026-01-01"), "500110");
    assert_string_equal(present("500110", "2009-01-01", "2026-01-01"), "500110");
    assert_string_equal(present("500381", "2005-01-01", "2026-01-01"), "500116");
    assert_string_equal(present("500105", "2021-01-01", "2026-01-01"), "500157");
    assert_string_equal(present("500105", "2021-01-01", "2025-11-05"), "500105");
    assert_string_equal(present("500103", "2000-01-01", "2026-01-01"), "500103");
}

static void test_a_split_district_has_no_single_heir(void **state)
{
    (void)state;
    assert_string_equal(present("500112", "2021-01-01", "2026-01-01"), "");
    assert_string_equal(present("500109", "2021-01-01", "2026-01-01"), "");
    assert_string_equal(present("500109", "2025-12-01", "2026-01-01"), "500109");
    assert_string_equal(present("999999", "2021-01-01", "2026-01-01"), "");
}

#define REGION(code, from, to)                                                                     \
    "{\"code\":\"" code "\",\"name\":\"n\",\"kind\":\"ward\",\"valid_from\":\"" from               \
    "\",\"valid_to\":" to "}"
#define DOCUMENT(regions, successions)                                                             \
    "{\"regions\":\"heng-regions-1\",\"jurisdiction\":\"X\",\"region\":[" regions                  \
    "],\"succession\":[" successions "]}"

static void test_wrong_documents_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *document;
        const char *message;
    } wrong[] = {
        {"{}", "regions: expected a string"},
        {"{\"regions\":\"x\",\"jurisdiction\":\"X\",\"region\":[],\"succession\":[]}",
         "expected \"heng-regions-1\""},
        {DOCUMENT("{\"code\":\"1\",\"name\":\"n\",\"kind\":\"moon\",\"valid_from\":\"2000-01-01\"}",
                  ""),
         "region[0]: kind"},
        {DOCUMENT(REGION("1", "2000-01-01", "\"1999-01-01\""), ""), "valid_to is before"},
        {DOCUMENT(REGION("1", "2000-01-01", "null") "," REGION("1", "2010-01-01", "null"), ""),
         "code 1 is valid twice"},
        {DOCUMENT(REGION("1", "2000-01-01", "null"),
                  "{\"on\":\"2010-01-01\",\"from\":\"1\",\"to\":\"2\",\"extent\":\"whole\"}"),
         "found 1 and 2"},
        {DOCUMENT(REGION("1", "2000-01-01", "null"),
                  "{\"on\":\"2010-01-01\",\"from\":\"1\",\"to\":\"1\",\"extent\":\"half\"}"),
         "expected whole or part"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct region_list out;
        struct error err;
        assert_false(
            region_read(wrong[i].document, strlen(wrong[i].document), "test", &arena, &out, &err));
        assert_non_null(strstr(err.message, wrong[i].message));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_number_of_divisions_over_time),
        cmocka_unit_test(test_a_code_names_what_it_named_that_day),
        cmocka_unit_test(test_what_an_old_code_is_today),
        cmocka_unit_test(test_a_split_district_has_no_single_heir),
        cmocka_unit_test(test_wrong_documents_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
