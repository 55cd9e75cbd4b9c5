/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans and draws, one at a time. What bound accounts are shown: etl/store/draw_plan.h. */
#ifndef HENG_ETL_STORE_VIEW_DRAW_H
#define HENG_ETL_STORE_VIEW_DRAW_H

#include "etl/store/view.h"

/* A view_fill: the members of the plan, its exact text in "document". context is its name. */
ERROR_CHECKED bool view_draw_plan_fill(struct view *view, const void *context, json_t *answer,
                                       struct error *err);

struct view_draw_key {
    const char *authority;
    int64_t number;
};

/* A view_fill: the members of the draw (its own as_of, not that of the published run), with strata,
 * exclusions, hashes and beacon from its files. context is a view_draw_key. */
ERROR_CHECKED bool view_draw_fill(struct view *view, const void *context, json_t *answer,
                                  struct error *err);

#endif
