/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Steps that people take, each a link of the one chain, in a transaction of the caller's:
 *
 *     alert_write_open(&writer, db, ALERT_WRITE_STEPS, now, err) &&
 *     alert_step_take(&writer, &order, &refusal, err) …
 *     alert_write_close(&writer, done, err)
 *
 * The version of an alert is the number of its last step in the chain: whatever changes an alert
 * adds one, so two different states of it never have the same version. Writers wait for each other,
 * so of several steps that name the same version one is taken.
 */
#ifndef HENG_ETL_STORE_ALERT_STEP_H
#define HENG_ETL_STORE_ALERT_STEP_H

#include "etl/store/alert_write.h"

enum { ALERT_STEP_ANY_VERSION = 0 };

struct alert_order {
    int64_t alert_id;
    int64_t version;         /* that was looked at, or ALERT_STEP_ANY_VERSION */
    const char *region_code; /* alerts of other districts are not there; NULL = of every district */
    const struct life_step *step;
    struct text actor;
};

/* Why a step was not taken. After a refusal nothing was written and the transaction goes on; after
 * ALERT_STEP_FAILED it has to be rolled back. */
enum alert_refusal {
    ALERT_STEP_FAILED,
    ALERT_STEP_REFUSED, /* ERROR_NOT_FOUND, or what life_apply() says */
    ALERT_STEP_STALE    /* the alert has changed since: ERROR_CONFLICT */
};

/* ERROR_INPUT, refused, also for an actor that is missing, too long or ALERT_SYSTEM. */
ERROR_CHECKED bool alert_step_take(struct alert_writer *writer, const struct alert_order *order,
                                   enum alert_refusal *refusal, struct error *err);

#endif
