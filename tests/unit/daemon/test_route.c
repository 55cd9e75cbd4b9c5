/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of routes against itself and against the API description. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "daemon/page.h"
#include "daemon/route.h"
#include "etl/store/view_list.h"
#include "models/core/json.h"

static json_t *description(void)
{
    const struct page_document *document = page_document_of("openapi.json");
    struct error err;
    json_t *value = NULL;
    if (!json_read(document->text, document->size, "openapi.json", &value, &err))
        fail_msg("%s", err.message);
    return value;
}

static json_t *operation_of(json_t *paths, const struct route *route)
{
    char method[16] = "";
    for (size_t i = 0; route->method[i]; i++)
        method[i] = (char)tolower((unsigned char)route->method[i]);
    return json_object_get(json_object_get(paths, route->pattern), method);
}

static void has_sound_rows(void **state)
{
    (void)state;
    size_t count;
    const struct route *routes = route_all(&count);
    for (size_t i = 0; i < count; i++) {
        const struct route *route = &routes[i];
        bool open = (route->flags & ROUTE_OPEN) != 0;
        bool get = strcmp(route->method, "GET") == 0;
        if (!route->function || open != (route->roles == 0) ||
            (route->roles & ~(unsigned)ROLE_EVERY) || route->body_bytes > ROUTE_BODY_CAP ||
            (get && route->body_bytes > 0) || (!get && (route->flags & ROUTE_CACHEABLE)) ||
            (!get && !(route->flags & ROUTE_AUDITED)) || (open && (route->flags & ROUTE_CACHEABLE)))
            fail_msg("%s %s", route->method, route->pattern);
    }
}

static unsigned roles_of(const json_t *operation)
{
    unsigned roles = 0;
    size_t index;
    const json_t *name;
    json_array_foreach(json_object_get(operation, "x-roles"), index, name)
    {
        enum role role;
        assert_true(role_find(text_of(json_string_value(name)), &role));
        roles |= (unsigned)role;
    }
    return roles;
}

static void check_parameters(const struct route *route, const json_t *operation)
{
    size_t index;
    const json_t *parameter;
    size_t described = 0;
    json_array_foreach(json_object_get(operation, "parameters"), index, parameter)
    {
        const char *name = json_string_value(json_object_get(parameter, "name"));
        if (strcmp(json_string_value(json_object_get(parameter, "in")), "query") != 0)
            continue;
        described++;
        if (!route_takes(route, text_of(name)))
            fail_msg("%s %s does not take %s", route->method, route->pattern, name);
    }
    size_t taken = route->query[0] ? 1 : 0;
    for (const char *c = route->query; *c; c++)
        taken += *c == '|';
    if (taken != described)
        fail_msg("%s %s takes %zu parameters, described %zu", route->method, route->pattern, taken,
                 described);
}

static void is_described(void **state)
{
    (void)state;
    size_t count;
    const struct route *routes = route_all(&count);
    json_t *document = description();
    json_t *paths = json_object_get(document, "paths");
    for (size_t i = 0; i < count; i++) {
        json_t *operation = operation_of(paths, &routes[i]);
        if (!operation)
            fail_msg("not described: %s %s", routes[i].method, routes[i].pattern);
        if (roles_of(operation) != routes[i].roles)
            fail_msg("other roles: %s %s", routes[i].method, routes[i].pattern);
        if ((json_object_get(operation, "requestBody") != NULL) != (routes[i].body_bytes > 0))
            fail_msg("other body: %s %s", routes[i].method, routes[i].pattern);
        check_parameters(&routes[i], operation);
    }
    json_decref(document);
}

static bool in_table(const char *method, const char *pattern)
{
    size_t count;
    const struct route *routes = route_all(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(routes[i].method, method) == 0 && strcmp(routes[i].pattern, pattern) == 0)
            return true;
    }
    return false;
}

static void describes_nothing_else(void **state)
{
    (void)state;
    json_t *document = description();
    const char *path;
    json_t *item;
    json_object_foreach(json_object_get(document, "paths"), path, item)
    {
        const char *method;
        json_t *operation;
        json_object_foreach(item, method, operation)
        {
            if (strcmp(method, "parameters") != 0 && !in_table(method, path))
                fail_msg("described, but not in the table: %s %s", method, path);
        }
    }
    json_decref(document);
}

static enum route_match find(const char *method, const char *path, struct request *request,
                             char *allow)
{
    request->method = method;
    request->path = path;
    return route_find(request, allow);
}

static void finds_rows(void **state)
{
    (void)state;
    struct arena arena;
    char allow[ROUTE_ALLOW_SIZE];
    arena_init(&arena, 1 << 16);
    struct request request = {.arena = &arena};
    assert_int_equal(find("GET", "/api/v1/jobs/17", &request, allow), ROUTE_FOUND);
    assert_string_equal(request_path_value(&request, "id"), "17");
    assert_int_equal(find("GET", "/api/v1/audit/verify", &request, allow), ROUTE_FOUND);
    assert_int_equal(find("GET", "/api/v1/jobs/", &request, allow), ROUTE_NO_PATH);
    assert_int_equal(find("GET", "/api/v1/jobs/1/2", &request, allow), ROUTE_NO_PATH);
    assert_int_equal(find("GET", "/api/v1", &request, allow), ROUTE_NO_PATH);
    assert_int_equal(find("GET", "/api/v1/session", &request, allow), ROUTE_NO_METHOD);
    assert_string_equal(allow, "POST, DELETE");
    assert_int_equal(find("POST", "/livez", &request, allow), ROUTE_NO_METHOD);
    assert_string_equal(allow, "GET");
    arena_reset(&arena);
}

/* The description names every list that can be exported, in order. */
static void describes_every_export(void **state)
{
    (void)state;
    json_t *document = description();
    const json_t *names = json_object_get(
        json_object_get(
            json_array_get(json_object_get(json_object_get(json_object_get(document, "paths"),
                                                           "/api/v1/export/{list}.csv"),
                                           "parameters"),
                           0),
            "schema"),
        "enum");
    size_t count;
    const struct view_list *lists = view_list_all(&count);
    assert_int_equal(json_array_size(names), count);
    for (size_t i = 0; i < count; i++) {
        size_t found = 0;
        for (size_t k = 0; k < count; k++)
            found += strcmp(json_string_value(json_array_get(names, k)), lists[i].name) == 0;
        if (found != 1)
            fail_msg("%s is described %zu times", lists[i].name, found);
    }
    json_decref(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(describes_every_export),
        cmocka_unit_test(has_sound_rows),
        cmocka_unit_test(is_described),
        cmocka_unit_test(describes_nothing_else),
        cmocka_unit_test(finds_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
