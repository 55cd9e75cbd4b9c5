/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "etl/demo/demo.h"
#include "etl/demo/records.h"

enum { ENTITIES = 20000 };

static struct scene scene;

static int set_up(void **state)
{
    (void)state;
    scene_init(&scene, ENTITIES, 1, DEMO_UNTIL_DEFAULT);
    return 0;
}

static void test_shares(void **state)
{
    (void)state;
    unsigned penalised = 0;
    unsigned abnormal = 0;
    unsigned removed = 0;
    unsigned serious = 0;
    unsigned debtors = 0;
    for (uint64_t i = 0; i < ENTITIES; i++) {
        struct firm firm;
        struct records_penalty penalties[RECORDS_PENALTY_CAP];
        struct records_listing listings[RECORDS_LISTING_CAP];
        firm_of(&scene, i, &firm);
        penalised += records_penalties(&scene, &firm, penalties) > 0;
        size_t count = records_listings(&scene, &firm, listings);
        for (size_t l = 0; l < count; l++) {
            bool is_abnormal = strcmp(listings[l].list, "经营异常名录") == 0;
            abnormal += is_abnormal;
            removed += is_abnormal && listings[l].removed_on != DAY_NONE;
            serious += strcmp(listings[l].list, "严重违法失信名单") == 0;
            debtors += strcmp(listings[l].list, "失信被执行人") == 0;
            assert_true(listings[l].removed_on == DAY_NONE ||
                        listings[l].removed_on > listings[l].listed_on);
        }
    }
    assert_in_range(penalised, 700, 940);
    assert_in_range(abnormal, 500, 700);
    assert_in_range(removed * 100 / abnormal, 35, 62);
    assert_in_range(serious, 70, 140);
    assert_in_range(debtors, 50, 120);
}

static void test_the_ring_is_tied_and_adverse(void **state)
{
    (void)state;
    for (unsigned slot = 0; slot < SCENE_RING_FIRMS; slot++) {
        struct firm firm;
        struct records_penalty penalties[RECORDS_PENALTY_CAP];
        struct records_listing listings[RECORDS_LISTING_CAP];
        struct records_relation relations[RECORDS_RELATION_CAP];
        firm_of(&scene, scene_index_of(&scene, SCENE_RING, slot), &firm);
        assert_int_equal(records_penalties(&scene, &firm, penalties), 2);
        assert_int_equal(records_listings(&scene, &firm, listings), 1);
        assert_int_equal(listings[0].removed_on, DAY_NONE);
        size_t count = records_relations(&scene, &firm, relations);
        assert_int_equal(count, 2 * (SCENE_RING_FIRMS - 1));
        for (size_t r = 0; r < count; r++) {
            unsigned other;
            assert_int_equal(scene_role_of(&scene, relations[r].related_index, &other), SCENE_RING);
            assert_int_not_equal(other, slot);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),
        cmocka_unit_test(test_the_ring_is_tied_and_adverse),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
