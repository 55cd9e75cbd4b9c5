/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/route.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define API "/api/v1"

static const struct route routes[] = {
    /* method, pattern, function, roles, flags, query, body */
    {"POST", API "/session", route_session_open, 0, ROUTE_OPEN | ROUTE_AUDITED, "",
     ROUTE_BODY_SMALL},
    {"DELETE", API "/session", route_session_close, ROLE_EVERY, ROUTE_AUDITED, "", 0},
    {"GET", API "/me", route_session_me, ROLE_EVERY, 0, "", 0},
    {"GET", API "/summary", route_board_summary, ROLE_ALL, ROUTE_CACHEABLE, "region_code", 0},
    {"GET", API "/register", route_board_register, ROLE_ALL, ROUTE_CACHEABLE, "by", 0},
    {"GET", API "/regions", route_board_regions, ROLE_ALL, ROUTE_CACHEABLE, "on", 0},
    {"GET", API "/complaints", route_list, ROLE_ALL, ROUTE_CACHEABLE,
     "handling|region_code|from|to|cursor|limit", 0},
    {"GET", API "/inspections", route_list, ROLE_ALL, ROUTE_CACHEABLE,
     "adverse|outcome|region_code|from|to|cursor|limit", 0},
    {"GET", API "/class-changes", route_list, ROLE_ALL, ROUTE_CACHEABLE,
     "from_class|to_class|region_code|cursor|limit", 0},
    {"GET", API "/sources", route_list, ROLE_ALL, ROUTE_CACHEABLE, "cursor|limit", 0},
    {"GET", API "/rejects", route_list, ROLE_ALL, ROUTE_CACHEABLE,
     "source|reason|batch|taken|cursor|limit", 0},
    {"GET", API "/rejects/{id}/file", route_reject_file, ROLE_AUDITOR | ROLE_ADMIN, 0, "reason", 0},
    {"POST", API "/rejects/replay", route_reject_replay, ROLE_ADMIN, ROUTE_AUDITED, "",
     ROUTE_BODY_PLAN},
    {"GET", API "/quality", route_list, ROLE_ALL, ROUTE_CACHEABLE, "source|from|to|cursor|limit",
     0},
    {"GET", API "/alerts", route_alert_list, ROLE_ALL & ~ROLE_PLANNER, ROUTE_CACHEABLE,
     "state|rule|severity|region_code|assignee|overdue|sort|cursor|limit", 0},
    {"GET", API "/alerts/{id}", route_alert_one, ROLE_ALL & ~ROLE_PLANNER, ROUTE_CACHEABLE, "", 0},
    {"POST", API "/alerts/{id}/transitions", route_alert_step, ROLE_REGULATOR | ROLE_ADMIN,
     ROUTE_AUDITED, "", ROUTE_BODY_SMALL},
    {"POST", API "/alerts/transitions", route_alert_steps, ROLE_REGULATOR | ROLE_ADMIN,
     ROUTE_AUDITED, "", ROUTE_BODY_SMALL},
    {"GET", API "/entities", route_list, ROLE_ALL, ROUTE_CACHEABLE,
     "query|class|region_code|industry_section|status|sort|cursor|limit", 0},
    {"GET", API "/entities/{scheme}/{code}", route_entity_one, ROLE_ALL, ROUTE_AUDITED, "", 0},
    {"GET", API "/plans", route_list, ROLE_ALL, ROUTE_CACHEABLE, "authority|cursor|limit", 0},
    {"POST", API "/plans", route_plan_new, ROLE_PLANNER | ROLE_ADMIN, ROUTE_AUDITED, "",
     ROUTE_BODY_PLAN},
    {"GET", API "/plans/{plan}", route_plan_one, ROLE_ALL, ROUTE_CACHEABLE, "", 0},
    {"GET", API "/draws", route_list, ROLE_ALL, ROUTE_CACHEABLE, "authority|plan|cursor|limit", 0},
    {"POST", API "/draws", route_draw_new, ROLE_PLANNER | ROLE_ADMIN, ROUTE_AUDITED, "",
     ROUTE_BODY_SMALL},
    {"GET", API "/draws/{authority}/{number}", route_draw_one, ROLE_ALL, ROUTE_CACHEABLE, "", 0},
    {"POST", API "/draws/{authority}/{number}/run", route_draw_run, ROLE_PLANNER | ROLE_ADMIN,
     ROUTE_AUDITED, "", ROUTE_BODY_SMALL},
    {"POST", API "/draws/{authority}/{number}/reveal", route_draw_reveal, ROLE_PLANNER | ROLE_ADMIN,
     ROUTE_AUDITED, "", ROUTE_BODY_SMALL},
    {"POST", API "/draws/{authority}/{number}/abandon", route_draw_abandon,
     ROLE_PLANNER | ROLE_ADMIN, ROUTE_AUDITED, "", ROUTE_BODY_SMALL},
    {"GET", API "/draws/{authority}/{number}/verify", route_draw_verify, ROLE_ALL, ROUTE_CACHEABLE,
     "", 0},
    {"POST", API "/draws/{authority}/{number}/verify", route_draw_verify_job, ROLE_ALL,
     ROUTE_AUDITED, "", 0},
    {"GET", API "/draws/{authority}/{number}/bundle", route_draw_bundle, ROLE_ALL,
     ROUTE_AUDITED | ROUTE_STREAMS, "", 0},
    {"GET", API "/visits", route_visits, ROLE_ALL, ROUTE_CACHEABLE, "authority|number|cursor|limit",
     0},
    {"GET", API "/loads", route_list, ROLE_ALL, ROUTE_CACHEABLE, "source|cursor|limit", 0},
    {"POST", API "/records/{source}", route_record_push, ROLE_FEEDER, ROUTE_AUDITED | ROUTE_LINES,
     "", ROUTE_BODY_RECORDS},
    {"GET", API "/feeds", route_list, ROLE_ALL, 0, "cursor|limit", 0},
    {"POST", API "/jobs", route_job_new, ROLE_ALL, ROUTE_AUDITED, "", ROUTE_BODY_SMALL},
    {"GET", API "/jobs/{id}", route_job_one, ROLE_ALL, 0, "", 0},
    {"DELETE", API "/jobs/{id}", route_job_cancel, ROLE_ALL, ROUTE_AUDITED, "", 0},
    {"GET", API "/audit", route_list, ROLE_AUDITOR | ROLE_ADMIN, 0, "cursor|limit", 0},
    {"GET", API "/audit/verify", route_audit_verify, ROLE_AUDITOR | ROLE_ADMIN, 0, "", 0},
    {"GET", API "/export/{list}.csv", route_export, ROLE_ALL,
     ROUTE_AUDITED | ROUTE_STREAMS | ROUTE_OWN_QUERY, "", 0},
    {"GET", "/livez", route_health_live, 0, ROUTE_OPEN | ROUTE_BARE, "", 0},
    {"GET", "/readyz", route_health_ready, 0, ROUTE_OPEN, "", 0},
    {"GET", "/metrics", route_health_metrics, 0, ROUTE_OPEN | ROUTE_BARE | ROUTE_LOCAL, "", 0},
    {"GET", "/openapi.json", route_health_description, 0, ROUTE_OPEN | ROUTE_BARE, "", 0},
    {"GET", "/", route_page_first, 0, ROUTE_OPEN | ROUTE_BARE | ROUTE_OWN_QUERY, "", 0},
    {"GET", "/assets/{file}", route_page_asset, 0, ROUTE_OPEN | ROUTE_BARE, "", 0},
    {"GET", "/{file}", route_page_file, 0, ROUTE_OPEN | ROUTE_BARE, "", 0},
};

