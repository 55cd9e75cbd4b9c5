/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/alert/deadline.h"
#include "models/catalog/catalog.h"
#include "models/models.h"

enum { ARENA_CAP = 4 * 1024 * 1024, LIMIT = 7 };

static struct arena arena;
static struct calendar calendar;

static int set_up(void **state)
{
    (void)state;
    models_init();
    arena_init(&arena, ARENA_CAP);
    const struct catalog_document *document = catalog_find("calendar/cn.json");
    struct error err;
    return document && calendar_read(document->data, document->size, document->name, &arena,
                                     &calendar, &err)
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static day parsed(const char *value)
{
    day result = DAY_NONE;
    if (value)
        assert_true(day_parse(text_of(value), &result));
    return result;
}

/* Received on Friday 2025-01-24, before the Spring Festival: due on 2025-02-10. */
static void test_outcomes(void **state)
{
    (void)state;
    static const struct {
        const char *accepted;
        const char *refused;
        const char *ended;
        const char *as_of;
        enum deadline_outcome outcome;
        int over_days;
    } cases[] = {
        {NULL, NULL, NULL, "2025-01-24", DEADLINE_NOT_DUE, 0},
        {NULL, NULL, NULL, "2025-02-10", DEADLINE_NOT_DUE, 0},
        {NULL, NULL, NULL, "2025-02-11", DEADLINE_OVERDUE, 1},
        {NULL, NULL, NULL, "2025-02-17", DEADLINE_OVERDUE, 5},
        {"2025-02-10", NULL, NULL, "2025-03-01", DEADLINE_MET, 0},
        {NULL, "2025-02-08", NULL, "2025-03-01", DEADLINE_MET, 0},
        {NULL, NULL, "2025-02-05", "2025-03-01", DEADLINE_MET, 0},
        {"2025-02-12", "2025-02-10", NULL, "2025-03-01", DEADLINE_MET, 0},
        {"2025-02-12", NULL, "2025-03-01", "2025-03-01", DEADLINE_LATE_ACCEPTED, 2},
        /* The acceptance lies after as_of and has not happened yet. */
        {"2025-02-12", NULL, NULL, "2025-02-11", DEADLINE_OVERDUE, 1},
        {"2025-02-07", NULL, NULL, "2025-02-06", DEADLINE_NOT_DUE, 0},
        /* Not received yet. */
        {NULL, NULL, NULL, "2025-01-23", DEADLINE_NOT_DUE, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct deadline_steps steps = {parsed("2025-01-24"), parsed(cases[i].accepted),
                                             parsed(cases[i].refused), parsed(cases[i].ended)};
        struct deadline found = deadline_judge(&steps, parsed(cases[i].as_of), LIMIT, &calendar);
        assert_string_equal(deadline_outcome_name(found.outcome),
                            deadline_outcome_name(cases[i].outcome));
        assert_int_equal(found.over_days, cases[i].over_days);
        assert_int_equal(found.due_on, parsed("2025-02-10"));
        assert_false(found.provisional);
    }
}

static void test_beyond_the_published_calendar(void **state)
{
    (void)state;
    struct deadline_steps steps = {parsed("2026-12-25"), DAY_NONE, DAY_NONE, DAY_NONE};
    struct deadline found = deadline_judge(&steps, parsed("2026-12-31"), LIMIT, &calendar);
    assert_int_equal(found.outcome, DEADLINE_NOT_DUE);
    assert_true(found.provisional);
    /* Due in a published year, but counted on into the next. */
    steps.received_on = parsed("2026-12-01");
    found = deadline_judge(&steps, parsed("2026-12-31"), LIMIT, &calendar);
    assert_false(found.provisional);
    found = deadline_judge(&steps, parsed("2027-01-05"), LIMIT, &calendar);
    assert_int_equal(found.outcome, DEADLINE_OVERDUE);
    assert_true(found.provisional);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_outcomes),
        cmocka_unit_test(test_beyond_the_published_calendar),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
