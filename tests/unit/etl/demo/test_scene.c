/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "etl/demo/demo.h"
#include "etl/demo/scene.h"

static day parsed(const char *value)
{
    day result = DAY_NONE;
    assert_true(day_parse(text_of(value), &result));
    return result;
}

static void test_named_days_are_what_they_say(void **state)
{
    (void)state;
    assert_int_equal(DEMO_UNTIL_DEFAULT, parsed("2026-06-30"));
    assert_int_equal(DEMO_UNTIL_MIN, parsed("2020-01-01"));
    assert_int_equal(DEMO_UNTIL_MAX, parsed("2035-12-31"));
    assert_int_equal(AREA_CHANGED_ON, parsed("2025-11-06"));
}

static void test_default_scene(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 20000, 1, DEMO_UNTIL_DEFAULT);
    assert_int_equal(scene.from, parsed("2023-07-02"));
    assert_int_equal(scene.snapshot_on, parsed("2025-09-30"));
    assert_int_equal(scene.surge_week, parsed("2026-06-15"));
    assert_int_equal(scene.surge_first_week, parsed("2026-04-13"));
    assert_int_equal(scene.silent_from, parsed("2026-04-01"));
    assert_int_equal(scene.holiday_received_on, parsed("2026-06-18"));
    assert_true(scene.surge_area != scene.ring_area && scene.ring_area != scene.strict_area);
}

static void test_scene_before_the_districts_changed(void **state)
{
    (void)state;
    struct scene scene;
    scene_init(&scene, 100, 1, parsed("2025-11-05"));
    assert_int_equal(scene.snapshot_on, DAY_NONE);
    assert_int_equal(scene.holiday_received_on, DAY_NONE);
}

static void test_surge_week_is_closed_whatever_the_last_day(void **state)
{
    (void)state;
    struct scene scene;
    for (day until = DEMO_UNTIL_MIN; until < DEMO_UNTIL_MIN + 21; until++) {
        scene_init(&scene, 100, 1, until);
        assert_int_equal(day_weekday(scene.surge_week), 1);
        assert_true(scene.surge_week + 13 <= until && scene.surge_week + 20 > until);
    }
}

static void count_roles(uint64_t entities)
{
    struct scene scene;
    unsigned counts[SCENE_HOLIDAY + 1] = {0};
    scene_init(&scene, entities, 1, DEMO_UNTIL_DEFAULT);
    for (uint64_t i = 0; i < entities; i++) {
        unsigned slot;
        enum scene_role role = scene_role_of(&scene, i, &slot);
        counts[role]++;
        if (role != SCENE_ORDINARY)
            assert_true(scene_index_of(&scene, role, slot) == i);
    }
    assert_int_equal(counts[SCENE_SURGE], SCENE_SURGE_FIRMS);
    assert_int_equal(counts[SCENE_RING], SCENE_RING_FIRMS);
    assert_int_equal(counts[SCENE_OVERDUE], SCENE_OVERDUE_FIRMS);
    assert_int_equal(counts[SCENE_LATE], SCENE_LATE_FIRMS);
    assert_int_equal(counts[SCENE_HOLIDAY], SCENE_HOLIDAY_FIRMS);
}

static void test_every_role_is_played_at_any_size(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {DEMO_ENTITIES_MIN, 101, 997, 20000, DEMO_ENTITIES_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        count_roles(sizes[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_named_days_are_what_they_say),
        cmocka_unit_test(test_default_scene),
        cmocka_unit_test(test_scene_before_the_districts_changed),
        cmocka_unit_test(test_surge_week_is_closed_whatever_the_last_day),
        cmocka_unit_test(test_every_role_is_played_at_any_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
