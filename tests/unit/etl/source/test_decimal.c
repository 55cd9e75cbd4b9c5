/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "etl/source/decimal.h"

static struct text written(const char *value, int digits, int plain, char room[DECIMAL_TEXT_SIZE])
{
    struct decimal decimal;
    if (!decimal_read(text_of(value), &decimal))
        fail_msg("%s should be a number", value);
    decimal_round(&decimal, digits);
    return decimal_write(&decimal, plain, room);
}

static void test_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        const char *spelling;
    } cases[] = {
        {"0", "0"},
        {"-0.00", "0"},
        {"00012", "12"},
        {"+7", "7"},
        {"-7.50", "-7.5"},
        {"0.30000000000000004", "0.3"},
        {"1234.56", "1234.56"},
        {"1.23456E3", "1234.56"},
        {"12e-3", "0.012"},
        {"0.00001", "0.00001"},
        {"0.000001", "1E-06"},
        {"123456789012345", "123456789012345"},
        {"1234567890123456", "1.23456789012346E+15"},
        {"915001030000000000", "9.1500103E+17"},
        {"9.1500103E+17", "9.1500103E+17"},
        {"999999999999999.5", "1E+15"},
        {"0.9999999999999999", "1"},
        {"2.9999999999999999", "3"},
        {"1e300", "1E+300"},
        {"1000000000000000000000000000000000000000000000000000000000000", "1E+60"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char room[DECIMAL_TEXT_SIZE];
        struct text found =
            written(cases[i].value, DECIMAL_SHEET_DIGITS, DECIMAL_SHEET_DIGITS, room);
        if (!text_is(found, cases[i].spelling))
            fail_msg("%s: expected %s, found %.*s", cases[i].value, cases[i].spelling,
                     (int)found.size, found.data);
    }
}

static void test_all_digits_are_kept_when_asked(void **state)
{
    (void)state;
    char room[DECIMAL_TEXT_SIZE];
    struct text found = written("1234567890123456789012345.5e1", DECIMAL_DIGITS_CAP, 30, room);
    assert_true(text_is(found, "12345678901234567890123455"));
    found = written("-1e29", DECIMAL_DIGITS_CAP, 30, room);
    assert_true(text_is(found, "-100000000000000000000000000000"));
    found = written("1e30", DECIMAL_DIGITS_CAP, 30, room);
    assert_true(text_is(found, "1E+30"));
}

static void test_what_is_no_number(void **state)
{
    (void)state;
    static const char *const bad[] = {"",    "-",   ".",     "1.",    ".5",   "e5",      "1e",
                                      "1e+", "1 ",  " 1",    "1,000", "0x10", "NaN",     "1..2",
                                      "1-2", "--1", "1e1.5", "١",     "１",   "1e99999", "inf"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct decimal decimal;
        if (decimal_read(text_of(bad[i]), &decimal))
            fail_msg("\"%s\" should be refused", bad[i]);
    }
}

static void test_serial_days(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int64_t days;
        int seconds;
    } cases[] = {
        {"0", 0, 0},
        {"1", 1, 0},
        {"0.5", 0, 43200},
        {"46086.75", 46086, 64800},
        {"1.999999", 2, 0},
        {"1.99999", 1, 86399},
        {"0.00001", 0, 1},
        {"44197.4305555556", 44197, 37200},
        {"9999999", 9999999, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct decimal decimal;
        int64_t days;
        int seconds;
        assert_true(decimal_read(text_of(cases[i].value), &decimal));
        assert_true(decimal_serial(&decimal, &days, &seconds));
        assert_int_equal(days, cases[i].days);
        assert_int_equal(seconds, cases[i].seconds);
    }
}

static void test_no_serial_day(void **state)
{
    (void)state;
    static const char *const bad[] = {"-1", "-0.1", "10000000", "1e300"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct decimal decimal;
        int64_t days;
        int seconds;
        assert_true(decimal_read(text_of(bad[i]), &decimal));
        assert_false(decimal_serial(&decimal, &days, &seconds));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_spelling),
        cmocka_unit_test(test_all_digits_are_kept_when_asked),
        cmocka_unit_test(test_what_is_no_number),
        cmocka_unit_test(test_serial_days),
        cmocka_unit_test(test_no_serial_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
