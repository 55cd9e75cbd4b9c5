/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/life.h"

#include <assert.h>
#include <stdio.h>

enum { BY_SYSTEM = LIFE_SYSTEM, BY_SUPERVISOR = LIFE_SUPERVISOR };
enum { BY_STAFF = LIFE_OFFICER | LIFE_SUPERVISOR, BY_CLOSER = LIFE_SYSTEM | LIFE_SUPERVISOR };
enum { NEEDS_VERDICT = 1, NEEDS_ASSIGNEE = 2, NEEDS_REASON = 4 };
enum { ALLOWED_SIZE = 128 };

struct transition {
    enum life_state from;
    enum life_event event;
    enum life_state to;
    int actors;
    int needs;
};

static const struct transition transitions[] = {
    {LIFE_NONE, LIFE_FIRE, LIFE_FIRING, BY_SYSTEM, 0},

    {LIFE_FIRING, LIFE_FIRE, LIFE_FIRING, BY_SYSTEM, 0},
    {LIFE_FIRING, LIFE_ACKNOWLEDGE, LIFE_ACKNOWLEDGED, BY_STAFF, 0},
    {LIFE_FIRING, LIFE_ASSIGN, LIFE_ASSIGNED, BY_SUPERVISOR, NEEDS_ASSIGNEE},
    {LIFE_FIRING, LIFE_RESOLVE, LIFE_RESOLVED, BY_STAFF, NEEDS_VERDICT | NEEDS_REASON},
    {LIFE_FIRING, LIFE_LAPSE, LIFE_FIRING, BY_SYSTEM, 0},

    {LIFE_ACKNOWLEDGED, LIFE_FIRE, LIFE_ACKNOWLEDGED, BY_SYSTEM, 0},
    {LIFE_ACKNOWLEDGED, LIFE_ASSIGN, LIFE_ASSIGNED, BY_SUPERVISOR, NEEDS_ASSIGNEE},
    {LIFE_ACKNOWLEDGED, LIFE_START, LIFE_IN_PROGRESS, BY_STAFF, 0},
    {LIFE_ACKNOWLEDGED, LIFE_RESOLVE, LIFE_RESOLVED, BY_STAFF, NEEDS_VERDICT | NEEDS_REASON},
    {LIFE_ACKNOWLEDGED, LIFE_LAPSE, LIFE_ACKNOWLEDGED, BY_SYSTEM, 0},

    {LIFE_ASSIGNED, LIFE_FIRE, LIFE_ASSIGNED, BY_SYSTEM, 0},
    {LIFE_ASSIGNED, LIFE_ASSIGN, LIFE_ASSIGNED, BY_SUPERVISOR, NEEDS_ASSIGNEE | NEEDS_REASON},
    {LIFE_ASSIGNED, LIFE_START, LIFE_IN_PROGRESS, BY_STAFF, 0},
    {LIFE_ASSIGNED, LIFE_RESOLVE, LIFE_RESOLVED, BY_STAFF, NEEDS_VERDICT | NEEDS_REASON},
    {LIFE_ASSIGNED, LIFE_LAPSE, LIFE_ASSIGNED, BY_SYSTEM, 0},

    {LIFE_IN_PROGRESS, LIFE_FIRE, LIFE_IN_PROGRESS, BY_SYSTEM, 0},
    {LIFE_IN_PROGRESS, LIFE_ASSIGN, LIFE_ASSIGNED, BY_SUPERVISOR, NEEDS_ASSIGNEE | NEEDS_REASON},
    {LIFE_IN_PROGRESS, LIFE_RESOLVE, LIFE_RESOLVED, BY_STAFF, NEEDS_VERDICT | NEEDS_REASON},
    {LIFE_IN_PROGRESS, LIFE_LAPSE, LIFE_IN_PROGRESS, BY_SYSTEM, 0},

    {LIFE_RESOLVED, LIFE_REFIRE, LIFE_FIRING, BY_SYSTEM, 0},
    {LIFE_RESOLVED, LIFE_CLOSE, LIFE_CLOSED, BY_CLOSER, 0},
};

enum { TRANSITION_COUNT = sizeof transitions / sizeof transitions[0] };

static const char *const state_names[LIFE_STATE_COUNT] = {
    [LIFE_NONE] = "none",
    [LIFE_FIRING] = "firing",
    [LIFE_ACKNOWLEDGED] = "acknowledged",
    [LIFE_ASSIGNED] = "assigned",
    [LIFE_IN_PROGRESS] = "in_progress",
    [LIFE_RESOLVED] = "resolved",
    [LIFE_CLOSED] = "closed",
};

