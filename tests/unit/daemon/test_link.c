/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "daemon/link.h"
#include "models/draw/lines.h"

static void escapes(void **state)
{
    (void)state;
    char link[LINK_SIZE];
    assert_string_equal(link_make("draws", "chongqing-demo", 7, link),
                        "/api/v1/draws/chongqing-demo/7");
    assert_string_equal(link_make("plans", "渝 a?b#c%d", 0, link),
                        "/api/v1/plans/%E6%B8%9D%20a%3Fb%23c%25d");
}

static void holds_the_longest(void **state)
{
    (void)state;
    char link[LINK_SIZE];
    char name[LINES_ID_CAP + 1];
    memset(name, '\xE6', LINES_ID_CAP);
    name[LINES_ID_CAP] = '\0';
    assert_int_equal(strlen(link_make("draws", name, INT64_MAX, link)),
                     strlen("/api/v1/draws//") + 3 * LINES_ID_CAP + 19);
}

static void knows_what_an_address_can_hold(void **state)
{
    (void)state;
    assert_true(link_can_name("某局"));
    assert_true(link_can_name("..."));
    assert_false(link_can_name("a/b"));
    assert_false(link_can_name("a\\b"));
    assert_false(link_can_name("."));
    assert_false(link_can_name(".."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes),
        cmocka_unit_test(holds_the_longest),
        cmocka_unit_test(knows_what_an_address_can_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
