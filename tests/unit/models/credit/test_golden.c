/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/credit/golden.h"

static struct golden_record record(int64_t decision, int64_t known_at, uint64_t id, int64_t amount)
{
    struct golden_record made = {.decision_id = decision, .known_at = known_at};
    made.fact = (struct credit_fact){
        .id = id, .amount_fen = amount, .occurred_on = 100, .ends_on = DAY_NONE};
    return made;
}

static void test_the_record_known_last_decides(void **state)
{
    (void)state;
    struct golden_record records[] = {record(7, 10, 1, 100), record(7, 30, 2, 300),
                                      record(7, 20, 3, 200)};
    assert_int_equal(golden_merge(records, 3), 1);
    assert_int_equal(records[0].fact.id, 2);
    assert_int_equal(records[0].fact.amount_fen, 300);
    assert_int_equal(records[0].fact.ends_on, DAY_NONE);
}

static void test_the_smaller_id_decides_between_equals(void **state)
{
    (void)state;
    struct golden_record records[] = {record(7, 10, 9, 900), record(7, 10, UINT64_MAX, 1),
                                      record(7, 10, 4, 400)};
    assert_int_equal(golden_merge(records, 3), 1);
    assert_int_equal(records[0].fact.id, 4);
}

static void test_the_earliest_end_holds(void **state)
{
    (void)state;
    struct golden_record records[] = {record(7, 30, 1, 1), record(7, 20, 2, 2), record(7, 10, 3, 3),
                                      record(7, 5, 4, 4)};
    records[1].fact.ends_on = 500;
    records[1].fact.ends_by = 1;
    records[2].fact.ends_on = 400;
    records[2].fact.ends_by = 2;
    records[3].fact.ends_on = 600;
    records[3].fact.ends_by = 3;
    assert_int_equal(golden_merge(records, 4), 1);
    assert_int_equal(records[0].fact.id, 1);
    assert_int_equal(records[0].fact.ends_on, 400);
    assert_int_equal(records[0].fact.ends_by, 2);
}

static void test_the_deciding_record_keeps_its_earlier_end(void **state)
{
    (void)state;
    struct golden_record records[] = {record(7, 30, 1, 1), record(7, 20, 2, 2)};
    records[0].fact.ends_on = 300;
    records[0].fact.ends_by = 1;
    records[1].fact.ends_on = 400;
    records[1].fact.ends_by = 2;
    assert_int_equal(golden_merge(records, 2), 1);
    assert_int_equal(records[0].fact.ends_on, 300);
    assert_int_equal(records[0].fact.ends_by, 1);
}

static void test_other_decisions_stay(void **state)
{
    (void)state;
    struct golden_record records[] = {record(9, 1, 1, 1), record(7, 1, 2, 2), record(9, 2, 3, 3),
                                      record(INT64_MAX, 1, 4, 4), record(0, 1, 5, 5)};
    assert_int_equal(golden_merge(records, 5), 4);
    assert_int_equal(records[0].fact.id, 5);
    assert_int_equal(records[1].fact.id, 2);
    assert_int_equal(records[2].fact.id, 3);
    assert_int_equal(records[3].fact.id, 4);
    assert_int_equal(golden_merge(NULL, 0), 0);
    assert_int_equal(golden_merge(records, 1), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_record_known_last_decides),
        cmocka_unit_test(test_the_smaller_id_decides_between_equals),
        cmocka_unit_test(test_the_earliest_end_holds),
        cmocka_unit_test(test_the_deciding_record_keeps_its_earlier_end),
        cmocka_unit_test(test_other_decisions_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
