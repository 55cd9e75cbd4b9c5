/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The life of an alert as one transition table:
 *
 *   (none) → firing → acknowledged → assigned → in_progress → resolved → closed
 *
 * An alert is open from firing to in_progress; the store keeps at most one open alert per
 * fingerprint. A finding with the same fingerprint is the event `fire` on the open alert (it stays
 * where it is, one hit more), `refire` on a resolved one (the same alert opens again), and a new
 * alert when the last one is closed: closed is final. Resolving needs a verdict, which is what the
 * precision of a rule is counted from.
 *
 * The event `lapse` notes on an open alert that its condition is no longer found (a complaint was
 * accepted meanwhile). The state stays: only a person says what the alert was worth.
 */
#ifndef HENG_MODELS_ALERT_LIFE_H
#define HENG_MODELS_ALERT_LIFE_H

#include "models/core/error.h"
#include "models/core/text.h"

enum life_state {
    LIFE_NONE, /* before the first finding */
    LIFE_FIRING,
    LIFE_ACKNOWLEDGED,
    LIFE_ASSIGNED,
    LIFE_IN_PROGRESS,
    LIFE_RESOLVED,
    LIFE_CLOSED,
    LIFE_STATE_COUNT
};

enum life_event {
    LIFE_FIRE,
    LIFE_ACKNOWLEDGE,
    LIFE_ASSIGN,
    LIFE_START,
    LIFE_RESOLVE,
    LIFE_CLOSE,
    LIFE_REFIRE,
    LIFE_LAPSE,
    LIFE_EVENT_COUNT
};

enum life_verdict {
    LIFE_NO_VERDICT,
    LIFE_TRUE,      /* the alert was right */
    LIFE_FALSE,     /* a false alarm */
    LIFE_DUPLICATE, /* another alert covers it */
    LIFE_VERDICT_COUNT
};

/* Who acts: the scan itself, a person who works on alerts, a person who oversees them. */
enum life_actor { LIFE_SYSTEM = 1, LIFE_OFFICER = 2, LIFE_SUPERVISOR = 4 };

struct life_step {
    enum life_event event;
    enum life_actor actor;
    enum life_verdict verdict;
    struct text assignee;
    struct text reason;
};

/* The state after the step. Otherwise an error that names what is allowed or missing:
 * ERROR_CONFLICT for an event this state or this actor does not allow, ERROR_INPUT for a verdict,
 * assignee or reason that is missing, or a verdict or assignee that the event does not take, with
 * its name as the subject. */
ERROR_CHECKED bool life_apply(enum life_state state, const struct life_step *step,
                              enum life_state *next, struct error *err);

bool life_is_open(enum life_state state);

/* Names as in the database and in JSON: "in_progress", "acknowledge", "true", … */
const char *life_state_name(enum life_state state);
bool life_state_of(struct text name, enum life_state *out);
const char *life_event_name(enum life_event event);
bool life_event_of(struct text name, enum life_event *out);
const char *life_verdict_name(enum life_verdict verdict);
bool life_verdict_of(struct text name, enum life_verdict *out);

#endif