static const char *const event_names[LIFE_EVENT_COUNT] = {
    [LIFE_FIRE] = "fire",       [LIFE_ACKNOWLEDGE] = "acknowledge",
    [LIFE_ASSIGN] = "assign",   [LIFE_START] = "start",
    [LIFE_RESOLVE] = "resolve", [LIFE_CLOSE] = "close",
    [LIFE_REFIRE] = "refire",   [LIFE_LAPSE] = "lapse",
};

static const char *const verdict_names[LIFE_VERDICT_COUNT] = {
    [LIFE_NO_VERDICT] = "none",
    [LIFE_TRUE] = "true",
    [LIFE_FALSE] = "false",
    [LIFE_DUPLICATE] = "duplicate",
};

static int index_of(struct text name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (text_is(name, names[i]))
            return i;
    }
    return -1;
}

const char *life_state_name(enum life_state state)
{
    assert((int)state >= 0 && state < LIFE_STATE_COUNT);
    return state_names[state];
}

bool life_state_of(struct text name, enum life_state *out)
{
    int found = index_of(name, state_names, LIFE_STATE_COUNT);
    if (found >= 0)
        *out = (enum life_state)found;
    return found >= 0;
}

const char *life_event_name(enum life_event event)
{
    assert((int)event >= 0 && event < LIFE_EVENT_COUNT);
    return event_names[event];
}

bool life_event_of(struct text name, enum life_event *out)
{
    int found = index_of(name, event_names, LIFE_EVENT_COUNT);
    if (found >= 0)
        *out = (enum life_event)found;
    return found >= 0;
}

const char *life_verdict_name(enum life_verdict verdict)
{
    assert((int)verdict >= 0 && verdict < LIFE_VERDICT_COUNT);
    return verdict_names[verdict];
}

bool life_verdict_of(struct text name, enum life_verdict *out)
{
    int found = index_of(name, verdict_names, LIFE_VERDICT_COUNT);
    if (found >= 0)
        *out = (enum life_verdict)found;
    return found >= 0;
}

bool life_is_open(enum life_state state)
{
    return state >= LIFE_FIRING && state <= LIFE_IN_PROGRESS;
}

static const char *actor_name(int actor)
{
    return actor == LIFE_SYSTEM    ? "the system"
           : actor == LIFE_OFFICER ? "an officer"
                                   : "a supervisor";
}

static bool refuse_event(enum life_state state, enum life_event event, struct error *err)
{
    char allowed[ALLOWED_SIZE] = "";
    int used = 0;
    for (int i = 0; i < TRANSITION_COUNT; i++) {
        if (transitions[i].from == state)
            used += snprintf(allowed + used, sizeof allowed - (size_t)used, "%s%s",
                             used ? ", " : "", event_names[transitions[i].event]);
    }
    return error_set(err, ERROR_CONFLICT, "alert", "%s is not possible in state %s; possible: %s",
                     life_event_name(event), life_state_name(state), used ? allowed : "nothing");
}

static bool refuse_actor(const struct transition *row, enum life_actor actor, struct error *err)
{
    int first = row->actors & -row->actors;
    int second = row->actors & ~first;
    return error_set(err, ERROR_CONFLICT, "alert", "%s is for %s%s%s, not for %s",
                     life_event_name(row->event), actor_name(first), second ? " or " : "",
                     second ? actor_name(second) : "", actor_name((int)actor));
}

static bool check_needs(const struct transition *row, const struct life_step *step,
                        struct error *err)
{
    const struct {
        int bit;
        bool given;
        bool optional; /* may be given where it is not needed */
        const char *name;
        const char *what;
    } parts[] = {
        {NEEDS_VERDICT, step->verdict != LIFE_NO_VERDICT, false, "verdict",
         "a verdict (true, false or duplicate)"},
        {NEEDS_ASSIGNEE, text_trim(step->assignee).size > 0, false, "assignee", "an assignee"},
        {NEEDS_REASON, text_trim(step->reason).size > 0, true, "reason", "a reason"},
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        bool needed = row->needs & parts[i].bit;
        if (needed && !parts[i].given)
            return error_set(err, ERROR_INPUT, parts[i].name, "%s in state %s needs %s, found none",
                             event_names[row->event], state_names[row->from], parts[i].what);
        if (!needed && parts[i].given && !parts[i].optional)
            return error_set(err, ERROR_INPUT, parts[i].name, "%s does not take %s",
                             event_names[row->event], parts[i].what);
    }
    return true;
}

bool life_apply(enum life_state state, const struct life_step *step, enum life_state *next,
                struct error *err)
{
    for (int i = 0; i < TRANSITION_COUNT; i++) {
        const struct transition *row = &transitions[i];
        if (row->from != state || row->event != step->event)
            continue;
        if (!(row->actors & (int)step->actor))
            return refuse_actor(row, step->actor, err);
        if (!check_needs(row, step, err))
            return false;
        *next = row->to;
        return true;
    }
    return refuse_event(state, step->event, err);
}
