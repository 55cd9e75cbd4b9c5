/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "etl/record/bytes.h"

static void check(const struct bytes *bytes, struct text expected)
{
    assert_true(bytes_ok(bytes));
    assert_int_equal(bytes->size, expected.size);
    assert_memory_equal(bytes->data, expected.data, expected.size);
}

static void test_a_row_of_the_copy_format(void **state)
{
    (void)state;
    struct bytes bytes = {0};
    bytes_column_integer(&bytes, -12);
    bytes_column_null(&bytes);
    bytes_column_text(&bytes, TEXT_LITERAL(""));
    bytes_column_text(&bytes, TEXT_LITERAL("重庆"));
    bytes_end_row(&bytes);
    check(&bytes, TEXT_LITERAL("-12\t\\N\t\t重庆\n"));
    bytes_reset(&bytes);
    check(&bytes, TEXT_LITERAL(""));
    bytes_free(&bytes);
}

/* What the COPY format gives a meaning to must not have one inside a value. */
static void test_escapes(void **state)
{
    (void)state;
    struct bytes bytes = {0};
    bytes_column_text(&bytes, TEXT_LITERAL("a\tb\nc\rd\\e"));
    bytes_column_text(&bytes, TEXT_LITERAL("\\N"));
    bytes_column_text(&bytes, TEXT_LITERAL("\\."));
    bytes_end_row(&bytes);
    check(&bytes, TEXT_LITERAL("a\\tb\\nc\\rd\\\\e\t\\\\N\t\\\\.\n"));
    bytes_free(&bytes);
}

static void test_integers(void **state)
{
    (void)state;
    struct bytes bytes = {0};
    bytes_column_integer(&bytes, 0);
    bytes_column_integer(&bytes, INT64_MAX);
    bytes_column_integer(&bytes, INT64_MIN);
    bytes_end_row(&bytes);
    check(&bytes, TEXT_LITERAL("0\t9223372036854775807\t-9223372036854775808\n"));
    bytes_free(&bytes);
}

static void test_empty_appends_need_no_memory(void **state)
{
    (void)state;
    struct bytes bytes = {0};
    bytes_append(&bytes, "", 0);
    bytes_append(&bytes, NULL, 0);
    assert_true(bytes_ok(&bytes));
    assert_int_equal(bytes.size, 0);
    assert_null(bytes.data);
}

static void test_growing_keeps_what_is_there(void **state)
{
    (void)state;
    struct bytes bytes = {0};
    static char block[1000];
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 1000; i++) {
        block[0] = (char)('a' + i % 26);
        bytes_append(&bytes, block, sizeof block);
    }
    assert_true(bytes_ok(&bytes));
    assert_int_equal(bytes.size, 1000000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(bytes.data[1000 * i], 'a' + i % 26);
    bytes_free(&bytes);
    assert_null(bytes.data);
}

/* A failure is remembered until the next reset, and nothing is written after it. */
static void test_the_cap(void **state)
{
    (void)state;
    struct bytes bytes = {0};
    static char block[1024 * 1024];
    memset(block, '\\', sizeof block);
    for (int i = 0; i < BYTES_CAP / (int)sizeof block; i++)
        bytes_append(&bytes, block, sizeof block);
    assert_true(bytes_ok(&bytes));
    assert_int_equal(bytes.size, BYTES_CAP);
    bytes_column_null(&bytes);
    assert_false(bytes_ok(&bytes));
    bytes_column_text(&bytes, TEXT_LITERAL("a"));
    bytes_column_integer(&bytes, 1);
    bytes_end_row(&bytes);
    assert_int_equal(bytes.size, BYTES_CAP);
    bytes_reset(&bytes);
    bytes_append(&bytes, block, 1);
    assert_true(bytes_ok(&bytes));
    bytes_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_row_of_the_copy_format),
        cmocka_unit_test(test_escapes),
        cmocka_unit_test(test_integers),
        cmocka_unit_test(test_empty_appends_need_no_memory),
        cmocka_unit_test(test_growing_keeps_what_is_there),
        cmocka_unit_test(test_the_cap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
