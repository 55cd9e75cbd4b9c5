/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "daemon/target.h"

static bool read_one(const char *target, struct request *request, struct arena *arena)
{
    struct error err = {.kind = ERROR_NONE};
    *request = (struct request){.arena = arena};
    return target_read(target, request, &err);
}

static void takes(void **state)
{
    (void)state;
    struct arena arena;
    struct request request;
    arena_init(&arena, 1 << 20);
    assert_true(
        read_one("/api/v1/entities?query=%E9%87%8D%E5%BA%86+x&class=A&&limit=", &request, &arena));
    assert_string_equal(request.path, "/api/v1/entities");
    assert_int_equal(request.query_count, 3);
    assert_string_equal(request_query(&request, "query"), "重庆 x");
    assert_string_equal(request_query(&request, "limit"), "");
    assert_null(request_query(&request, "cursor"));
    assert_true(read_one("/a/%E4%B8%AD%41+b", &request, &arena));
    assert_string_equal(request.path, "/a/中A+b"); /* "+" is itself in a path */
    assert_true(read_one("/a?b=%2F%25%0A", &request, &arena));
    assert_string_equal(request_query(&request, "b"), "/%\n");
    assert_true(read_one("/", &request, &arena));
    arena_reset(&arena);
}

static void refuses(void **state)
{
    (void)state;
    static const char *const targets[] = {"",
                                          "*",
                                          "a",
                                          "http://host/",
                                          "/a/../b",
                                          "/..",
                                          "/.",
                                          "/a/.",
                                          "/%2e%2e/a",
                                          "/a/%2E",
                                          "/a%2fb",
                                          "/a%5cb",
                                          "/a\\b",
                                          "/a%00",
                                          "/a?b=%00",
                                          "/a%",
                                          "/a%1",
                                          "/a%zz",
                                          "/a?b=%z1",
                                          "/a%252e",
                                          "//a",
                                          "/a//b",
                                          "/a b",
                                          "/a\tb",
                                          "/a\x80",
                                          "/a#b",
                                          "/%ff",
                                          "/a?b=%c0%80",
                                          "/a?b=%ed%a0%80",
                                          "/a?=1",
                                          "/a?b=1&b=2",
                                          "/a?b=1&%62=2",
                                          "/a%0d%0ab"};
    struct arena arena;
    struct request request;
    arena_init(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
        if (read_one(targets[i], &request, &arena))
            fail_msg("taken: %s", targets[i]);
    }
    arena_reset(&arena);
}

static void limits_parameters(void **state)
{
    (void)state;
    char target[512] = "/a?";
    struct arena arena;
    struct request request;
    arena_init(&arena, 1 << 20);
    for (int i = 0; i < REQUEST_NAMED_CAP; i++)
        snprintf(target + strlen(target), sizeof target - strlen(target), "p%d=1&", i);
    assert_true(read_one(target, &request, &arena));
    snprintf(target + strlen(target), sizeof target - strlen(target), "one_more=1");
    assert_false(read_one(target, &request, &arena));
    arena_reset(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes),
        cmocka_unit_test(refuses),
        cmocka_unit_test(limits_parameters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
