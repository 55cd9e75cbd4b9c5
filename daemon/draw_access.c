/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/draw_access.h"

bool draw_access_reach(struct request *request, const char *plan, enum draw_plan_reach *out,
                       struct error *err)
{
    const struct scope *scope = &request->user.scope;
    return draw_plan_reach_of(request->db, plan, scope_region(scope), scope_department(scope), out,
                              err);
}

bool draw_access_open(struct request *request, struct response *response,
                      enum draw_plan_reach least, struct view_draw_key *out, struct error *err)
{
    const char *number = request_path_value(request, "number");
    const char *plan = NULL;
    enum draw_plan_reach reach = DRAW_PLAN_OTHER;
    out->authority = request_path_value(request, "authority");
    if (!text_to_i64(text_of(number), &out->number) || out->number < 1)
        return error_set(err, ERROR_NOT_FOUND, NULL, "there is no draw %s", number);
    if (!draw_plan_of_draw(request->db, out->authority, out->number, request->arena, &plan, err) ||
        !draw_access_reach(request, plan, &reach, err))
        return false;
    if (reach == DRAW_PLAN_OTHER)
        return error_set(err, ERROR_NOT_FOUND, out->authority, "has no draw number %s", number);
    return reach >= least ||
           problem_set(response, err, PROBLEM_FORBIDDEN, NULL,
                       "this draw reaches beyond the district or department of this account");
}
