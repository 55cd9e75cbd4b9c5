/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/core/json.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* jansson parses recursively up to depth 2048; this bounds the depth before it starts. */
static size_t depth_of(const char *bytes, size_t size)
{
    size_t depth = 0;
    size_t deepest = 0;
    bool in_string = false;
    for (size_t i = 0; i < size; i++) {
        char c = bytes[i];
        if (in_string) {
            if (c == '\\')
                i++;
            else if (c == '"')
                in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{' || c == '[') {
            if (++depth > deepest)
                deepest = depth;
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
    }
    return deepest;
}

bool json_read(const char *bytes, size_t size, const char *subject, json_t **out, struct error *err)
{
    if (size > JSON_BYTES_CAP)
        return error_set(err, ERROR_LIMIT, subject,
                         "a JSON document has at most %d bytes, found %zu", JSON_BYTES_CAP, size);
    size_t depth = depth_of(bytes, size);
    if (depth > JSON_DEPTH_CAP)
        return error_set(err, ERROR_LIMIT, subject, "JSON is nested at most %d deep, found %zu",
                         JSON_DEPTH_CAP, depth);
    json_error_t problem;
    *out = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &problem);
    if (!*out)
        return error_set(err, ERROR_INPUT, subject, "not valid JSON at line %d, column %d: %s",
                         problem.line, problem.column, problem.text);
    return true;
}

struct json_place json_place_root(const char *subject)
{
    return (struct json_place){.subject = subject, .where = ""};
}

struct json_place json_place_member(const struct json_place *place, const char *key)
{
    struct json_place inner = {.subject = place->subject};
    snprintf(inner.where, sizeof inner.where, "%.100s%s%.50s", place->where,
             place->where[0] ? "." : "", key);
    return inner;
}

struct json_place json_place_item(const struct json_place *place, size_t index)
{
    struct json_place inner = {.subject = place->subject};
    snprintf(inner.where, sizeof inner.where, "%.120s[%zu]", place->where, index);
    return inner;
}

bool json_error(const struct json_place *place, struct error *err, const char *format, ...)
{
    char message[ERROR_MESSAGE_SIZE - JSON_WHERE_SIZE - 8];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    return error_set(err, ERROR_INPUT, place->subject, "%s%s%s", place->where,
                     place->where[0] ? ": " : "", message);
}

static const char *type_name(const json_t *value)
{
    if (!value)
        return "nothing";
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a string";
    case JSON_INTEGER:
        return "an integer";
    case JSON_REAL:
        return "a number with decimals";
    case JSON_NULL:
        return "null";
    default:
        return "a boolean";
    }
}

static bool wrong_type(const json_t *value, const char *key, const struct json_place *place,
                       const char *expected, struct error *err)
{
    struct json_place inner = json_place_member(place, key);
    return json_error(&inner, err, "expected %s, found %s", expected, type_name(value));
}

bool json_get_text(const json_t *object, const char *key, const struct json_place *place,
                   const char **out, struct error *err)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_string(value))
        return wrong_type(value, key, place, "a string", err);
    *out = json_string_value(value);
    return true;
}

bool json_get_integer(const json_t *object, const char *key, const struct json_place *place,
                      int64_t min, int64_t max, int64_t *out, struct error *err)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_integer(value))
        return wrong_type(value, key, place, "an integer", err);
    *out = json_integer_value(value);
    if (*out < min || *out > max) {
        struct json_place inner = json_place_member(place, key);
        return json_error(&inner, err, "expected an integer from %lld to %lld, found %lld",
                          (long long)min, (long long)max, (long long)*out);
    }
    return true;
}

bool json_get_bool(const json_t *object, const char *key, const struct json_place *place, bool *out,
                   struct error *err)
{
    const json_t *value = json_object_get(object, key);
    if (!json_is_boolean(value))
        return wrong_type(value, key, place, "true or false", err);
    *out = json_is_true(value);
    return true;
}

bool json_get_day(const json_t *object, const char *key, const struct json_place *place, day *out,
                  struct error *err)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, err))
        return false;
    if (!day_parse(text_of(value), out)) {
        struct json_place inner = json_place_member(place, key);
        return json_error(&inner, err, "expected a date YYYY-MM-DD that exists, found \"%.40s\"",
                          value);
    }
    return true;
}

bool json_get_object(const json_t *object, const char *key, const struct json_place *place,
                     json_t **out, struct error *err)
{
    *out = json_object_get(object, key);
    return json_is_object(*out) || wrong_type(*out, key, place, "an object", err);
}

bool json_get_array(const json_t *object, const char *key, const struct json_place *place,
                    json_t **out, struct error *err)
{
    *out = json_object_get(object, key);
    return json_is_array(*out) || wrong_type(*out, key, place, "an array", err);
}

bool json_has(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return value && !json_is_null(value);
}

bool json_only(const json_t *object, const struct json_place *place, const char *const *keys,
               struct error *err)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        bool known = false;
        for (size_t i = 0; keys[i] && !known; i++)
            known = strcmp(keys[i], key) == 0;
        if (!known)
            return json_error(place, err, "unknown member \"%.60s\"", key);
    }
    return true;
}
