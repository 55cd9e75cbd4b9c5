/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "etl/load/frequency.h"

static void test_counts_and_ranks(void **state)
{
    struct frequency frequency = {.room = 0};
    (void)state;
    assert_true(frequency_add(&frequency, text_of("b"), 2));
    assert_true(frequency_add(&frequency, text_of("a"), 3));
    assert_true(frequency_add(&frequency, text_of("a"), 4));
    assert_true(frequency_add(&frequency, text_of("c"), 1));
    assert_true(frequency_add(&frequency, text_of(""), 9));
    assert_int_equal(frequency.distinct, 4);
    assert_int_equal(frequency_rank(&frequency, 3), 3);
    assert_string_equal(frequency.entries[0].text, "a");
    assert_int_equal(frequency.entries[0].count, 2);
    assert_int_equal(frequency.entries[0].line, 3);
    assert_string_equal(frequency.entries[1].text, "c");
    assert_string_equal(frequency.entries[2].text, "b");
    assert_int_equal(frequency_rank(&frequency, 10), 4);
    frequency_free(&frequency);
}

static void test_long_values_end_between_characters(void **state)
{
    char value[200];
    struct frequency frequency = {.room = 0};
    (void)state;
    memset(value, 'x', sizeof value);
    memcpy(value + FREQUENCY_TEXT_SIZE - 2, "局", 3);
    assert_true(frequency_add(&frequency, (struct text){value, sizeof value}, 1));
    assert_true(frequency_add(&frequency, (struct text){value, FREQUENCY_TEXT_SIZE - 2}, 2));
    assert_int_equal(frequency.distinct, 1);
    assert_int_equal(frequency_rank(&frequency, 1), 1);
    assert_int_equal(strlen(frequency.entries[0].text), FREQUENCY_TEXT_SIZE - 2);
    frequency_free(&frequency);
}

static void test_no_more_than_the_cap(void **state)
{
    char value[24];
    struct frequency frequency = {.room = 0};
    (void)state;
    for (int i = 0; i < FREQUENCY_CAP + 5; i++) {
        snprintf(value, sizeof value, "%d", i);
        assert_true(frequency_add(&frequency, text_of(value), i));
    }
    assert_true(frequency_add(&frequency, text_of("0"), 1));
    assert_int_equal(frequency.distinct, FREQUENCY_CAP);
    assert_int_equal(frequency.others, 5);
    assert_int_equal(frequency_rank(&frequency, 1), 1);
    assert_string_equal(frequency.entries[0].text, "0");
    frequency_free(&frequency);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_and_ranks),
        cmocka_unit_test(test_long_values_end_between_characters),
        cmocka_unit_test(test_no_more_than_the_cap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
