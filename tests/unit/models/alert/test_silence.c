/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The oracle of the count of minutes is counting them one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/alert/silence.h"
#include "models/catalog/catalog.h"
#include "models/models.h"

enum { ARENA_CAP = 4 * 1024 * 1024, DAY_MINUTES = 1440 };

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

static int64_t minute(const char *date, int hour, int minutes)
{
    day value = DAY_NONE;
    assert_true(day_parse(text_of(date), &value));
    return (int64_t)value * DAY_MINUTES + hour * 60 + minutes;
}

static int64_t counted(int64_t since, int64_t until, bool working_only)
{
    int64_t count = 0;
    for (int64_t m = since; m < until; m++)
        count += !working_only || calendar_is_working(&calendar, (day)(m / DAY_MINUTES));
    return count;
}

static void counts_the_minutes(void **state)
{
    (void)state;
    int64_t first = minute("2026-02-10", 9, 13);
    uint64_t step = 12345;
    for (int i = 0; i < 400; i++) {
        step = step * 6364136223846793005ULL + 1442695040888963407ULL;
        int64_t since = first + (int64_t)(step >> 33) % (20 * DAY_MINUTES);
        int64_t until = since + (int64_t)(step >> 45) % (18 * DAY_MINUTES) - 200;
        struct silence all = silence_judge(since, until, 60, 100, NULL);
        struct silence working = silence_judge(since, until, 60, 100, &calendar);
        assert_int_equal(all.silent_minutes, counted(since, until, false));
        assert_int_equal(working.silent_minutes, counted(since, until, true));
        assert_false(all.provisional || working.provisional);
    }
}

static void is_silent_beyond_the_limit_only(void **state)
{
    (void)state;
    int64_t since = minute("2026-03-05", 10, 0);
    assert_false(silence_judge(since, since + 90, 60, 150, NULL).silent);
    assert_true(silence_judge(since, since + 91, 60, 150, NULL).silent);
    assert_int_equal(silence_judge(since, since + 91, 60, 150, NULL).limit_minutes, 90);
    assert_false(silence_judge(since, since - 10000, 1, 100, NULL).silent);
    assert_int_equal(silence_judge(since, since - 10000, 1, 100, NULL).silent_minutes, 0);
}

/* From the eve of the Spring Festival to the morning after it: no working minute passes. */
static void is_not_silent_over_holidays(void **state)
{
    (void)state;
    int64_t since = minute("2026-02-14", 23, 50);
    int64_t until = minute("2026-02-24", 0, 30);
    assert_int_equal(silence_judge(since, until, 60, 100, &calendar).silent_minutes, 40);
    assert_false(silence_judge(since, until, 60, 100, &calendar).silent);
    assert_true(silence_judge(since, until, 60, 100, NULL).silent);
}

static void says_where_the_calendar_ends(void **state)
{
    (void)state;
    int64_t since = minute("2099-12-30", 10, 0);
    struct silence silence = silence_judge(since, since + 3 * DAY_MINUTES, 60, 100, &calendar);
    assert_true(silence.provisional);
    assert_true(silence.silent);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_the_minutes),
        cmocka_unit_test(is_silent_beyond_the_limit_only),
        cmocka_unit_test(is_not_silent_over_holidays),
        cmocka_unit_test(says_where_the_calendar_ends),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
