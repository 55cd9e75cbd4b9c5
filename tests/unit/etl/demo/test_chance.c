/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "etl/demo/chance.h"

static void test_the_same_place_gives_the_same_number(void **state)
{
    (void)state;
    struct chance a = chance_start(7, CHANCE_FIRM, 42);
    struct chance other = chance_start(7, CHANCE_FIRM, 41);
    chance_next(&other);
    struct chance b = chance_start(7, CHANCE_FIRM, 42);
    for (int i = 0; i < 10; i++)
        assert_true(chance_next(&a) == chance_next(&b));
}

static void test_seed_stream_and_index_all_matter(void **state)
{
    (void)state;
    struct chance base = chance_start(7, CHANCE_FIRM, 42);
    struct chance others[] = {
        chance_start(8, CHANCE_FIRM, 42),
        chance_start(7, CHANCE_VISIT, 42),
        chance_start(7, CHANCE_FIRM, 43),
    };
    uint64_t first = chance_next(&base);
    for (size_t i = 0; i < 3; i++)
        assert_true(chance_next(&others[i]) != first);
}

/* The first outputs of SplitMix64 from state 0, as published with the algorithm. */
static void test_splitmix64_vectors(void **state)
{
    (void)state;
    struct chance chance = {0};
    assert_true(chance_next(&chance) == UINT64_C(0xE220A8397B1DCDAF));
    assert_true(chance_next(&chance) == UINT64_C(0x6E789E6AA1B965F4));
    assert_true(chance_next(&chance) == UINT64_C(0x06C45D188009454F));
}

static void test_ranges_and_shares(void **state)
{
    (void)state;
    struct chance chance = chance_start(1, CHANCE_FIRM, 0);
    static const uint32_t weights[] = {1, 0, 3};
    unsigned picked[3] = {0};
    unsigned hits = 0;
    unsigned ends = 0;
    for (int i = 0; i < 40000; i++) {
        int32_t between = chance_between(&chance, -2, 2);
        assert_in_range(between + 2, 0, 4);
        ends += between == -2 || between == 2;
        picked[chance_pick(&chance, weights, 3)]++;
        hits += chance_hit(&chance, 250000);
    }
    assert_int_equal(picked[1], 0);
    assert_in_range(picked[0], 9500, 10500);
    assert_in_range(hits, 9500, 10500);
    assert_in_range(ends, 15400, 16600);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_same_place_gives_the_same_number),
        cmocka_unit_test(test_seed_stream_and_index_all_matter),
        cmocka_unit_test(test_splitmix64_vectors),
        cmocka_unit_test(test_ranges_and_shares),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
