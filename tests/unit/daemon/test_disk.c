/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Free space: enough, too little, and nowhere to ask. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "daemon/disk.h"

static void tells_enough_from_too_little(void **state)
{
    struct error err = {.kind = ERROR_NONE};
    (void)state;
    assert_true(disk_require("/", 0, &err));
    assert_false(disk_require("/", UINT64_MAX, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "17592186044415 MiB must be free"));
}

static void names_a_missing_path(void **state)
{
    struct error err = {.kind = ERROR_NONE};
    (void)state;
    assert_false(disk_require("/nonexistent/place", 1, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_string_equal(err.subject, "/nonexistent/place");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_enough_from_too_little),
        cmocka_unit_test(names_a_missing_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
