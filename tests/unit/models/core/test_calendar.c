/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/catalog/catalog.h"
#include "models/core/calendar.h"
#include "models/models.h"

enum { ARENA_CAP = 4 * 1024 * 1024 };

static struct arena arena;
static struct calendar calendar;

static day parsed(const char *value)
{
    day result = DAY_NONE;
    assert_true(day_parse(text_of(value), &result));
    return result;
}

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

static void test_ends_of_limits(void **state)
{
    (void)state;
    static const struct {
        const char *from;
        int count;
        const char *last;
    } limits[] = {
        {"2021-02-10", 15, "2021-03-09"}, {"2021-09-30", 7, "2021-10-15"},
        {"2022-12-30", 5, "2023-01-09"},  {"2023-01-18", 45, "2023-03-27"},
        {"2024-09-27", 20, "2024-10-30"}, {"2025-01-24", 7, "2025-02-10"},
        {"2026-02-13", 7, "2026-03-02"},  {"2026-09-24", 20, "2026-10-29"},
        {"2026-09-24", 0, "2026-09-24"},
    };
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        bool provisional = true;
        day from = parsed(limits[i].from);
        day last = calendar_add_working_days(&calendar, from, limits[i].count, &provisional);
        assert_int_equal(last, parsed(limits[i].last));
        assert_false(provisional);
        assert_int_equal(calendar_working_days_between(&calendar, from, last, &provisional),
                         limits[i].count);
    }
}

static void test_working_days_per_year(void **state)
{
    (void)state;
    static const int totals[] = {250, 249, 249, 251, 248, 248};
    for (int i = 0; i < 6; i++) {
        day eve = DAY_NONE;
        day last = DAY_NONE;
        bool provisional = true;
        assert_true(day_of_civil((struct civil){2020 + i, 12, 31}, &eve));
        assert_true(day_of_civil((struct civil){2021 + i, 12, 31}, &last));
        assert_int_equal(calendar_working_days_between(&calendar, eve, last, &provisional),
                         totals[i]);
        assert_false(provisional);
    }
}

static void test_single_days(void **state)
{
    (void)state;
    assert_false(calendar_is_working(&calendar, parsed("2022-12-31")));
    assert_true(calendar_is_working(&calendar, parsed("2006-12-30")));
    assert_true(calendar_is_working(&calendar, parsed("2024-10-12")));
    assert_false(calendar_is_working(&calendar, parsed("2024-10-01")));
    assert_true(calendar_is_working(&calendar, parsed("2020-02-03")));
    assert_false(calendar_is_working(&calendar, parsed("2024-06-30")));
}

/* The closed form against a day-by-day count. */
static void test_counts_agree_with_single_days(void **state)
{
    (void)state;
    for (day from = parsed("2005-12-01"); from < parsed("2028-02-01"); from += 13) {
        int32_t count = 0;
        bool provisional;
        for (day value = from + 1; value <= from + 90; value++) {
            count += calendar_is_working(&calendar, value);
            assert_int_equal(calendar_working_days_between(&calendar, from, value, &provisional),
                             count);
        }
        day last = calendar_add_working_days(&calendar, from, count, &provisional);
        assert_true(calendar_is_working(&calendar, last));
        assert_true(last <= from + 90);
    }
}

static void test_unpublished_years_are_provisional(void **state)
{
    (void)state;
    bool provisional = false;
    day last = calendar_add_working_days(&calendar, parsed("2026-12-29"), 3, &provisional);
    assert_int_equal(last, parsed("2027-01-01"));
    assert_true(provisional);
    (void)calendar_add_working_days(&calendar, parsed("2026-12-29"), 2, &provisional);
    assert_false(provisional);
    (void)calendar_add_working_days(&calendar, parsed("2006-12-31"), 1, &provisional);
    assert_false(provisional);
    (void)calendar_add_working_days(&calendar, parsed("2006-12-30"), 1, &provisional);
    assert_true(provisional);
    assert_int_equal(calendar_working_days_between(&calendar, parsed("2030-01-06"),
                                                   parsed("2030-01-13"), &provisional),
                     5);
    assert_true(provisional);
    assert_int_equal(calendar_add_working_days(&calendar, DAY_LAST, 5, &provisional), DAY_LAST);
    assert_int_equal(calendar_working_days_between(&calendar, parsed("2024-01-10"),
                                                   parsed("2024-01-09"), &provisional),
                     0);
}

#define CALENDAR(years)                                                                            \
    "{\"calendar\":\"heng-calendar-1\",\"jurisdiction\":\"CN\",\"years\":[" years "]}"
#define YEAR(year, off, worked)                                                                    \
    "{\"year\":" year ",\"papers\":[\"x\"],\"off\":[" off "],\"worked\":[" worked "]}"
#define OFF(from, to) "{\"name\":\"n\",\"from\":\"" from "\",\"to\":\"" to "\"}"

static void test_wrong_documents_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *document;
        const char *message;
    } wrong[] = {
        {"[]", "calendar: expected a string"},
        {"{\"calendar\":\"x\",\"jurisdiction\":\"CN\",\"years\":[]}", "\"heng-calendar-1\""},
        {CALENDAR(""), "expected 1 to 200 years, found 0"},
        {CALENDAR(YEAR("2020", "", "") "," YEAR("2022", "", "")), "expected year 2021, found 2022"},
        {CALENDAR("{\"year\":2020,\"papers\":[],\"off\":[],\"worked\":[]}"), "papers"},
        {CALENDAR(YEAR("2020", OFF("2020-01-02", "2020-01-01"), "")), "found 0"},
        {CALENDAR(YEAR("2020", OFF("2020-01-01", "2020-03-01"), "")), "1 to 31 days, found 61"},
        {CALENDAR(YEAR("2020", OFF("2018-12-31", "2019-01-01"), "")), "2018-12-31 is not in"},
        {CALENDAR(
             YEAR("2020", OFF("2020-01-01", "2020-01-02") "," OFF("2020-01-02", "2020-01-03"), "")),
         "2020-01-02 is named twice"},
        {CALENDAR(YEAR("2020", "", "\"2020-01-02\"")), "must be a Saturday or Sunday"},
        {CALENDAR(YEAR("2020", OFF("2020-01-04", "2020-01-04"), "\"2020-01-04\"")), "named twice"},
        {CALENDAR(YEAR("2020", "", "\"2020-02-30\"")), "worked[0]: expected a date"},
        {CALENDAR(YEAR("2020", "", "7")), "found no text"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct calendar out;
        struct error err;
        assert_false(calendar_read(wrong[i].document, strlen(wrong[i].document), "test", &arena,
                                   &out, &err));
        assert_non_null(strstr(err.message, wrong[i].message));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ends_of_limits),
        cmocka_unit_test(test_working_days_per_year),
        cmocka_unit_test(test_single_days),
        cmocka_unit_test(test_counts_agree_with_single_days),
        cmocka_unit_test(test_unpublished_years_are_provisional),
        cmocka_unit_test(test_wrong_documents_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