enum { ROUTE_COUNT = sizeof routes / sizeof routes[0] };

const struct route *route_all(size_t *count)
{
    *count = ROUTE_COUNT;
    return routes;
}

static size_t segment_size(const char *text)
{
    return strcspn(text, "/");
}

/* One segment against "literal", "{name}" or "{name}.csv". */
static bool match_segment(struct text pattern, struct text value, struct request *request)
{
    if (pattern.size == 0 || pattern.data[0] != '{')
        return text_equal(pattern, value);
    const char *close = memchr(pattern.data, '}', pattern.size);
    assert(close);
    struct text suffix = {close + 1, (size_t)(pattern.data + pattern.size - close - 1)};
    if (value.size <= suffix.size ||
        memcmp(value.data + value.size - suffix.size, suffix.data, suffix.size) != 0)
        return false;
    assert(request->path_value_count < REQUEST_SEGMENTS_CAP);
    struct request_named *slot = &request->path_values[request->path_value_count++];
    slot->name = arena_copy(request->arena, pattern.data + 1, (size_t)(close - pattern.data - 1));
    slot->value = arena_copy(request->arena, value.data, value.size - suffix.size);
    return slot->name && slot->value;
}

static bool match(const char *pattern, const char *path, struct request *request)
{
    request->path_value_count = 0;
    for (;;) {
        if (*pattern != '/' || *path != '/')
            return *pattern == *path;
        struct text expected = {pattern + 1, segment_size(pattern + 1)};
        struct text found = {path + 1, segment_size(path + 1)};
        if (!match_segment(expected, found, request))
            return false;
        pattern = expected.data + expected.size;
        path = found.data + found.size;
    }
}

enum route_match route_find(struct request *request, char *allow)
{
    enum route_match outcome = ROUTE_NO_PATH;
    size_t used = 0;
    allow[0] = '\0';
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        if (!match(routes[i].pattern, request->path, request))
            continue;
        if (strcmp(routes[i].method, request->method) == 0) {
            request->route = &routes[i];
            return ROUTE_FOUND;
        }
        outcome = ROUTE_NO_METHOD;
        if (strstr(allow, routes[i].method))
            continue; /* two patterns that take the same path */
        int printed = snprintf(allow + used, ROUTE_ALLOW_SIZE - used, "%s%s", used ? ", " : "",
                               routes[i].method);
        assert(printed > 0 && (size_t)printed < ROUTE_ALLOW_SIZE - used);
        used += (size_t)printed;
    }
    return outcome;
}

const struct route *route_of(const char *method, const char *pattern)
{
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        if (strcmp(routes[i].method, method) == 0 && strcmp(routes[i].pattern, pattern) == 0)
            return &routes[i];
    }
    return NULL;
}

bool route_takes(const struct route *route, struct text name)
{
    const char *rest = route->query;
    while (*rest) {
        struct text item = {rest, strcspn(rest, "|")};
        if (text_equal(item, name))
            return true;
        rest += item.size + (rest[item.size] == '|');
    }
    return false;
}
