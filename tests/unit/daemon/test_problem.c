/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Problem documents: both languages, and what stays inside the program. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/problem.h"

static const char SECRET[] = "host=/run/secret password";

static const char *text(const json_t *document, const char *member)
{
    const char *value = json_string_value(json_object_get(document, member));
    assert_non_null(value);
    return value;
}

static bool has_chinese(const char *words)
{
    for (; *words; words++) {
        if ((unsigned char)*words >= 0xE4 && (unsigned char)*words <= 0xE9)
            return true;
    }
    return false;
}

static void speaks_both_languages(void **state)
{
    struct error err;
    (void)state;
    error_set(&err, ERROR_INPUT, "/name", "found \"x\"");
    for (int kind = PROBLEM_BY_ERROR; kind < PROBLEM_KIND_COUNT; kind++) {
        for (int chinese = 0; chinese < 2; chinese++) {
            json_t *document =
                problem_document((enum problem_kind)kind, &err, false, chinese == 1, "request");
            assert_non_null(document);
            assert_int_equal(has_chinese(text(document, "title")), chinese);
            assert_int_equal(has_chinese(text(document, "detail")), chinese);
            assert_string_equal(text(document, "request_id"), "request");
            assert_true(json_integer_value(json_object_get(document, "status")) >= 400);
            json_decref(document);
        }
    }
}

static void keeps_failures_inside(void **state)
{
    static const enum error_kind kinds[] = {ERROR_DATABASE, ERROR_UNAVAILABLE, ERROR_INTERNAL,
                                            ERROR_IO,       ERROR_CONFIG,      ERROR_MEMORY};
    struct error err;
    (void)state;
    for (size_t i = 0; i < 2 * sizeof kinds / sizeof kinds[0]; i++) {
        error_set(&err, kinds[i / 2], "/path", "%s", SECRET);
        json_t *document = problem_document(PROBLEM_BY_ERROR, &err, false, i % 2, "request");
        char *whole = json_dumps(document, 0);
        assert_null(strstr(whole, "secret"));
        assert_null(json_object_get(document, "errors"));
        free(whole);
        json_decref(document);
    }
}

static void shows_what_people_can_mend(void **state)
{
    struct error err;
    (void)state;
    error_set(&err, ERROR_INPUT, "/name", "found \"x\"");
    json_t *document = problem_document(PROBLEM_BY_ERROR, &err, false, true, "request");
    assert_string_equal(text(document, "type"), "urn:heng:problem:input");
    assert_string_equal(text(document, "detail"), "请改正所指内容后重试。（found \"x\"）");
    json_t *first = json_array_get(json_object_get(document, "errors"), 0);
    assert_string_equal(text(first, "pointer"), "/name");
    assert_string_equal(text(first, "detail"), "found \"x\"");
    json_decref(document);
    error_set(&err, ERROR_SCHEMA, "schema", "run heng migrate");
    document = problem_document(PROBLEM_BY_ERROR, &err, false, false, "request");
    assert_string_equal(text(document, "type"), "urn:heng:problem:schema");
    assert_string_equal(text(document, "detail"), "run heng migrate");
    json_decref(document);
}

static void names_a_query_parameter(void **state)
{
    (void)state;
    struct error err;
    error_set(&err, ERROR_INPUT, "limit", "expected 1 to 200");
    json_t *document = problem_document(PROBLEM_BY_ERROR, &err, true, false, "request");
    const json_t *place = json_array_get(json_object_get(document, "errors"), 0);
    assert_string_equal(json_string_value(json_object_get(place, "parameter")), "limit");
    json_decref(document);
    document = problem_document(PROBLEM_BY_ERROR, &err, false, false, "request");
    assert_null(json_object_get(document, "errors"));
    json_decref(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_a_query_parameter),
        cmocka_unit_test(speaks_both_languages),
        cmocka_unit_test(keeps_failures_inside),
        cmocka_unit_test(shows_what_people_can_mend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
