/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "etl/demo/demo.h"
#include "etl/demo/firm.h"

enum { ENTITIES = 20000 };

static struct scene scene;

static int set_up(void **state)
{
    (void)state;
    scene_init(&scene, ENTITIES, 1, DEMO_UNTIL_DEFAULT);
    return 0;
}

static void assert_same_firm(const struct firm *a, const struct firm *b)
{
    assert_string_equal(a->code, b->code);
    assert_string_equal(a->name, b->name);
    assert_string_equal(a->registration_number, b->registration_number);
    assert_ptr_equal(a->area, b->area);
    assert_ptr_equal(a->trade, b->trade);
    assert_int_equal(a->registered_on, b->registered_on);
    assert_int_equal(a->status, b->status);
    assert_true(a->capital_yuan == b->capital_yuan);
}

static void test_a_firm_needs_no_predecessors(void **state)
{
    (void)state;
    struct firm alone;
    struct firm in_turn;
    firm_of(&scene, 7777, &alone);
    for (uint64_t i = 7700; i <= 7777; i++)
        firm_of(&scene, i, &in_turn);
    assert_same_firm(&alone, &in_turn);
}

static void test_seed_changes_the_firms(void **state)
{
    (void)state;
    struct scene other;
    struct firm a;
    struct firm b;
    scene_init(&other, ENTITIES, 2, DEMO_UNTIL_DEFAULT);
    firm_of(&scene, 5, &a);
    firm_of(&other, 5, &b);
    assert_string_not_equal(a.name, b.name);
}

static void test_shares(void **state)
{
    (void)state;
    unsigned kinds[3] = {0};
    unsigned statuses[4] = {0};
    unsigned retail = 0;
    for (uint64_t i = 0; i < ENTITIES; i++) {
        struct firm firm;
        firm_of(&scene, i, &firm);
        kinds[firm.kind]++;
        statuses[firm.status]++;
        retail += firm.trade->section == 'F';
        assert_true(firm.registered_on <= DEMO_UNTIL_DEFAULT);
        assert_true((firm.ended_on == DAY_NONE) == (firm.status == FIRM_ACTIVE));
        assert_true(firm.ended_on == DAY_NONE || firm.ended_on > firm.registered_on);
    }
    assert_in_range(kinds[FIRM_INDIVIDUAL], 3800, 4300);
    assert_in_range(kinds[FIRM_COOPERATIVE], 330, 470);
    assert_in_range(statuses[FIRM_DEREGISTERED], 1080, 1320);
    assert_in_range(statuses[FIRM_REVOKED], 150, 250);
    assert_in_range(statuses[FIRM_MOVED_OUT], 35, 90);
    assert_in_range(retail, 6000, 8000);
}

static void test_names_are_marked_and_unlike_each_other(void **state)
{
    (void)state;
    struct firm a;
    struct firm b;
    for (uint64_t i = 1; i < 2000; i++) {
        firm_of(&scene, i - 1, &a);
        firm_of(&scene, i, &b);
        assert_non_null(strstr(b.name, "示例"));
        assert_string_not_equal(a.name, b.name);
        assert_string_not_equal(a.code + 8, b.code + 8);
    }
}

static void test_districts_move_and_codes_stay(void **state)
{
    (void)state;
    unsigned moved = 0;
    for (uint64_t i = 0; i < ENTITIES; i++) {
        struct firm firm;
        firm_of(&scene, i, &firm);
        struct firm_version before = firm_version_on(&firm, &scene, scene.snapshot_on);
        struct firm_version after = firm_version_on(&firm, &scene, scene.until);
        if (strcmp(before.region_code, "500105") == 0)
            assert_string_equal(after.region_code, "500157");
        if (strcmp(before.region_code, "500112") == 0)
            assert_true(strcmp(after.region_code, "500157") == 0 ||
                        strcmp(after.region_code, "500109") == 0);
        assert_string_not_equal(after.region_code, "500105");
        assert_string_not_equal(after.region_code, "500112");
        moved += strcmp(before.region_code, after.region_code) != 0;
        assert_true(firm_version_equal(&before, &before));
    }
    assert_in_range(moved, ENTITIES / 12, ENTITIES / 6);
}

static void test_the_ring_shares_a_person_and_an_address(void **state)
{
    (void)state;
    struct firm first;
    char first_address[FIRM_ADDRESS_SIZE];
    firm_of(&scene, scene_index_of(&scene, SCENE_RING, 0), &first);
    firm_address_on(&first, scene.until, first_address);
    for (unsigned slot = 1; slot < SCENE_RING_FIRMS; slot++) {
        struct firm firm;
        char address[FIRM_ADDRESS_SIZE];
        firm_of(&scene, scene_index_of(&scene, SCENE_RING, slot), &firm);
        firm_address_on(&firm, scene.until, address);
        assert_string_equal(firm.person, first.person);
        assert_string_equal(address, first_address);
        assert_int_equal(firm.status, FIRM_ACTIVE);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_firm_needs_no_predecessors),
        cmocka_unit_test(test_seed_changes_the_firms),
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_names_are_marked_and_unlike_each_other),
        cmocka_unit_test(test_districts_move_and_codes_stay),
        cmocka_unit_test(test_the_ring_shares_a_person_and_an_address),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
