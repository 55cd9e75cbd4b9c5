/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/target.h"

#include <string.h>

static bool refuse(struct error *err, const char *what)
{
    return error_set(err, ERROR_INPUT, NULL, "the target of the request %s", what);
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "+" is a blank in a query only. */
static bool decode(struct text raw, bool query, struct arena *arena, const char **out,
                   struct error *err)
{
    char *decoded = arena_alloc(arena, raw.size + 1);
    size_t used = 0;
    if (!decoded)
        return arena_error(arena, err);
    for (size_t i = 0; i < raw.size; i++) {
        int high = raw.data[i] == '%' && i + 2 < raw.size ? digit_of(raw.data[i + 1]) : -1;
        int low = high >= 0 ? digit_of(raw.data[i + 2]) : -1;
        if (raw.data[i] == '%' && low < 0)
            return refuse(err, "has a % without two hexadecimal digits");
        char c = raw.data[i];
        if (low >= 0) {
            c = (char)(high * 16 + low);
            i += 2;
            if (c == '\0' || (!query && (c == '/' || c == '\\' || c == '%' || (c > 0 && c < ' '))))
                return refuse(err, "has an escape that is not allowed there");
        } else if (query && c == '+') {
            c = ' ';
        }
        decoded[used++] = c;
    }
    if (!text_valid_utf8((struct text){decoded, used}))
        return refuse(err, "is not valid UTF-8 when decoded");
    *out = decoded;
    return true;
}

static bool check_bytes(const char *target, struct error *err)
{
    for (const char *c = target; *c; c++) {
        if (*c <= ' ' || *c >= 0x7F || *c == '\\' || *c == '#')
            return refuse(err, "has a character that must be escaped");
    }
    return target[0] == '/' || refuse(err, "does not begin with /");
}

static bool check_segments(const char *path, struct error *err)
{
    for (const char *slash = path; slash; slash = strchr(slash + 1, '/')) {
        struct text segment = {slash + 1, strcspn(slash + 1, "/")};
        if (text_is(segment, ".") || text_is(segment, ".."))
            return refuse(err, "has a dot segment");
        if (segment.size == 0 && slash[1] == '/')
            return refuse(err, "has an empty segment");
    }
    return true;
}

static bool add_parameter(struct text item, struct request *request, struct error *err)
{
    const char *equals = memchr(item.data, '=', item.size);
    struct text name = {item.data, equals ? (size_t)(equals - item.data) : item.size};
    struct text value = equals ? (struct text){equals + 1, item.size - name.size - 1}
                               : (struct text){item.data + item.size, 0};
    struct request_named parameter = {NULL, NULL};
    if (name.size == 0)
        return refuse(err, "has a parameter without a name");
    if (request->query_count == REQUEST_NAMED_CAP)
        return error_set(err, ERROR_INPUT, NULL, "a target has at most %d parameters, found more",
                         REQUEST_NAMED_CAP);
    if (!decode(name, true, request->arena, &parameter.name, err) ||
        !decode(value, true, request->arena, &parameter.value, err))
        return false;
    if (request_query(request, parameter.name))
        return refuse(err, "has a parameter twice");
    request->query[request->query_count++] = parameter;
    return true;
}

static bool read_query(const char *query, struct request *request, struct error *err)
{
    while (*query) {
        struct text item = {query, strcspn(query, "&")};
        if (item.size > 0 && !add_parameter(item, request, err))
            return false;
        query += item.size + (query[item.size] == '&');
    }
    return true;
}

bool target_read(const char *target, struct request *request, struct error *err)
{
    struct text path = {target, strcspn(target, "?")};
    request->query_count = 0;
    return check_bytes(target, err) && decode(path, false, request->arena, &request->path, err) &&
           check_segments(request->path, err) &&
           (target[path.size] == '\0' || read_query(target + path.size + 1, request, err));
}
