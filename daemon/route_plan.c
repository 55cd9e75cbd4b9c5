/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plans of draws: one with its exact text, and a new one. */
#include <string.h>

#include "daemon/body.h"
#include "daemon/draw_access.h"
#include "daemon/draw_work.h"
#include "daemon/link.h"
#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/route_view.h"
#include "daemon/service.h"

bool route_plan_one(struct request *request, struct response *response, struct error *err)
{
    return route_view(request, response, view_draw_plan_fill, request_path_value(request, "plan"),
                      err);
}

static bool read_plan(struct request *request, const char *document, struct plan **out,
                      struct error *err)
{
    if (!plan_read(document, strlen(document), "/document", request->arena, out, err))
        return false;
    return (link_can_name((*out)->name) && link_can_name((*out)->authority)) ||
           error_set(err, ERROR_INPUT, "/document",
                     "plan and authority must be names without a slash, that an address can hold");
}

static bool store(struct request *request, struct response *response, const struct plan *plan,
                  const char *document, bool *fresh, struct error *err)
{
    struct draw_work work;
    enum draw_plan_reach reach;
    draw_work_init(&work, request->db, request->arena, request->settings, request->user.name,
                   request->id);
    if (!draw_plan_store(&work.context, plan, text_of(document), fresh, err) ||
        !draw_access_reach(request, plan->name, &reach, err))
        return false;
    if (reach != DRAW_PLAN_OWN)
        return problem_set(response, err, PROBLEM_FORBIDDEN, "/document",
                           "the plan must draw in the district, and with inspectors of the "
                           "department, of this account and no other");
    return !*fresh || (record_event(request, "plan.register", plan->name, plan->title_zh, err) &&
                       change_note(request->db, "draw", err));
}

static bool answer_plan(struct request *request, struct response *response, const struct plan *plan,
                        bool fresh, struct error *err)
{
    char link[LINK_SIZE];
    link_make("plans", plan->name, 0, link);
    const char *location = arena_copy(request->arena, link, strlen(link));
    if (!location)
        return arena_error(request->arena, err);
    response->status = fresh ? 201 : 200;
    response_header(response, "Location", location);
    return route_view(request, response, view_draw_plan_fill, plan->name, err);
}

bool route_plan_new(struct request *request, struct response *response, struct error *err)
{
    const char *document = "";
    const struct body_member members[] = {{"document", BODY_TEXT, true, .text = &document}};
    struct plan *plan = NULL;
    bool fresh = false;
    json_t *body = NULL;
    if (!body_read(request, members, 1, &body, err))
        return false;
    bool good = read_plan(request, document, &plan, err) && db_begin(request->db, err) &&
                store(request, response, plan, document, &fresh, err) &&
                db_commit(request->db, err);
    json_decref(body);
    if (!good)
        return false;
    service_changed(request->service);
    return answer_plan(request, response, plan, fresh, err);
}
