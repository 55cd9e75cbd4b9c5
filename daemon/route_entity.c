/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The file of one entity. Whoever opens one is on record, with the purpose that he or she gave. */
#include <stdio.h>
#include <string.h>

#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/route_view.h"
#include "etl/store/view_entity.h"

static bool record_opening(struct request *request, const json_t *answer, struct error *err)
{
    const json_t *entity = json_object_get(answer, "entity");
    const char *scheme = json_string_value(json_object_get(entity, "scheme"));
    const char *code = json_string_value(json_object_get(entity, "code"));
    size_t size = strlen(scheme) + 1 + strlen(code) + 1;
    char *subject = arena_alloc(request->arena, size);
    if (!subject)
        return arena_error(request->arena, err);
    snprintf(subject, size, "%s:%s", scheme, code);
    return record_alone(request, "entity.open", subject, request->headers[REQUEST_PURPOSE], err);
}

bool route_entity_one(struct request *request, struct response *response, struct error *err)
{
    const struct view_entity_query query = {
        .scheme = request_path_value(request, "scheme"),
        .code = request_path_value(request, "code"),
    };
    struct view view = route_view_of(request);
    json_t *answer = NULL;
    if (!view_answer(&view, view_entity_fill, &query, &answer, err))
        return false;
    if (record_opening(request, answer, err))
        return response_json(response, answer, err);
    json_decref(answer);
    return false;
}
