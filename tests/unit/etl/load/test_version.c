/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "etl/load/version.h"

static struct version_map map;

static int set_up(void **state)
{
    (void)state;
    return !version_map_init(&map);
}

static int tear_down(void **state)
{
    (void)state;
    version_map_free(&map);
    return 0;
}

/* The version the record gets, -1 when it repeats the one before it. */
static int enter(int64_t id, char content)
{
    unsigned char bytes[ROW_CONTENT_SIZE];
    int version = -2;
    bool repeats;
    memset(bytes, content, sizeof bytes);
    assert_true(version_map_enter(&map, id, bytes, &version, &repeats));
    assert_true(version >= 0);
    return repeats ? -1 : version;
}

static void test_versions_and_repeats(void **state)
{
    (void)state;
    assert_int_equal(enter(1, 'a'), 0);
    assert_int_equal(enter(2, 'a'), 0);
    assert_int_equal(enter(1, 'a'), -1);
    assert_int_equal(enter(1, 'b'), 1);
    assert_int_equal(enter(1, 'b'), -1);
    /* Back to what it was is a change, too. */
    assert_int_equal(enter(1, 'a'), 2);
    assert_int_equal(enter(2, 'a'), -1);
    assert_int_equal(map.count, 2);
}

static void test_the_last_byte_of_the_content_counts(void **state)
{
    (void)state;
    unsigned char content[ROW_CONTENT_SIZE] = {0};
    int version;
    bool repeats;
    assert_true(version_map_enter(&map, 1, content, &version, &repeats));
    content[ROW_CONTENT_SIZE - 1] = 1;
    assert_true(version_map_enter(&map, 1, content, &version, &repeats));
    assert_false(repeats);
    assert_int_equal(version, 1);
}

/* Far more records than the first room, many in one another's way: equal low bits. */
static void test_growth_keeps_every_record(void **state)
{
    (void)state;
    enum { RECORDS = 50000 };
    for (int64_t i = 0; i < RECORDS; i++) {
        assert_int_equal(enter(i << 8, 'a'), 0);
        assert_int_equal(enter(i << 8, (char)('b' + i % 7)), 1);
    }
    assert_int_equal(map.count, RECORDS);
    assert_true(2 * map.count <= map.room);
    for (int64_t i = 0; i < RECORDS; i++) {
        assert_int_equal(enter(i << 8, (char)('b' + i % 7)), -1);
        assert_int_equal(enter(i << 8, 'z'), 2);
    }
    assert_int_equal(map.count, RECORDS);
}

static void test_extreme_ids(void **state)
{
    (void)state;
    static const int64_t ids[] = {0, 1, INT64_MAX, INT64_MAX - 1};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        assert_int_equal(enter(ids[i], 'a'), 0);
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        assert_int_equal(enter(ids[i], 'a'), -1);
}

static void test_clear_forgets(void **state)
{
    (void)state;
    for (int64_t i = 0; i < 10000; i++)
        enter(i, 'a');
    size_t room = map.room;
    version_map_clear(&map);
    assert_int_equal(map.count, 0);
    assert_int_equal(map.room, room);
    for (int64_t i = 0; i < 10000; i++)
        assert_int_equal(enter(i, 'a'), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_versions_and_repeats, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_last_byte_of_the_content_counts, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_growth_keeps_every_record, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_extreme_ids, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_clear_forgets, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
