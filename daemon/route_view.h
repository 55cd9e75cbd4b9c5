/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What routes that answer from views have in common: the view of a request and its scope. */
#ifndef HENG_DAEMON_ROUTE_VIEW_H
#define HENG_DAEMON_ROUTE_VIEW_H

#include "daemon/http.h"
#include "etl/store/view_list.h"

/* The view that the account of a request has. */
struct view route_view_of(const struct request *request);

/* Answers with what fill makes (view_answer()). */
ERROR_CHECKED bool route_view(struct request *request, struct response *response, view_fill *fill,
                              const void *context, struct error *err);

/* The last segment of the route's pattern: "/api/v1/loads" → "loads". */
const char *route_view_name(const struct request *request);

/* The query of a request for a list. list NULL is a broken invariant. */
ERROR_CHECKED bool route_view_query(const struct request *request, const struct view_list *list,
                                    struct view_query *out, struct error *err);

#endif
