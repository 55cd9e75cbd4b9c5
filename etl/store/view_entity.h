/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The file of one entity: what it is, its score with reasons, and everything on record about it,
 * each fact with the moment it became known, its source, file and line.
 */
#ifndef HENG_ETL_STORE_VIEW_ENTITY_H
#define HENG_ETL_STORE_VIEW_ENTITY_H

#include "etl/store/view.h"

enum { VIEW_ENTITY_ROWS_CAP = 500 };

struct view_entity_query {
    const char *scheme;
    const char *code; /* an earlier number answers with the entity it belongs to */
};

/* A view_fill: adds entity; score (null when the published run did not score it); reasons, whose
 * points add up to the score, and reasons_state ("explained", "not_scored", or "outdated" when what
 * was known on the run's day was changed since: there are no reasons then); history, inspections,
 * complaints, records, relations, alerts, draws; cut, the names of those lists that have more than
 * VIEW_ENTITY_ROWS_CAP rows. context is a view_entity_query. ERROR_NOT_FOUND outside the scope. */
ERROR_CHECKED bool view_entity_fill(struct view *view, const void *context, json_t *answer,
                                    struct error *err);

#endif
