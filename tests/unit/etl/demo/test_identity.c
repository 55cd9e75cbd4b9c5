/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "etl/demo/identity.h"

/* Expected values computed apart from this program, with the formulas of GB 32100-2015 and
 * GB 11714-1997. */
static void test_credit_codes(void **state)
{
    (void)state;
    char code[IDENTITY_CREDIT_SIZE];
    identity_credit_code("91", "500107", "DEM", 384, code);
    assert_string_equal(code, "91500107DEM0038482");
    identity_credit_code("92", "500103", "DEM", 0, code);
    assert_string_equal(code, "92500103DEM000006P");
    identity_credit_code("93", "500243", "DEM", 99999, code);
    assert_string_equal(code, "93500243DEM999999B");
    identity_credit_code("91", "500000", "DEU", 80, code);
    assert_string_equal(code, "91500000DEU000801D");
}

/* ISO 7064 MOD 11,10. */
static void test_registration_numbers(void **state)
{
    (void)state;
    char number[IDENTITY_REGISTRATION_SIZE];
    identity_registration_number("500103", 7, number);
    assert_string_equal(number, "500103900000074");
    identity_registration_number("500227", 99999, number);
    assert_int_equal(strlen(number), 15);
}

static void test_a_spoilt_code_differs_in_its_last_character(void **state)
{
    (void)state;
    char code[IDENTITY_CREDIT_SIZE];
    char spoilt[IDENTITY_CREDIT_SIZE];
    for (uint64_t serial = 0; serial < 100; serial++) {
        identity_credit_code("91", "500107", "DEM", serial, code);
        memcpy(spoilt, code, sizeof code);
        identity_spoil(spoilt);
        assert_memory_equal(code, spoilt, 17);
        assert_true(code[17] != spoilt[17]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_credit_codes),
        cmocka_unit_test(test_registration_numbers),
        cmocka_unit_test(test_a_spoilt_code_differs_in_its_last_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
