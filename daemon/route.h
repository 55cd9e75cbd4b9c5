/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The routes of the service: one table, from which dispatch, the check of roles, the limits and the
 * tests come. To add a route: one row in daemon/route.c, its function in a daemon/route_<family>.c,
 * its prototype below, one entry in daemon/openapi.json (a test compares both).
 */
#ifndef HENG_DAEMON_ROUTE_H
#define HENG_DAEMON_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "daemon/http.h"

enum route_flags {
    ROUTE_OPEN = 1 << 0,      /* needs no session */
    ROUTE_CACHEABLE = 1 << 1, /* the answer depends on data version, scope, language, day and
                               * target only: gets an ETag and may come from the cache */
    ROUTE_AUDITED = 1 << 2, /* the function appends to the audit chain: tests look for the entry */
    ROUTE_STREAMS = 1 << 3, /* the answer is produced in parts */
    ROUTE_LOCAL = 1 << 4,   /* only for clients on this machine */
    ROUTE_BARE = 1 << 5,    /* request->db is NULL: answers while the database is away */
    ROUTE_OWN_QUERY = 1 << 6, /* the function or the page checks which parameters there may be */
    ROUTE_LINES = 1 << 7      /* the body is application/x-ndjson: JSON lines */
};

enum {
    ROUTE_BODY_SMALL = 16 * 1024,
    ROUTE_BODY_PLAN = 1024 * 1024,
    ROUTE_BODY_RECORDS = 4 * 1024 * 1024,
    ROUTE_BODY_CAP = ROUTE_BODY_RECORDS /* largest of all rows */
};

typedef bool route_function(struct request *request, struct response *response, struct error *err);

struct route {
    const char *method;  /* "GET" (answers HEAD too), "POST", "DELETE" */
    const char *pattern; /* "/api/v1/alerts/{id}"; "{list}.csv" takes the segment before ".csv" */
    route_function *function;
    unsigned roles; /* bits of enum role; 0 with ROUTE_OPEN */
    unsigned flags;
    const char *query; /* allowed parameters, "state|rule|cursor"; "" = none */
    size_t body_bytes; /* most bytes of a body; 0 = none is taken */
};

bool route_session_open(struct request *request, struct response *response, struct error *err);
bool route_session_close(struct request *request, struct response *response, struct error *err);
bool route_session_me(struct request *request, struct response *response, struct error *err);
bool route_health_live(struct request *request, struct response *response, struct error *err);
bool route_health_ready(struct request *request, struct response *response, struct error *err);
bool route_health_metrics(struct request *request, struct response *response, struct error *err);
bool route_health_description(struct request *request, struct response *response,
                              struct error *err);
bool route_page_first(struct request *request, struct response *response, struct error *err);
bool route_page_file(struct request *request, struct response *response, struct error *err);
bool route_page_asset(struct request *request, struct response *response, struct error *err);
bool route_audit_verify(struct request *request, struct response *response, struct error *err);
bool route_alert_list(struct request *request, struct response *response, struct error *err);
bool route_alert_one(struct request *request, struct response *response, struct error *err);
bool route_alert_step(struct request *request, struct response *response, struct error *err);
bool route_alert_steps(struct request *request, struct response *response, struct error *err);
bool route_export(struct request *request, struct response *response, struct error *err);
bool route_list(struct request *request, struct response *response, struct error *err);
bool route_board_summary(struct request *request, struct response *response, struct error *err);
bool route_board_register(struct request *request, struct response *response, struct error *err);
bool route_board_regions(struct request *request, struct response *response, struct error *err);
bool route_reject_file(struct request *request, struct response *response, struct error *err);
bool route_reject_replay(struct request *request, struct response *response, struct error *err);
bool route_entity_one(struct request *request, struct response *response, struct error *err);
bool route_plan_one(struct request *request, struct response *response, struct error *err);
bool route_plan_new(struct request *request, struct response *response, struct error *err);
bool route_draw_one(struct request *request, struct response *response, struct error *err);
bool route_draw_new(struct request *request, struct response *response, struct error *err);
bool route_draw_run(struct request *request, struct response *response, struct error *err);
bool route_draw_reveal(struct request *request, struct response *response, struct error *err);
bool route_draw_abandon(struct request *request, struct response *response, struct error *err);
bool route_draw_verify(struct request *request, struct response *response, struct error *err);
bool route_draw_verify_job(struct request *request, struct response *response, struct error *err);
bool route_draw_bundle(struct request *request, struct response *response, struct error *err);
bool route_visits(struct request *request, struct response *response, struct error *err);
bool route_job_new(struct request *request, struct response *response, struct error *err);
bool route_job_one(struct request *request, struct response *response, struct error *err);
bool route_job_cancel(struct request *request, struct response *response, struct error *err);

bool route_record_push(struct request *request, struct response *response, struct error *err);

/* The table; *count gets its rows. */
const struct route *route_all(size_t *count);

enum route_match { ROUTE_FOUND, ROUTE_NO_PATH, ROUTE_NO_METHOD };

/* Finds the row and fills request->route and path_values (from the arena); HEAD finds GET. After
 * ROUTE_NO_METHOD, allow (ROUTE_ALLOW_SIZE bytes) lists the methods that the path has. */
enum { ROUTE_ALLOW_SIZE = 64 };
enum route_match route_find(struct request *request, char *allow);

/* The row with exactly this method and pattern; NULL when there is none. */
const struct route *route_of(const char *method, const char *pattern);

/* True when name is one of the route's query parameters. */
bool route_takes(const struct route *route, struct text name);

#endif
