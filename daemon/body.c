/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/body.h"

#include <stdio.h>
#include <string.h>

enum { POINTER_SIZE = 64 };

static bool refuse(const char *name, const char *message, struct error *err)
{
    char pointer[POINTER_SIZE];
    snprintf(pointer, sizeof pointer, "/%.48s", name);
    return error_set(err, ERROR_INPUT, pointer, "%s", message);
}

static bool read_member(const struct body_member *member, const json_t *value, struct error *err)
{
    const char *text = json_string_value(value);
    switch (member->kind) {
    case BODY_TEXT:
        if (!text || !text[0])
            return refuse(member->name, "expected a string that is not empty", err);
        *member->text = text;
        return true;
    case BODY_NUMBER:
        if (!json_is_integer(value) || json_integer_value(value) < 1)
            return refuse(member->name, "expected a whole number from 1", err);
        *member->number = json_integer_value(value);
        return true;
    case BODY_BOOL:
        if (!json_is_boolean(value))
            return refuse(member->name, "expected true or false", err);
        *member->truth = json_is_true(value);
        return true;
    case BODY_DAY:
        return (text && day_parse(text_of(text), member->day)) ||
               refuse(member->name, "expected a day YYYY-MM-DD", err);
    }
    return false;
}

static bool require_known(const struct body_member *members, size_t count, json_t *body,
                          struct error *err)
{
    const char *name;
    json_t *value;
    json_object_foreach(body, name, value)
    {
        size_t i = 0;
        while (i < count && strcmp(members[i].name, name) != 0)
            i++;
        if (i == count)
            return refuse(name, "there is no such member here", err);
    }
    return true;
}

static bool read_members(const struct body_member *members, size_t count, json_t *body,
                         struct error *err)
{
    if (!require_known(members, count, body, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_object_get(body, members[i].name);
        bool absent = !value || json_is_null(value);
        if (absent && members[i].required)
            return refuse(members[i].name, "is required", err);
        if (!absent && !read_member(&members[i], value, err))
            return false;
    }
    return true;
}

bool body_read(const struct request *request, const struct body_member *members, size_t count,
               json_t **out, struct error *err)
{
    if (request->body_size == 0)
        *out = json_object();
    else if (!request_json(request, out, err))
        return false;
    if (!*out)
        return error_memory(err);
    if (read_members(members, count, *out, err))
        return true;
    json_decref(*out);
    *out = NULL;
    return false;
}
