/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/core/day.h"

static day parsed(const char *value)
{
    day result = DAY_NONE;
    assert_true(day_parse(text_of(value), &result));
    return result;
}

static void test_every_day_round_trips(void **state)
{
    (void)state;
    char text[DAY_TEXT_SIZE];
    for (day value = DAY_FIRST; value <= DAY_LAST; value++) {
        day back;
        assert_true(day_of_civil(day_to_civil(value), &back));
        assert_int_equal(value, back);
        if (value % 97 == 0)
            assert_int_equal(value, parsed(day_format(value, text)));
    }
}

static void test_known_days(void **state)
{
    (void)state;
    assert_int_equal(parsed("1970-01-01"), 0);
    assert_int_equal(parsed("2000-01-01"), 10957);
    assert_int_equal(parsed("0001-01-01"), DAY_FIRST);
    assert_int_equal(parsed("9999-12-31"), DAY_LAST);
    assert_int_equal(day_weekday(parsed("2026-11-23")), 1);
    assert_int_equal(day_weekday(parsed("2012-09-09")), 7);
    assert_int_equal(day_week_start(parsed("2012-09-09")), parsed("2012-09-03"));
}

static void test_dates_that_do_not_exist_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"2023-02-29", "1900-02-29", "2023-13-01", "2023-00-10",
                                      "2023-04-31", "0000-01-01", "2023-4-01",  "20230401",
                                      "2023-04-1x", "",           "2023-04-010"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        day value;
        assert_false(day_parse(text_of(bad[i]), &value));
    }
}

static void test_years_between(void **state)
{
    (void)state;
    assert_int_equal(day_years_between(parsed("2020-02-29"), parsed("2021-02-28")), 0);
    assert_int_equal(day_years_between(parsed("2020-02-29"), parsed("2021-03-01")), 1);
    assert_int_equal(day_years_between(parsed("2016-06-30"), parsed("2026-06-30")), 10);
}

static void test_end_moment(void **state)
{
    (void)state;
    char text[MOMENT_TEXT_SIZE];
    assert_string_equal(day_end_moment(parsed("2024-12-31"), 480, text),
                        "2025-01-01 00:00:00+08:00");
    assert_string_equal(day_end_moment(parsed("2014-06-30"), -300, text),
                        "2014-07-01 00:00:00-05:00");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_day_round_trips),
        cmocka_unit_test(test_known_days),
        cmocka_unit_test(test_dates_that_do_not_exist_are_refused),
        cmocka_unit_test(test_years_between),
        cmocka_unit_test(test_end_moment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
