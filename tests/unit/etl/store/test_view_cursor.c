/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cursors: what comes back, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "etl/store/view_cursor.h"
#include "models/models.h"

static const char *const filter[] = {"500103", NULL, "open"};
static const char STATEMENT[] = "view/alerts.sql";

static int open_arena(void **state)
{
    static struct arena arena;
    arena_init(&arena, 1 << 20);
    *state = &arena;
    return 0;
}

static int close_arena(void **state)
{
    arena_reset(*state);
    return 0;
}

static void brings_keys_back(void **state)
{
    char binding[VIEW_BINDING_SIZE];
    const char *keys[] = {"87.5\"\\\n渝", NULL, ""};
    const char *read[3];
    const char *cursor = NULL;
    struct error err;
    view_cursor_bind(STATEMENT, filter, 3, binding);
    assert_true(view_cursor_write(binding, keys, 3, *state, &cursor, &err));
    assert_int_equal(strspn(cursor, "0123456789abcdef"), strlen(cursor));
    assert_true(view_cursor_read(cursor, binding, 3, *state, read, &err));
    assert_string_equal(read[0], keys[0]);
    assert_null(read[1]);
    assert_string_equal(read[2], "");
}

static void refuses_a_changed_filter(void **state)
{
    static const char *const other_region[] = {"500104", NULL, "open"};
    static const char *const empty_not_null[] = {"500103", "", "open"};
    static const char *const shifted[] = {"500103", "open", NULL};
    char binding[VIEW_BINDING_SIZE];
    const char *keys[] = {"7"};
    const char *cursor = NULL;
    struct error err;
    view_cursor_bind(STATEMENT, filter, 3, binding);
    assert_true(view_cursor_write(binding, keys, 1, *state, &cursor, &err));
    const struct {
        const char *statement;
        const char *const *parameters;
    } others[] = {{STATEMENT, other_region},
                  {STATEMENT, empty_not_null},
                  {STATEMENT, shifted},
                  {"view/draws.sql", filter}};
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const char *read[1];
        view_cursor_bind(others[i].statement, others[i].parameters, 3, binding);
        assert_false(view_cursor_read(cursor, binding, 1, *state, read, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_string_equal(err.subject, "cursor");
    }
}

static void refuses_what_is_no_cursor(void **state)
{
    char binding[VIEW_BINDING_SIZE];
    char large[2 * VIEW_CURSOR_BYTES_CAP + 3];
    const char *read[1];
    struct error err;
    memset(large, '5', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    /* "", odd, no hexadecimal digits, not JSON, no array, too few, a number as key, too large */
    const char *const cursors[] = {"", "5b5", "zz", "ff", "7b7d", "5b5d", "5b2278222c315d", large};
    view_cursor_bind(STATEMENT, filter, 3, binding);
    for (size_t i = 0; i < sizeof cursors / sizeof cursors[0]; i++) {
        assert_false(view_cursor_read(cursors[i], binding, 1, *state, read, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(brings_keys_back, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(refuses_a_changed_filter, open_arena, close_arena),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_cursor, open_arena, close_arena),
    };
    models_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
