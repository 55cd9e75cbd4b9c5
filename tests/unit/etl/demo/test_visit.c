/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "etl/demo/demo.h"
#include "etl/demo/visit.h"

enum { ENTITIES = 20000 };

static struct scene scene;

static int set_up(void **state)
{
    (void)state;
    scene_init(&scene, ENTITIES, 1, DEMO_UNTIL_DEFAULT);
    return 0;
}

static void check_visit(const struct firm *firm, const struct visit *visit)
{
    assert_true(visit->occurred_on >= scene.from && visit->occurred_on <= scene.until);
    assert_true(visit->occurred_on >= firm->registered_on);
    assert_true(firm->ended_on == DAY_NONE || visit->occurred_on <= firm->ended_on);
    assert_in_range(day_weekday(visit->occurred_on), 1, 5);
    assert_string_not_equal(visit->inspector_ids[0], visit->inspector_ids[1]);
    assert_true(visit->published_on == DAY_NONE || visit->published_on <= scene.until);
    assert_true(!visit->price || visit->occurred_on < scene.silent_from);
    assert_int_equal(strcmp(visit->result_codes, "1") == 0, strcmp(visit->result, "1") == 0);
}

static void test_mix_of_results(void **state)
{
    (void)state;
    unsigned total = 0;
    unsigned passed = 0;
    unsigned adverse = 0;
    unsigned strict[2] = {0};
    for (uint64_t i = 0; i < ENTITIES; i++) {
        struct firm firm;
        struct visit visits[VISIT_CAP];
        firm_of(&scene, i, &firm);
        size_t count = visit_of(&scene, &firm, visits);
        for (size_t v = 0; v < count; v++) {
            check_visit(&firm, &visits[v]);
            total++;
            passed += strcmp(visits[v].result, "1") == 0;
            adverse += visit_adverse(&visits[v]);
            if (visits[v].strict)
                strict[visit_adverse(&visits[v])]++;
        }
    }
    assert_in_range(total, ENTITIES * 5 / 2, ENTITIES * 16 / 5);
    /* 78 and 19 of 97. */
    assert_in_range(passed * 1000 / total, 770, 815);
    assert_in_range(adverse * 1000 / total, 180, 215);
    assert_true(strict[1] > strict[0] * 3 / 2);
}

static void test_adverse_results(void **state)
{
    (void)state;
    static const char *const results[] = {"1", "F", "7", "B", "C", "6", "E", "8"};
    for (size_t i = 0; i < 8; i++) {
        struct visit visit = {.result = results[i]};
        assert_int_equal(visit_adverse(&visit), i >= 3);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mix_of_results),
        cmocka_unit_test(test_adverse_results),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
