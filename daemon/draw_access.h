/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The draw that a request is about, and whether its account may do with it what it asks. */
#ifndef HENG_DAEMON_DRAW_ACCESS_H
#define HENG_DAEMON_DRAW_ACCESS_H

#include "daemon/http.h"
#include "etl/store/draw_plan.h"
#include "etl/store/view_draw.h"

/* What the request's account has to do with a plan (etl/store/draw_plan.h). */
ERROR_CHECKED bool draw_access_reach(struct request *request, const char *plan,
                                     enum draw_plan_reach *out, struct error *err);

/* {authority} and {number} of the path. least: DRAW_PLAN_SHARED to look at the draw, DRAW_PLAN_OWN
 * to change it or to take all of it. ERROR_NOT_FOUND when the draw is not there for this account,
 * else "forbidden". */
ERROR_CHECKED bool draw_access_open(struct request *request, struct response *response,
                                    enum draw_plan_reach least, struct view_draw_key *out,
                                    struct error *err);

#endif
