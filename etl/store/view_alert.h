/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Alerts for the service: the queue, and one alert with what is behind it and what may be done. */
#ifndef HENG_ETL_STORE_VIEW_ALERT_H
#define HENG_ETL_STORE_VIEW_ALERT_H

#include "etl/store/view_list.h"
#include "models/alert/life.h"

enum { VIEW_ALERT_RECORDS = 500 /* most records behind an alert that are shown */ };

/* A view_fill: the list "alerts" and "counts" of every state under the same filter but for the
 * state. context is a view_query. */
ERROR_CHECKED bool view_alert_queue(struct view *view, const void *context, json_t *answer,
                                    struct error *err);

struct view_alert {
    int64_t alert_id;
    unsigned actor; /* bits of enum life_actor: as whom the reader may take steps; 0 = may not */
};

/* A view_fill: the item of the list with labels, evidence (each week of a series with its bound),
 * transitions, records (as known on the day of the last hit; records_more: there are others),
 * previous, and allowed: the events that the reader may bring about and what each needs. context is
 * a view_alert. ERROR_NOT_FOUND also for an alert outside the scope. */
ERROR_CHECKED bool view_alert_one(struct view *view, const void *context, json_t *answer,
                                  struct error *err);

#endif
