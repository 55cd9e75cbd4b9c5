/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/clock.h"

static void test_moments(void **state)
{
    (void)state;
    char text[MOMENT_TEXT_SIZE];
    assert_string_equal(clock_moment(0, 0, text), "1970-01-01 00:00:00+00:00");
    assert_string_equal(clock_moment(0, 480, text), "1970-01-01 08:00:00+08:00");
    assert_string_equal(clock_moment(-1, 0, text), "1969-12-31 23:59:59+00:00");
    char instant[CLOCK_INSTANT_SIZE];
    assert_string_equal(clock_instant(-1, 0, instant), "1969-12-31 23:59:59.999999+00:00");
    assert_string_equal(clock_instant(1000, 480, instant), "1970-01-01 08:00:00.001000+08:00");
    assert_string_equal(clock_moment(0, -210, text), "1969-12-31 20:30:00-03:30");
    assert_string_equal(clock_moment(1782835199999999, 480, text), "2026-06-30 23:59:59+08:00");
}

static void test_the_day_turns_at_local_midnight(void **state)
{
    (void)state;
    const int64_t hour_us = INT64_C(3600000000);
    assert_int_equal(clock_day_of(16 * hour_us - 1, 480), 0);
    assert_int_equal(clock_day_of(16 * hour_us, 480), 1);
    assert_int_equal(clock_day_of(-1, 0), -1);
}

static void test_clocks_run(void **state)
{
    (void)state;
    int64_t start_ms = clock_monotonic_ms();
    clock_sleep_ms(20);
    assert_true(clock_monotonic_ms() - start_ms >= 15);
    assert_true(clock_now_us() > INT64_C(1700000000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moments),
        cmocka_unit_test(test_the_day_turns_at_local_midnight),
        cmocka_unit_test(test_clocks_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
