/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The board of the leader, the counts of the register, and the regions with their tiles. */
#include "daemon/route.h"
#include "daemon/route_view.h"
#include "etl/store/view_board.h"

bool route_board_summary(struct request *request, struct response *response, struct error *err)
{
    const char *region = NULL;
    if (!scope_narrow(&request->user.scope, request_query(request, "region_code"), &region))
        return error_set(err, ERROR_NOT_FOUND, NULL, "there is no such region");
    return route_view(request, response, view_board_summary, region, err);
}

bool route_board_register(struct request *request, struct response *response, struct error *err)
{
    return route_view(request, response, view_board_register, request_query(request, "by"), err);
}

bool route_board_regions(struct request *request, struct response *response, struct error *err)
{
    return route_view(request, response, view_board_regions, request_query(request, "on"), err);
}
