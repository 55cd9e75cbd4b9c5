/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "daemon/body.h"

static const char *text;
static int64_t number;
static int truth;
static day date;
static struct error err;

static bool read_body(const char *bytes, json_t **body)
{
    const struct body_member members[] = {
        {"text", BODY_TEXT, true, .text = &text},
        {"number", BODY_NUMBER, false, .number = &number},
        {"truth", BODY_BOOL, false, .truth = &truth},
        {"day", BODY_DAY, false, .day = &date},
    };
    const struct request request = {.body = bytes, .body_size = strlen(bytes)};
    text = NULL;
    number = 0;
    truth = -1;
    date = DAY_NONE;
    return body_read(&request, members, sizeof members / sizeof members[0], body, &err);
}

static void reads(void **state)
{
    (void)state;
    json_t *body = NULL;
    assert_true(read_body("{\"text\": \"x\", \"number\": 7, \"truth\": false, \"day\": "
                          "\"1970-01-02\"}",
                          &body));
    assert_string_equal(text, "x");
    assert_int_equal(number, 7);
    assert_int_equal(truth, 0);
    assert_int_equal(date, 1);
    json_decref(body);
    assert_true(read_body("{\"text\": \"x\", \"number\": null}", &body));
    assert_int_equal(number, 0);
    assert_int_equal(truth, -1);
    assert_int_equal(date, DAY_NONE);
    json_decref(body);
}

static void names_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        const char *pointer;
    } cases[] = {
        {"", "/text"},
        {"{}", "/text"},
        {"{\"text\": null}", "/text"},
        {"{\"text\": \"\"}", "/text"},
        {"{\"text\": {}}", "/text"},
        {"{\"text\": \"x\", \"number\": 0}", "/number"},
        {"{\"text\": \"x\", \"number\": 1.0}", "/number"},
        {"{\"text\": \"x\", \"number\": \"1\"}", "/number"},
        {"{\"text\": \"x\", \"truth\": 1}", "/truth"},
        {"{\"text\": \"x\", \"day\": \"2026-02-30\"}", "/day"},
        {"{\"text\": \"x\", \"day\": 1}", "/day"},
        {"{\"text\": \"x\", \"other\": 1}", "/other"},
        {"[]", "/"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        json_t *body = NULL;
        assert_false(read_body(cases[i].body, &body));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_string_equal(err.subject, cases[i].pointer);
        assert_null(body);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads),
        cmocka_unit_test(names_what_is_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
