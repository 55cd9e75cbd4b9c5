/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "models/core/json.h"

const char *request_path_value(const struct request *request, const char *name)
{
    int i = 0;
    while (i < request->path_value_count && strcmp(request->path_values[i].name, name) != 0)
        i++;
    assert(i < request->path_value_count); /* the route's pattern has this name */
    return request->path_values[i].value;
}

const char *request_query(const struct request *request, const char *name)
{
    for (int i = 0; i < request->query_count; i++) {
        if (strcmp(request->query[i].name, name) == 0)
            return request->query[i].value;
    }
    return NULL;
}

bool request_query_integer(const struct request *request, const char *name, int64_t min,
                           int64_t max, int64_t fallback, int64_t *out, struct error *err)
{
    const char *value = request_query(request, name);
    *out = fallback;
    if (!value || (text_to_i64(text_of(value), out) && *out >= min && *out <= max))
        return true;
    return error_set(err, ERROR_INPUT, name,
                     "%s must be a whole number from %lld to %lld, found \"%s\"", name,
                     (long long)min, (long long)max, value);
}

bool request_json(const struct request *request, json_t **out, struct error *err)
{
    if (!json_read(request->body, request->body_size, "body", out, err))
        return false;
    if (json_is_object(*out))
        return true;
    json_decref(*out);
    *out = NULL;
    return error_set(err, ERROR_INPUT, "/", "expected a JSON object");
}

void response_init(struct response *response)
{
    *response = (struct response){.status = 200};
}

void response_reset(struct response *response)
{
    free(response->body);
    if (response->part_release)
        response->part_release(response->part_context);
    response_init(response);
}

bool response_json(struct response *response, json_t *value, struct error *err)
{
    char *text = value ? json_dumps(value, JSON_COMPACT) : NULL;
    json_decref(value);
    if (!text)
        return error_set(err, ERROR_INTERNAL, "answer", "the JSON answer could not be built");
    free(response->body);
    response->body = text;
    response->body_size = strlen(text);
    response->content_type = "application/json; charset=utf-8";
    return true;
}

bool response_bytes(struct response *response, const char *content_type, const void *bytes,
                    size_t size, struct error *err)
{
    char *copy = malloc(size ? size : 1);
    if (!copy)
        return error_memory(err);
    memcpy(copy, bytes, size);
    free(response->body);
    response->body = copy;
    response->body_size = size;
    response->content_type = content_type;
    return true;
}

void response_stream(struct response *response, const char *content_type, response_part *part,
                     void *context, void (*release)(void *context))
{
    response->content_type = content_type;
    response->part = part;
    response->part_context = context;
    response->part_release = release;
}

void response_header(struct response *response, const char *name, const char *value)
{
    assert(response->header_count < RESPONSE_HEADERS_CAP);
    response->headers[response->header_count++] = (struct response_header){name, value};
}
