/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/alert/life.h"

static struct life_step step_of(enum life_event event, enum life_actor actor)
{
    return (struct life_step){.event = event, .actor = actor};
}

static enum life_state after(enum life_state state, struct life_step step)
{
    enum life_state next = LIFE_STATE_COUNT;
    struct error err;
    assert_true(life_apply(state, &step, &next, &err));
    return next;
}

static void refused(enum life_state state, struct life_step step, enum error_kind kind,
                    const char *message)
{
    enum life_state next = LIFE_STATE_COUNT;
    struct error err;
    assert_false(life_apply(state, &step, &next, &err));
    assert_int_equal(err.kind, kind);
    assert_non_null(strstr(err.message, message));
    assert_int_equal(next, LIFE_STATE_COUNT);
}

static void test_a_whole_life(void **state)
{
    (void)state;
    struct life_step assign = step_of(LIFE_ASSIGN, LIFE_SUPERVISOR);
    assign.assignee = TEXT_LITERAL("D01");
    struct life_step resolve = step_of(LIFE_RESOLVE, LIFE_OFFICER);
    resolve.verdict = LIFE_TRUE;
    resolve.reason = TEXT_LITERAL("checked on site");
    enum life_state now = after(LIFE_NONE, step_of(LIFE_FIRE, LIFE_SYSTEM));
    assert_int_equal(now, LIFE_FIRING);
    now = after(now, step_of(LIFE_FIRE, LIFE_SYSTEM));
    now = after(now, step_of(LIFE_ACKNOWLEDGE, LIFE_OFFICER));
    assert_int_equal(now, LIFE_ACKNOWLEDGED);
    now = after(now, assign);
    assert_int_equal(now, LIFE_ASSIGNED);
    now = after(now, step_of(LIFE_START, LIFE_OFFICER));
    now = after(now, step_of(LIFE_FIRE, LIFE_SYSTEM));
    assert_int_equal(now, LIFE_IN_PROGRESS);
    now = after(now, resolve);
    assert_int_equal(now, LIFE_RESOLVED);
    assert_int_equal(after(now, step_of(LIFE_REFIRE, LIFE_SYSTEM)), LIFE_FIRING);
    now = after(now, step_of(LIFE_CLOSE, LIFE_SUPERVISOR));
    assert_int_equal(now, LIFE_CLOSED);
}

static void test_refusals_say_what_is_possible(void **state)
{
    (void)state;
    refused(LIFE_FIRING, step_of(LIFE_CLOSE, LIFE_SUPERVISOR), ERROR_CONFLICT,
            "close is not possible in state firing; possible: fire, acknowledge, assign, resolve");
    refused(LIFE_CLOSED, step_of(LIFE_REFIRE, LIFE_SYSTEM), ERROR_CONFLICT, "possible: nothing");
    refused(LIFE_RESOLVED, step_of(LIFE_FIRE, LIFE_SYSTEM), ERROR_CONFLICT, "refire, close");
    refused(LIFE_NONE, step_of(LIFE_ACKNOWLEDGE, LIFE_OFFICER), ERROR_CONFLICT, "possible: fire");
    refused(LIFE_FIRING, step_of(LIFE_ACKNOWLEDGE, LIFE_SYSTEM), ERROR_CONFLICT,
            "acknowledge is for an officer or a supervisor, not for the system");
    refused(LIFE_FIRING, step_of(LIFE_FIRE, LIFE_OFFICER), ERROR_CONFLICT,
            "fire is for the system, not for an officer");
}

static void test_what_a_step_needs(void **state)
{
    (void)state;
    struct life_step resolve = step_of(LIFE_RESOLVE, LIFE_OFFICER);
    refused(LIFE_FIRING, resolve, ERROR_INPUT, "needs a verdict");
    resolve.verdict = LIFE_FALSE;
    resolve.reason = TEXT_LITERAL("  ");
    refused(LIFE_FIRING, resolve, ERROR_INPUT, "needs a reason");
    resolve.reason = TEXT_LITERAL("x");
    assert_int_equal(after(LIFE_FIRING, resolve), LIFE_RESOLVED);

    struct life_step assign = step_of(LIFE_ASSIGN, LIFE_SUPERVISOR);
    refused(LIFE_FIRING, assign, ERROR_INPUT, "needs an assignee");
    assign.assignee = TEXT_LITERAL("D02");
    assert_int_equal(after(LIFE_FIRING, assign), LIFE_ASSIGNED);
    refused(LIFE_ASSIGNED, assign, ERROR_INPUT, "needs a reason");

    struct life_step acknowledge = step_of(LIFE_ACKNOWLEDGE, LIFE_OFFICER);
    acknowledge.verdict = LIFE_TRUE;
    refused(LIFE_FIRING, acknowledge, ERROR_INPUT, "does not take a verdict");
    acknowledge.verdict = LIFE_NO_VERDICT;
    acknowledge.reason = TEXT_LITERAL("seen");
    assert_int_equal(after(LIFE_FIRING, acknowledge), LIFE_ACKNOWLEDGED);
}

/* The system alone never leaves an open state: `fire` and `lapse` never change one. */
static void test_open_states(void **state)
{
    (void)state;
    int open = 0;
    for (int s = 0; s < LIFE_STATE_COUNT; s++) {
        if (!life_is_open((enum life_state)s))
            continue;
        open++;
        assert_int_equal(after((enum life_state)s, step_of(LIFE_FIRE, LIFE_SYSTEM)), s);
        assert_int_equal(after((enum life_state)s, step_of(LIFE_LAPSE, LIFE_SYSTEM)), s);
        refused((enum life_state)s, step_of(LIFE_REFIRE, LIFE_SYSTEM), ERROR_CONFLICT, "possible");
    }
    assert_int_equal(open, 4);
    refused(LIFE_RESOLVED, step_of(LIFE_LAPSE, LIFE_SYSTEM), ERROR_CONFLICT, "refire, close");
    refused(LIFE_FIRING, step_of(LIFE_LAPSE, LIFE_SUPERVISOR), ERROR_CONFLICT,
            "lapse is for the system, not for a supervisor");
    assert_false(life_is_open(LIFE_NONE));
    assert_false(life_is_open(LIFE_RESOLVED));
}

static void test_names_round_trip(void **state)
{
    (void)state;
    for (int i = 0; i < LIFE_STATE_COUNT; i++) {
        enum life_state back = LIFE_STATE_COUNT;
        assert_true(life_state_of(text_of(life_state_name((enum life_state)i)), &back));
        assert_int_equal(back, i);
    }
    for (int i = 0; i < LIFE_EVENT_COUNT; i++) {
        enum life_event back = LIFE_EVENT_COUNT;
        assert_true(life_event_of(text_of(life_event_name((enum life_event)i)), &back));
        assert_int_equal(back, i);
    }
    for (int i = 0; i < LIFE_VERDICT_COUNT; i++) {
        enum life_verdict back = LIFE_VERDICT_COUNT;
        assert_true(life_verdict_of(text_of(life_verdict_name((enum life_verdict)i)), &back));
        assert_int_equal(back, i);
    }
    enum life_state state_found;
    enum life_verdict verdict;
    assert_false(life_state_of(TEXT_LITERAL("Firing"), &state_found));
    assert_false(life_verdict_of(TEXT_LITERAL("maybe"), &verdict));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_whole_life),
        cmocka_unit_test(test_refusals_say_what_is_possible),
        cmocka_unit_test(test_what_a_step_needs),
        cmocka_unit_test(test_open_states),
        cmocka_unit_test(test_names_round_trip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
