/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/deadline.h"

#include <assert.h>

static const char *const outcome_names[] = {
    [DEADLINE_NOT_DUE] = "not_due",
    [DEADLINE_MET] = "met",
    [DEADLINE_LATE_ACCEPTED] = "late_accepted",
    [DEADLINE_OVERDUE] = "overdue",
};

const char *deadline_outcome_name(enum deadline_outcome outcome)
{
    return outcome_names[outcome];
}

/* The earliest step that has happened by as_of, or DAY_NONE. */
static day first_step(const struct deadline_steps *steps, day as_of)
{
    const day candidates[] = {steps->accepted_on, steps->refused_on, steps->ended_on};
    day first = DAY_NONE;
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        day step = candidates[i];
        if (step != DAY_NONE && step <= as_of && (first == DAY_NONE || step < first))
            first = step;
    }
    return first;
}

struct deadline deadline_judge(const struct deadline_steps *steps, day as_of,
                               int limit_working_days, const struct calendar *calendar)
{
    assert(steps->received_on != DAY_NONE && as_of != DAY_NONE);
    struct deadline result = {.outcome = DEADLINE_NOT_DUE};
    result.due_on = calendar_add_working_days(calendar, steps->received_on, limit_working_days,
                                              &result.provisional);
    if (steps->received_on > as_of)
        return result;
    day step = first_step(steps, as_of);
    day until = step != DAY_NONE ? step : as_of;
    if (until <= result.due_on) {
        result.outcome = step != DAY_NONE ? DEADLINE_MET : DEADLINE_NOT_DUE;
        return result;
    }
    bool count_provisional = false;
    result.outcome = step != DAY_NONE ? DEADLINE_LATE_ACCEPTED : DEADLINE_OVERDUE;
    result.over_days =
        calendar_working_days_between(calendar, result.due_on, until, &count_provisional);
    result.provisional = result.provisional || count_provisional;
    return result;
}
