/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/catalog/catalog.h"
#include "models/codes/industry.h"

enum { ARENA_CAP = 4 * 1024 * 1024 };

static struct arena arena;
static struct industry_list list;

static int set_up(void **state)
{
    (void)state;
    arena_init(&arena, ARENA_CAP);
    const struct catalog_document *document = catalog_find("industry/gbt4754_2017.csv");
    struct error err;
    return document && industry_read(document->data, document->size, document->name, &arena, &list,
                                     &err)
               ? 0
               : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static void test_counts_by_level(void **state)
{
    (void)state;
    int counts[5] = {0};
    for (size_t i = 0; i < list.count; i++)
        counts[list.rows[i].level]++;
    assert_int_equal(counts[1], 20);
    assert_int_equal(counts[2], 97);
    assert_int_equal(counts[3], 473);
    assert_int_equal(counts[4], 1381);
}

static void test_every_form_of_a_code_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *asked;
        const char *code;
    } forms[] = {
        {"H6210", "H6210"}, {"h6210", "H6210"}, {"6210", "H6210"}, {"H62", "H62"},    {"62", "H62"},
        {"H", "H"},         {"t", "T"},         {"01", "A01"},     {"0111", "A0111"},
    };
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        const struct industry *found = industry_find(&list, text_of(forms[i].asked));
        assert_non_null(found);
        assert_string_equal(found->code, forms[i].code);
        assert_int_equal(found->section, forms[i].code[0]);
        assert_string_equal(found->digits, forms[i].code + 1);
    }
    assert_string_equal(industry_find(&list, TEXT_LITERAL("6210"))->name, "正餐服务");
}

static void test_codes_that_do_not_exist(void **state)
{
    (void)state;
    static const char *const unknown[] = {"",  "C6210", "6298", "62100", "H62x0",  "Z",
                                          "U", "H-62",  "HH",   "6 10",  "H621099"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++)
        assert_null(industry_find(&list, text_of(unknown[i])));
}

#define HEADER "code,section,digits,level,parent,name\n"

static void test_wrong_files_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *file;
        const char *message;
        const char *subject;
    } wrong[] = {
        {"", "expected the header line", "test"},
        {"code,section\nA,A\n", "expected the header line", "test"},
        {HEADER "A,A,,1,,x\nA01,A,01,2,A\n", "expected 6 fields, found 5", "test, line 3"},
        {HEADER "A,A,,1,,x,y\n", "expected 6 fields, found 7", "test, line 2"},
        {HEADER "A,A,,2,,x\n", "that agree", "test, line 2"},
        {HEADER "B01,A,01,2,A,x\n", "that agree", "test, line 2"},
        {HEADER "A02,A,01,2,A,x\n", "that agree", "test, line 2"},
        {HEADER "A,A,,1,,\n", "that agree", "test, line 2"},
        {HEADER "A,A,,1,,x\nA,A,,1,,x\n", "listed twice", "test"},
        {HEADER "A,A,,1,,x\nA01,A,01,2,B,x\n", "expected a parent of level 1", "test"},
        {HEADER "A,A,,1,,x\nA011,A,011,3,A,x\n", "expected a parent of level 2", "test"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct industry_list out;
        struct error err;
        assert_false(
            industry_read(wrong[i].file, strlen(wrong[i].file), "test", &arena, &out, &err));
        assert_non_null(strstr(err.message, wrong[i].message));
        assert_string_equal(err.subject, wrong[i].subject);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts_by_level),
        cmocka_unit_test(test_every_form_of_a_code_is_found),
        cmocka_unit_test(test_codes_that_do_not_exist),
        cmocka_unit_test(test_wrong_files_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
