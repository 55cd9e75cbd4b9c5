/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "etl/record/reject.h"

static void test_every_reason_has_a_code_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < REJECT_REASON_COUNT; i++) {
        const char *code = reject_code((enum reject_reason)i);
        assert_non_null(code);
        assert_int_equal(strspn(code, "abcdefghijklmnopqrstuvwxyz-"), strlen(code));
        for (int j = 0; j < i; j++)
            assert_string_not_equal(code, reject_code((enum reject_reason)j));
    }
    assert_string_equal(reject_code(REJECT_CREDIT_CODE), "credit-code");
}

static void test_expected_and_found(void **state)
{
    (void)state;
    struct reject reject;
    assert_false(reject_set(&reject, REJECT_DATE, "occurred_on", "a date", TEXT_LITERAL("昨天")));
    assert_int_equal(reject.reason, REJECT_DATE);
    assert_string_equal(reject.field, "occurred_on");
    assert_string_equal(reject.message, "expected a date, found \"昨天\"");
    assert_false(reject_set(&reject, REJECT_SUBJECT, "", "a code", (struct text){NULL, 0}));
    assert_string_equal(reject.message, "expected a code, found \"\"");
}

/* The database takes whole characters only: a column's name may be long, so may a value. */
static void test_long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char name[200];
    struct reject reject;
    for (size_t before = 0; before < 4; before++) {
        memset(name, 'x', before);
        size_t size = before;
        for (; size + 3 < 150; size += 3)
            memcpy(name + size, "码", 3);
        name[size] = '\0';
        reject_set(&reject, REJECT_CREDIT_CODE, name, "a value", text_of(name));
        assert_true(text_valid_utf8(text_of(reject.field)));
        assert_true(text_valid_utf8(text_of(reject.message)));
        assert_in_range(strlen(reject.field), REJECT_FIELD_SIZE - 4, REJECT_FIELD_SIZE - 1);
        assert_memory_equal(reject.field, name, strlen(reject.field));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_reason_has_a_code_of_its_own),
        cmocka_unit_test(test_expected_and_found),
        cmocka_unit_test(test_long_texts_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
