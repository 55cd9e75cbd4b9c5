/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The condition of an open alert is no longer found: noted on it as a step `lapse`. The state
 * stays, for only a person says what the alert was worth. Used by the alert store only. */
#ifndef HENG_ETL_STORE_ALERT_LAPSE_H
#define HENG_ETL_STORE_ALERT_LAPSE_H

#include "etl/store/alert_find.h"

struct alert_lapsing {
    int64_t alert_id;
    const char *fingerprint; /* hexadecimal */
    const char *state;
};

/* Takes over evidence, what the thing looks like now (NULL: no memory). */
ERROR_CHECKED bool alert_lapse(struct alert_scan *scan, const struct rule *rule,
                               const struct alert_lapsing *lapsing, json_t *evidence,
                               struct error *err);

#endif
