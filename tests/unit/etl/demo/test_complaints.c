/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "etl/demo/complaints.h"
#include "etl/demo/demo.h"

enum { ENTITIES = 20000 };

static struct scene scene;

static int set_up(void **state)
{
    (void)state;
    scene_init(&scene, ENTITIES, 1, DEMO_UNTIL_DEFAULT);
    return 0;
}

struct counts {
    unsigned firms;
    unsigned surge_weeks[SCENE_SURGE_WEEKS];
    unsigned undecided[SCENE_HOLIDAY + 1]; /* by plant */
    unsigned late;
};

static void count_complaint(const struct complaint *complaint, struct counts *counts)
{
    day decided_on =
        complaint->accepted_on != DAY_NONE ? complaint->accepted_on : complaint->refused_on;
    counts->undecided[complaint->planted] +=
        decided_on == DAY_NONE && complaint->received_on < scene.until - 5;
    counts->late += decided_on != DAY_NONE && decided_on > complaint->received_on + 7;
    if (strcmp(complaint->region_code, scene.surge_area->code_after) != 0 ||
        complaint->trade->section != scene.surge_trade->section ||
        complaint->received_on < scene.surge_first_week)
        return;
    unsigned week = (unsigned)(complaint->received_on - scene.surge_first_week) / 7;
    assert_true(week < SCENE_SURGE_WEEKS);
    counts->surge_weeks[week]++;
}

static void test_counts(void **state)
{
    (void)state;
    struct counts counts = {0};
    for (uint64_t i = 0; i < ENTITIES; i++) {
        struct firm firm;
        struct complaint complaints[COMPLAINTS_CAP];
        firm_of(&scene, i, &firm);
        size_t count = complaints_of(&scene, &firm, complaints);
        counts.firms += count > 0;
        for (size_t c = 0; c < count; c++)
            count_complaint(&complaints[c], &counts);
    }
    assert_in_range(counts.firms, ENTITIES * 7 / 100, ENTITIES * 9 / 100);
    for (size_t week = 0; week < SCENE_SURGE_WEEKS; week++)
        assert_int_equal(counts.surge_weeks[week], scene_surge_counts[week]);
    assert_int_equal(counts.undecided[SCENE_ORDINARY], 0);
    assert_int_equal(counts.undecided[SCENE_OVERDUE], SCENE_OVERDUE_FIRMS);
    assert_int_equal(counts.undecided[SCENE_HOLIDAY], SCENE_HOLIDAY_FIRMS);
    assert_int_equal(counts.late, SCENE_LATE_FIRMS);
}

static void test_pending_version(void **state)
{
    (void)state;
    struct complaint complaint = {.accepted_on = 5,
                                  .ended_on = 9,
                                  .answered_on = 9,
                                  .mediation_ended_on = 9,
                                  .outcome = "属实"};
    struct complaint earlier = complaints_pending(&complaint);
    assert_int_equal(earlier.accepted_on, 5);
    assert_int_equal(earlier.ended_on, DAY_NONE);
    assert_int_equal(earlier.answered_on, DAY_NONE);
    assert_string_equal(earlier.outcome, "处理中");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_pending_version),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
