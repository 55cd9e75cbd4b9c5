/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Statements are found by name: the look-up halves a list that must be in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "etl/store/sql.h"

static void stands_in_order(void **state)
{
    (void)state;
    const struct sql_document *all = sql_all();
    assert_true(sql_count() > 100);
    for (size_t i = 1; i < sql_count(); i++) {
        if (strcmp(all[i - 1].name, all[i].name) >= 0)
            fail_msg("%s stands before %s", all[i - 1].name, all[i].name);
    }
}

static void finds_each(void **state)
{
    (void)state;
    for (size_t i = 0; i < sql_count(); i++) {
        assert_int_equal(sql_place(sql_all()[i].name), i);
        assert_ptr_equal(sql_text(sql_all()[i].name), sql_all()[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stands_in_order),
        cmocka_unit_test(finds_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
