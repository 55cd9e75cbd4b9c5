/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "etl/record/codelist.h"

static void test_an_empty_list_has_nothing(void **state)
{
    (void)state;
    struct codelist list = {0};
    codelist_sort(&list);
    assert_false(codelist_has(&list, TEXT_LITERAL("")));
    assert_false(codelist_has(&list, TEXT_LITERAL("500103")));
    codelist_free(&list);
}

static void test_codes_are_found_whole(void **state)
{
    (void)state;
    struct codelist list = {0};
    char code[16];
    /* 7 is prime to 3000: every number once, out of order. */
    for (int i = 0; i < 3000; i++) {
        int size = snprintf(code, sizeof code, "%d", 500000 + i * 7 % 3000);
        assert_true(codelist_add(&list, (struct text){code, (size_t)size}));
    }
    codelist_sort(&list);
    for (int number = 499990; number < 503010; number++) {
        int size = snprintf(code, sizeof code, "%d", number);
        assert_int_equal(codelist_has(&list, (struct text){code, (size_t)size}),
                         number >= 500000 && number < 503000);
    }
    assert_false(codelist_has(&list, TEXT_LITERAL("50000")));
    assert_false(codelist_has(&list, TEXT_LITERAL("5000000")));
    assert_false(codelist_has(&list, TEXT_LITERAL("")));
    codelist_free(&list);
}

static void test_the_longest_code(void **state)
{
    (void)state;
    struct codelist list = {0};
    char code[CODELIST_CODE_SIZE];
    memset(code, 'x', sizeof code);
    assert_false(codelist_add(&list, (struct text){code, sizeof code}));
    assert_true(codelist_add(&list, (struct text){code, sizeof code - 1}));
    codelist_sort(&list);
    assert_true(codelist_has(&list, (struct text){code, sizeof code - 1}));
    assert_false(codelist_has(&list, (struct text){code, sizeof code - 2}));
    assert_false(codelist_has(&list, (struct text){code, sizeof code}));
    codelist_free(&list);
}

static void test_the_cap(void **state)
{
    (void)state;
    struct codelist list = {0};
    for (int i = 0; i < CODELIST_CAP; i++)
        assert_true(codelist_add(&list, TEXT_LITERAL("1")));
    assert_false(codelist_add(&list, TEXT_LITERAL("1")));
    codelist_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_list_has_nothing),
        cmocka_unit_test(test_codes_are_found_whole),
        cmocka_unit_test(test_the_longest_code),
        cmocka_unit_test(test_the_cap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
