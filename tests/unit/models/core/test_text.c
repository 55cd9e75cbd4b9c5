/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joining texts at the edge of the room. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "models/core/text.h"

static void joins_what_fits(void **state)
{
    (void)state;
    char out[6];
    assert_true(text_join(out, sizeof out, (const char *const[]){"ab", "", "cde", NULL}));
    assert_string_equal(out, "abcde");
    assert_true(text_join(out, 1, (const char *const[]){"", NULL}));
    assert_string_equal(out, "");
}

static void refuses_what_does_not_fit(void **state)
{
    (void)state;
    char out[] = "******";
    assert_false(text_join(out, 5, (const char *const[]){"ab", "cde", NULL}));
    assert_int_equal(out[5], '*');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_what_fits),
        cmocka_unit_test(refuses_what_does_not_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
