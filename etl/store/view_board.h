/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The leader's board and what the planner's counts need: the register at a glance, its counts by
 * class, district or industry, and the districts with their tiles. All are view_fill functions; the
 * definitions behind the numbers are those of view_judge.h, as in the lists.
 */
#ifndef HENG_ETL_STORE_VIEW_BOARD_H
#define HENG_ETL_STORE_VIEW_BOARD_H

#include "etl/store/view.h"

/* Adds classes, class_moves, regions, inspections, alerts, complaints, sources, district_set (NULL
 * on days without a tile map) and region {region_code, name} (NULL = all). context is a region_code
 * or NULL: ERROR_NOT_FOUND for a code that no region ever had. The caller has narrowed it by the
 * scope. */
ERROR_CHECKED bool view_board_summary(struct view *view, const void *context, json_t *answer,
                                      struct error *err);

/* Adds rows. context is "class", "region", "industry" or NULL (class). */
ERROR_CHECKED bool view_board_register(struct view *view, const void *context, json_t *answer,
                                       struct error *err);

/* Adds on, district_set and items. context is a day or NULL: the day of the answer. */
ERROR_CHECKED bool view_board_regions(struct view *view, const void *context, json_t *answer,
                                      struct error *err);

#endif
