/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words for people: every list has a title, titles and labels are in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "etl/store/view_list.h"
#include "etl/store/view_title.h"

static void names_every_list(void **state)
{
    size_t count;
    const struct view_list *lists = view_list_all(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        if (!view_list_title(lists[i].name, true) || !view_list_title(lists[i].name, false))
            fail_msg("no title of list %s", lists[i].name);
    }
    assert_null(view_list_title("nothing", true));
}

static void speaks_both_languages(void **state)
{
    (void)state;
    assert_string_equal(view_title("known_at", true), "获知时间");
    assert_string_equal(view_title("known_at", false), "Known at");
    assert_null(view_title("nothing", false));
    assert_null(view_title("", false));
}

static void labels_codes(void **state)
{
    (void)state;
    assert_string_equal(view_label("state", "in_progress", true), "处置中");
    assert_string_equal(view_label("state", "in_progress", false), "in progress");
    assert_null(view_label("state", "nothing", true));
    assert_null(view_label("name", "in_progress", true)); /* only columns of codes have labels */
}

static void lists_members(void **state)
{
    (void)state;
    assert_string_equal(view_member("entity", 0), "scheme");
    assert_string_equal(view_member("entity", 2), "name");
    assert_null(view_member("entity", 3));
    assert_null(view_member("entit", 0));
    assert_null(view_member("name", 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_every_list),
        cmocka_unit_test(speaks_both_languages),
        cmocka_unit_test(labels_codes),
        cmocka_unit_test(lists_members),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
