/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/option.h"

enum { ARGUMENT_CAP = 40 };

static bool all;
static const char *out;
static struct option_list names;
static int64_t entities;
static day until;
static char *argv[ARGUMENT_CAP];
static int argc;
static int positionals;
static struct error err;

static const struct option_row rows[] = {
    {"all", NULL, OPTION_FLAG, .flag = &all, .help_zh = "全部", .help_en = "all of them"},
    {"out", "DIR", OPTION_TEXT, .text = &out, .help_zh = "目录", .help_en = "folder"},
    {"name", "NAME", OPTION_LIST, .list = &names, .help_zh = "名称", .help_en = "name"},
    {"entities", "N", OPTION_INTEGER, .integer = &entities, .min = 100, .max = 100000,
     .help_zh = "数量", .help_en = "count"},
    {"until", "DAY", OPTION_DAY, .day = &until, .help_zh = "截止日", .help_en = "last day"},
};

static const struct option_form form = {OPTION_ROWS(rows), .usage = "FILE…", .positional_min = 0,
                                        .positional_max = 2};

static void forget(void)
{
    all = false;
    out = NULL;
    names.count = 0;
    entities = 0;
    until = DAY_NONE;
    err = (struct error){.kind = ERROR_NONE};
}

/* Splits a line at its blanks into argv; the words live until the next call. */
static void split(const char *line)
{
    static char words[512];
    char *rest = words;
    snprintf(words, sizeof words, "%s", line);
    forget();
    argc = 0;
    for (char *word = strsep(&rest, " "); word; word = strsep(&rest, " ")) {
        if (*word)
            argv[argc++] = word;
    }
}

static bool read_line(const char *line)
{
    split(line);
    return option_read(&form, argc, argv, &positionals, &err);
}

static void test_both_forms_of_a_value(void **state)
{
    (void)state;
    assert_true(read_line("--out=a=b one --entities 200 --all two --until=2026-06-30"));
    assert_string_equal(out, "a=b");
    assert_int_equal(entities, 200);
    assert_true(all);
    assert_int_equal(until, 20634);
    assert_int_equal(positionals, 2);
    assert_string_equal(argv[0], "one");
    assert_string_equal(argv[1], "two");
}

static void test_nothing_given_changes_nothing(void **state)
{
    (void)state;
    assert_true(read_line(""));
    assert_int_equal(positionals, 0);
    assert_null(out);
    assert_int_equal(until, DAY_NONE);
}

static void test_two_dashes_end_the_options(void **state)
{
    (void)state;
    assert_true(read_line("--all -- --out -x"));
    assert_int_equal(positionals, 2);
    assert_string_equal(argv[0], "--out");
    assert_string_equal(argv[1], "-x");
    assert_true(read_line("-"));
    assert_string_equal(argv[0], "-");
}

static void test_what_is_wrong_is_named(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"--entitis 5", "there is no option --entitis; did you mean --entities?"},
        {"--zzzzzz=1", "there is no option --zzzzzz=1"},
        {"-a", "there is no option -a"},
        {"--out", "--out needs a value: --out DIR"},
        {"--all=yes", "--all takes no value, found \"yes\""},
        {"--entities 99", "--entities must be 100 to 100000, found 99"},
        {"--entities 1e3", "--entities must be a whole number, found \"1e3\""},
        {"--until 2026-02-30", "--until must be a day YYYY-MM-DD, found \"2026-02-30\""},
        {"a b c", "expected at most 2 argument(s) (FILE…), found 3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (read_line(cases[i][0]))
            fail_msg("accepted: %s", cases[i][0]);
        assert_int_equal(err.kind, ERROR_USAGE);
        assert_string_equal(err.message, cases[i][1]);
    }
}

static void test_too_few_arguments(void **state)
{
    (void)state;
    struct option_form strict = form;
    strict.positional_min = 1;
    split("--all");
    assert_false(option_read(&strict, argc, argv, &positionals, &err));
    assert_string_equal(err.message, "expected at least 1 argument(s) (FILE…), found 0");
}

static void test_lists_keep_their_order_and_have_a_cap(void **state)
{
    (void)state;
    assert_true(read_line("--name x --name=y"));
    assert_int_equal(names.count, 2);
    assert_string_equal(names.items[1], "y");
    char word[] = "--name=x";
    forget();
    for (argc = 0; argc <= OPTION_LIST_CAP; argc++)
        argv[argc] = word;
    assert_false(option_read(&form, argc, argv, &positionals, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
}

static void test_extract_leaves_the_rest_in_order(void **state)
{
    (void)state;
    split("load --out d x --other=1 --all y -- --all");
    assert_true(option_extract(&form, &argc, argv, &err));
    static const char *const rest[] = {"load", "x", "--other=1", "y", "--", "--all"};
    assert_int_equal(argc, 6);
    for (int i = 0; i < argc; i++)
        assert_string_equal(argv[i], rest[i]);
    assert_true(all);
    assert_string_equal(out, "d");
}

static void test_help_has_a_line_per_option(void **state)
{
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    option_print_help(&form, true, stream);
    option_print_help(&form, false, stream);
    fclose(stream);
    assert_non_null(strstr(text, "  --out DIR                  目录\n"));
    assert_non_null(strstr(text, "  --all                      all of them\n"));
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_both_forms_of_a_value),
        cmocka_unit_test(test_nothing_given_changes_nothing),
        cmocka_unit_test(test_two_dashes_end_the_options),
        cmocka_unit_test(test_what_is_wrong_is_named),
        cmocka_unit_test(test_too_few_arguments),
        cmocka_unit_test(test_lists_keep_their_order_and_have_a_cap),
        cmocka_unit_test(test_extract_leaves_the_rest_in_order),
        cmocka_unit_test(test_help_has_a_line_per_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
