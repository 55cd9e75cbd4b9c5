/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/head.h"

struct line {
    const char *name;
    const char *value;
};

static struct head head_of(const struct line *lines)
{
    struct head head;
    head_init(&head);
    for (; lines->name; lines++)
        head_add(&head, text_of(lines->name), text_of(lines->value));
    return head;
}

#define HEAD_OF(...) head_of((const struct line[]){{"Host", "h:1"}, __VA_ARGS__, {NULL, NULL}})

static enum problem_kind check(struct head head, const char *method, const char *version)
{
    uint64_t body;
    return head_check(&head, method, version, &body);
}

static void judges(void **state)
{
    (void)state;
    const struct {
        struct head head;
        const char *method;
        const char *version;
        enum problem_kind kind;
    } cases[] = {
        {HEAD_OF({"Accept", "*/*"}), "GET", "HTTP/1.1", PROBLEM_BY_ERROR},
        {HEAD_OF({"content-LENGTH", "12"}), "POST", "HTTP/1.1", PROBLEM_BY_ERROR},
        {HEAD_OF({"Content-Length", "1"}, {"Content-Length", "2"}), "POST", "HTTP/1.1",
         PROBLEM_MALFORMED},
        {HEAD_OF({"Content-Length", "1"}, {"content-length", "1"}), "POST", "HTTP/1.1",
         PROBLEM_MALFORMED},
        {HEAD_OF({"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}), "POST", "HTTP/1.1",
         PROBLEM_MALFORMED},
        {HEAD_OF({"Transfer-Encoding", "chunked"}), "POST", "HTTP/1.1", PROBLEM_LENGTH_REQUIRED},
        {HEAD_OF({"Host", "h:1"}), "GET", "HTTP/1.1", PROBLEM_MALFORMED},
        {head_of((const struct line[]){{NULL, NULL}}), "GET", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"Content-Length", "+1"}), "POST", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"Content-Length", "1, 1"}), "POST", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"Content-Length", "9999999999999"}), "POST", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"X ", "1"}), "GET", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"", "1"}), "GET", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"X", "a\rb"}), "GET", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"X", "a\x7f"}), "GET", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"Origin", "a"}, {"Origin", "b"}), "GET", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"Cookie", "a"}, {"Cookie", "b"}), "GET", "HTTP/1.1", PROBLEM_MALFORMED},
        {HEAD_OF({"A", "b"}), "G@T", "HTTP/1.1", PROBLEM_METHOD},
        {HEAD_OF({"A", "b"}), "PUT", "HTTP/1.1", PROBLEM_METHOD},
        {HEAD_OF({"A", "b"}), "get", "HTTP/1.1", PROBLEM_METHOD},
        {HEAD_OF({"A", "b"}), "GET", "HTTP/1.2", PROBLEM_MALFORMED},
        {HEAD_OF({"A", "b"}), "GET", "HTTP/1.0", PROBLEM_BY_ERROR},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (check(cases[i].head, cases[i].method, cases[i].version) != cases[i].kind)
            fail_msg("case %zu", i);
    }
    struct head with_nul = HEAD_OF({"A", "b"});
    head_add(&with_nul, text_of("B"), (struct text){"a\0b", 3});
    assert_int_equal(check(with_nul, "GET", "HTTP/1.1"), PROBLEM_MALFORMED);
}

static void finds_cookies(void **state)
{
    (void)state;
    struct head head = HEAD_OF({"Cookie", "a=1; heng_session=xyz;b=2; xheng_session=no"});
    assert_true(text_is(head_cookie(&head, "heng_session"), "xyz"));
    assert_true(text_is(head_cookie(&head, "b"), "2"));
    assert_null(head_cookie(&head, "c").data);
    struct head twice = HEAD_OF({"Cookie", "a=1; a=2"});
    assert_null(head_cookie(&twice, "a").data);
}

static void chooses_language(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        bool chinese;
    } cases[] = {{"en", false},
                 {"zh-CN,zh;q=0.9,en;q=0.8", true},
                 {"en-GB,zh;q=0.5", false},
                 {"fr", true},
                 {"zh;q=0.1,en;q=0.2", false},
                 {"en;q=x", true},
                 {"en;q=0", true},
                 {"", true},
                 {"zh;q=0,en;q=0.001", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct head head = HEAD_OF({"Accept-Language", cases[i].value});
        if (head_chinese(&head) != cases[i].chinese)
            fail_msg("%s", cases[i].value);
    }
}

static void compares_origins(void **state)
{
    (void)state;
    struct head same = HEAD_OF({"Origin", "http://h:1"});
    struct head tls = HEAD_OF({"Origin", "https://h:1"});
    struct head port = HEAD_OF({"Origin", "http://h:2"});
    struct head none = HEAD_OF({"Origin", "null"});
    struct head absent = HEAD_OF({"A", "b"});
    struct head longer = HEAD_OF({"Origin", "http://h:1.evil"});
    assert_true(head_same_origin(&same, false));
    assert_false(head_same_origin(&same, true));
    assert_true(head_same_origin(&tls, true));
    assert_false(head_same_origin(&tls, false));
    assert_false(head_same_origin(&port, false));
    assert_false(head_same_origin(&none, false));
    assert_false(head_same_origin(&absent, false));
    assert_false(head_same_origin(&longer, false));
}

static void matches_entity_tags(void **state)
{
    (void)state;
    struct head head = HEAD_OF({"If-None-Match", "\"a\", W/\"b\""});
    struct head any = HEAD_OF({"If-None-Match", "*"});
    struct head none = HEAD_OF({"A", "b"});
    assert_true(head_none_match(&head, "\"a\""));
    assert_true(head_none_match(&head, "\"b\""));
    assert_false(head_none_match(&head, "\"c\""));
    assert_true(head_none_match(&any, "\"c\""));
    assert_false(head_none_match(&none, "\"c\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges),
        cmocka_unit_test(finds_cookies),
        cmocka_unit_test(chooses_language),
        cmocka_unit_test(compares_origins),
        cmocka_unit_test(matches_entity_tags),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
