/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/draw/beacon.h"
#include "models/draw/commit.h"

enum { PERIOD_S = 3 };

/* The round of a moment is the first that is signed at it or later. */
static void finds_the_round_of_a_moment(void **state)
{
    (void)state;
    assert_int_equal(beacon_quicknet_round(BEACON_QUICKNET_GENESIS_S - 1, 0), 0);
    assert_int_equal(beacon_quicknet_round(BEACON_QUICKNET_GENESIS_S, 0), 1);
    assert_int_equal(beacon_quicknet_moment_s(1), BEACON_QUICKNET_GENESIS_S);
    for (int64_t moment_s = 1753000000; moment_s < 1753000009; moment_s++) {
        int64_t signed_s = beacon_quicknet_moment_s(beacon_quicknet_round(moment_s, 60));
        assert_in_range(signed_s - moment_s, 60, 60 + PERIOD_S - 1);
    }
}

static void is_due_when_it_can_be_known(void **state)
{
    (void)state;
    struct error err;
    struct commit commit = {
        .beacon_source = BEACON_DECLARED_TEXT, .committed_at_s = 1753000000, .beacon_delay_s = 60};
    assert_int_equal(commit_beacon_at_s(&commit), 1753000060);
    assert_false(commit_beacon_due(&commit, 1753000059, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    assert_true(commit_beacon_due(&commit, 1753000060, &err));
    commit.beacon_source = BEACON_REHEARSAL;
    assert_true(commit_beacon_due(&commit, 1753000000, &err));
    commit.beacon_source = BEACON_DRAND_QUICKNET;
    commit.beacon_round = beacon_quicknet_round(commit.committed_at_s, commit.beacon_delay_s);
    int64_t signed_s = beacon_quicknet_moment_s(commit.beacon_round);
    assert_false(commit_beacon_due(&commit, signed_s - 1, &err));
    assert_true(commit_beacon_due(&commit, signed_s, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_round_of_a_moment),
        cmocka_unit_test(is_due_when_it_can_be_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
