/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/catalog/catalog.h"
#include "models/feed/schedule.h"
#include "models/models.h"

enum { ARENA_CAP = 4 * 1024 * 1024, DAY_SECONDS = 86400 };

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

/* "YYYY-MM-DD" and minutes of the day. */
static int64_t at(const char *date, int hour, int minute)
{
    day value = DAY_NONE;
    assert_true(day_parse(text_of(date), &value));
    return (int64_t)value * DAY_SECONDS + hour * 3600 + minute * 60;
}

static const struct schedule twice = {.at_minutes = {150, 720}, .at_count = 2};
static const struct schedule on_working_days = {
    .at_minutes = {150, 720}, .at_count = 2, .working_days_only = true};
static const struct schedule often = {.every_seconds = 60};
static const struct schedule often_on_working_days = {.every_seconds = 60,
                                                      .working_days_only = true};

static int64_t next(const struct schedule *schedule, int64_t last, int64_t now)
{
    return schedule_next(schedule, &calendar, last, now);
}

static void takes_times_of_the_day_in_turn(void **state)
{
    (void)state;
    int64_t now = at("2026-03-05", 13, 0);
    assert_int_equal(next(&twice, at("2026-03-05", 2, 29), now), at("2026-03-05", 2, 30));
    assert_int_equal(next(&twice, at("2026-03-05", 2, 30), now), at("2026-03-05", 12, 0));
    assert_int_equal(next(&twice, at("2026-03-05", 12, 0), now), at("2026-03-06", 2, 30));
    assert_int_equal(next(&twice, 0, now), at("2026-03-06", 2, 30));
}

static void makes_one_run_of_those_missed(void **state)
{
    (void)state;
    int64_t now = at("2026-03-09", 13, 0);
    int64_t due = next(&twice, at("2026-03-01", 12, 0), now);
    assert_true(due <= now);
    assert_true(next(&twice, now, now) > now);
}

static void repeats_nothing_when_the_clock_goes_back(void **state)
{
    (void)state;
    int64_t ran = at("2026-03-05", 2, 31);
    assert_true(next(&twice, ran, ran - 3600) > ran - 3600);
    assert_int_equal(next(&twice, ran, ran - 3600), at("2026-03-05", 12, 0));
}

static void forgets_a_run_of_a_wrong_clock(void **state)
{
    (void)state;
    int64_t now = at("2026-03-05", 13, 0);
    assert_int_equal(next(&twice, at("2027-04-09", 0, 0), now), at("2026-03-06", 2, 30));
    assert_int_equal(next(&often, at("2027-04-09", 0, 0), now), now + 60);
}

/* 2026-02-14 (Saturday) is worked, 15 to 23 February are the Spring Festival. */
static void rests_on_holidays(void **state)
{
    (void)state;
    int64_t last = at("2026-02-14", 12, 0);
    assert_int_equal(next(&on_working_days, last, last), at("2026-02-24", 2, 30));
    assert_int_equal(next(&on_working_days, at("2026-02-13", 12, 0), last),
                     at("2026-02-14", 2, 30));
    assert_int_equal(next(&often_on_working_days, at("2026-02-14", 23, 59), last),
                     at("2026-02-24", 0, 0));
    assert_true(schedule_allows(&often_on_working_days, &calendar, last));
    assert_false(schedule_allows(&often_on_working_days, &calendar, last + DAY_SECONDS));
    assert_true(schedule_allows(&often, &calendar, last + DAY_SECONDS));
}

static void runs_by_interval(void **state)
{
    (void)state;
    int64_t now = at("2026-03-05", 13, 0);
    assert_int_equal(next(&often, 0, now), now);
    assert_int_equal(next(&often, now - 10, now), now + 50);
    assert_true(next(&often, now - 100, now) <= now);
}

static void waits_longer_after_each_failure(void **state)
{
    (void)state;
    int former = 0;
    for (int failures = 1; failures < 40; failures++) {
        int least = schedule_back_off(failures, 0);
        assert_true(least >= former && least <= SCHEDULE_BACK_OFF_CAP_SECONDS);
        former = least;
        for (uint64_t spread = 0; spread < 5000; spread += 77) {
            int wait = schedule_back_off(failures, spread);
            assert_true(wait >= least && wait <= least + least / 2);
        }
    }
    assert_int_equal(schedule_back_off(1, 0), SCHEDULE_BACK_OFF_FIRST_SECONDS);
    assert_int_equal(schedule_back_off(2, 0), 2 * SCHEDULE_BACK_OFF_FIRST_SECONDS);
    assert_int_equal(former, SCHEDULE_BACK_OFF_CAP_SECONDS);
    assert_int_not_equal(schedule_back_off(9, 1), schedule_back_off(9, 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_times_of_the_day_in_turn),
        cmocka_unit_test(makes_one_run_of_those_missed),
        cmocka_unit_test(repeats_nothing_when_the_clock_goes_back),
        cmocka_unit_test(forgets_a_run_of_a_wrong_clock),
        cmocka_unit_test(rests_on_holidays),
        cmocka_unit_test(runs_by_interval),
        cmocka_unit_test(waits_longer_after_each_failure),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
