/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/suggest.h"

static size_t distance(const char *word, const char *candidate)
{
    struct suggest suggest;
    suggest_init(&suggest, word);
    suggest_offer(&suggest, candidate);
    return suggest.distance;
}

static void test_distances(void **state)
{
    (void)state;
    assert_int_equal(distance("load", "load"), 0);
    assert_int_equal(distance("laod", "load"), 1);
    assert_int_equal(distance("lod", "load"), 1);
    assert_int_equal(distance("loaad", "load"), 1);
    assert_int_equal(distance("losd", "load"), 1);
    assert_int_equal(distance("kitten", "sitting"), 3);
    assert_int_equal(distance("", "load"), 4);
    assert_int_equal(distance("load", ""), 4);
    assert_int_equal(distance("ca", "abc"), 3); /* restricted: no edit inside a swap */
}

static void test_words_longer_than_the_table(void **state)
{
    (void)state;
    char a[SUGGEST_WORD_SIZE * 2];
    for (size_t i = 0; i < sizeof a - 1; i++)
        a[i] = 'a';
    a[sizeof a - 1] = '\0';
    assert_int_equal(distance(a, "b"), SUGGEST_WORD_SIZE);
}

static void test_only_near_words_are_suggested(void **state)
{
    (void)state;
    char buffer[SUGGEST_TEXT_SIZE];
    struct suggest suggest;
    suggest_init(&suggest, "verfy");
    suggest_offer(&suggest, "version");
    suggest_offer(&suggest, "verify");
    suggest_offer(&suggest, "serve");
    assert_string_equal(suggest_text(&suggest, "heng ", buffer), "; did you mean heng verify?");
    suggest_init(&suggest, "zzz");
    suggest_offer(&suggest, "load");
    assert_string_equal(suggest_text(&suggest, "", buffer), "");
    suggest_init(&suggest, "load");
    assert_string_equal(suggest_text(&suggest, "", buffer), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_distances),
        cmocka_unit_test(test_words_longer_than_the_table),
        cmocka_unit_test(test_only_near_words_are_suggested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
