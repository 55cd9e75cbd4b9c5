/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/route_view.h"

#include <assert.h>
#include <string.h>

#include "daemon/route.h"
#include "daemon/service.h"
#include "daemon/work.h"

/* The rules and the calendar that scans go by. */
static bool read_rules(struct view *view, struct rule_list *rules, struct calendar *calendar,
                       struct error *err)
{
    struct alert_request scan;
    if (!work_scan(view->rules_context, NULL, DAY_NONE, view->arena, &scan, err))
        return false;
    *rules = *scan.rules;
    *calendar = *scan.calendar;
    return true;
}

/* Raw rows of any source are only for whoever mends or checks loads, and sees every district. */
static bool sees_raw(const struct scope *scope)
{
    return (scope->role == ROLE_AUDITOR || scope->role == ROLE_ADMIN) && !scope_region(scope) &&
           !scope_department(scope);
}

struct view route_view_of(const struct request *request)
{
    return (struct view){
        .db = request->db,
        .arena = request->arena,
        .region_code = scope_region(&request->user.scope),
        .department_id = scope_department(&request->user.scope),
        .today = request->today,
        .data_version = request->data_version,
        .utc_offset_minutes =
            (int)settings_integer(request->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES),
        .sees_raw = sees_raw(&request->user.scope),
        .rules = read_rules,
        .rules_context = request->settings,
    };
}

bool route_view(struct request *request, struct response *response, view_fill *fill,
                const void *context, struct error *err)
{
    struct view view = route_view_of(request);
    json_t *answer = NULL;
    return view_answer(&view, fill, context, &answer, err) && response_json(response, answer, err);
}

const char *route_view_name(const struct request *request)
{
    return strrchr(request->route->pattern, '/') + 1;
}

static const char *query_value(const void *context, const char *name)
{
    return request_query(context, name);
}

bool route_view_query(const struct request *request, const struct view_list *list,
                      struct view_query *out, struct error *err)
{
    assert(list);
    *out = (struct view_query){
        .list = list,
        .value = query_value,
        .context = request,
        .cursor = request_query(request, "cursor"),
    };
    return request_query_integer(request, "limit", 1, VIEW_LIMIT_CAP, VIEW_LIMIT, &out->limit, err);
}

bool route_list(struct request *request, struct response *response, struct error *err)
{
    struct view view = route_view_of(request);
    struct view_query query;
    json_t *answer = NULL;
    if (!route_view_query(request, view_list_find(route_view_name(request)), &query, err))
        return false;
    service_stamp(request->service, &view.stamp);
    if (!view_list_answer(&view, &query, &answer, err))
        return false;
    service_note_stamp(request->service, &view.stamp);
    return response_json(response, answer, err);
}
