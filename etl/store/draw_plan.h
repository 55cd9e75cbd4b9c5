/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans in the database: registered once, byte for byte, never changed. */
#ifndef HENG_ETL_STORE_DRAW_PLAN_H
#define HENG_ETL_STORE_DRAW_PLAN_H

#include "etl/store/draw_store.h"

/* Registers a plan within the caller's transaction; the same again changes nothing. *fresh (may be
 * NULL) tells whether it is new. ERROR_CONFLICT: the name stands for other contents. document ends
 * with a NUL that its size does not count. */
ERROR_CHECKED bool draw_plan_store(const struct draw_context *context, const struct plan *plan,
                                   struct text document, bool *fresh, struct error *err);

/* A registered plan; both live in the arena. ERROR_NOT_FOUND when there is none of this name. */
ERROR_CHECKED bool draw_plan_fetch(struct db *db, const char *name, struct arena *arena,
                                   struct plan **out, struct text *document, struct error *err);

/* ERROR_CONFLICT when a draw of the plan is committed and not run: whoever could commit again and
 * again without running would choose among the draws. */
ERROR_CHECKED bool draw_plan_require_idle(struct db *db, const struct plan *plan,
                                          struct error *err);

/*
 * What an account that is bound to a district, a department or both has to do with a plan and its
 * draws; the only definition of it (view plan_area of the schema):
 *
 *   OWN     everybody who can be drawn lies in the district (population.region_codes is the
 *           district and nothing else), and every inspector is of the department
 *           (inspectors.departments is the department and nothing else): may be registered, drawn,
 *           abandoned, and taken away as a bundle
 *   SHARED  district and department take part, others too: plan and draw are shown; of the visits
 *           those of the district in which an inspector of the department takes part
 *   OTHER   they take no part, or there is no such plan: as if it did not exist
 *
 * Accounts that are not bound own every plan.
 */
enum draw_plan_reach { DRAW_PLAN_OTHER, DRAW_PLAN_SHARED, DRAW_PLAN_OWN };

/* region_code and department_id: NULL = not bound. */
ERROR_CHECKED bool draw_plan_reach_of(struct db *db, const char *name, const char *region_code,
                                      const char *department_id, enum draw_plan_reach *out,
                                      struct error *err);

/* The name of a draw's plan, in the arena. ERROR_NOT_FOUND when there is no such draw. */
ERROR_CHECKED bool draw_plan_of_draw(struct db *db, const char *authority, int64_t number,
                                     struct arena *arena, const char **out, struct error *err);

#endif
