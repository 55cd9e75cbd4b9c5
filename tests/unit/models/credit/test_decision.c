/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/credit/decision.h"
#include "models/models.h"

static struct digest *digest;

static int set_up(void **state)
{
    (void)state;
    models_init();
    digest = digest_new(DIGEST_SHA256);
    return !digest;
}

static int tear_down(void **state)
{
    (void)state;
    digest_free(digest);
    return 0;
}

static void expect_number(const char *value, const char *expected)
{
    char room[200];
    struct text number = decision_number(text_of(value), room);
    char found[200] = "";
    memcpy(found, number.data, number.size);
    assert_string_equal(found, expected);
}

static void test_numbers_are_compared_in_one_spelling(void **state)
{
    (void)state;
    static const char *const spellings[] = {
        "渝市监处罚〔2021〕12号",         "渝市监处罚[2021]12号",
        "渝市监处罚（2021）12号",         "渝市监处罚(2021)12",
        "渝市监处罚【２０２１】１２号",   "渝市监处罚〔2021〕第12号",
        " 渝市监 处罚〔2021〕012 号",     "渝市监处罚〔2021〕　0012號",
        "渝市监处罚《2021》12\xC2\xA0号", "渝市监处罚\xE2\x80\x8B〔2021〕12号\n",
        "渝市监处罚［2021］第00012号",
    };
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        expect_number(spellings[i], "渝市监处罚(2021)12");
}

static void test_what_is_part_of_a_number_stays(void **state)
{
    (void)state;
    expect_number("abc-2021—01–2", "ABC-2021-1-2");
    expect_number("0", "0");
    expect_number("00", "0");
    expect_number("2021第012", "2021012");
    expect_number("第第1", "第1");
    expect_number("号12号号", "号12号");
    expect_number("第号", "第");
    expect_number("120030", "120030");
    expect_number("", "");
    expect_number("号", "");
}

static bool id_of(const char *kind, const char *number, const char *agency, int64_t *out)
{
    return decision_id(digest, text_of(kind), text_of(number), text_of(agency), out);
}

static void test_identity(void **state)
{
    int64_t one = 0;
    int64_t two = 0;
    (void)state;
    assert_true(id_of("administrative_penalty", "x〔2021〕001号", "Ａgency ", &one));
    unsigned char hash[DIGEST_SIZE];
    const char plain[] = "administrative_penalty:X(2021)1:AGENCY";
    digest_of(DIGEST_SHA256, plain, sizeof plain - 1, hash);
    assert_int_equal(one, (int64_t)(digest_prefix(hash) & INT64_MAX));
    assert_true(one >= 0);
    assert_true(id_of("no_penalty", "x〔2021〕001号", "Agency", &two));
    assert_int_not_equal(one, two);
    assert_true(id_of("administrative_penalty", "x〔2021〕002号", "Agency", &two));
    assert_int_not_equal(one, two);
    assert_true(id_of("administrative_penalty", "x〔2021〕001号", "Other", &two));
    assert_int_not_equal(one, two);
    /* An agency keeps its zeros and its 号. */
    assert_true(id_of("administrative_penalty", "1", "01号", &one));
    assert_true(id_of("administrative_penalty", "1", "1", &two));
    assert_int_not_equal(one, two);
}

static void test_what_names_no_decision(void **state)
{
    static char long_text[DECISION_TEXT_CAP + 2];
    int64_t id;
    (void)state;
    assert_false(id_of("administrative_penalty", "无", "甲局", &id));
    assert_false(id_of("administrative_penalty", "/", "甲局", &id));
    assert_false(id_of("administrative_penalty", "", "甲局", &id));
    assert_false(id_of("administrative_penalty", "1", "", &id));
    assert_false(id_of("administrative_penalty", "1", " 　", &id));
    memset(long_text, '1', DECISION_TEXT_CAP);
    assert_true(id_of("administrative_penalty", long_text, "甲局", &id));
    long_text[DECISION_TEXT_CAP] = '1';
    assert_false(id_of("administrative_penalty", long_text, "甲局", &id));
    assert_false(id_of("administrative_penalty", "1", long_text, &id));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers_are_compared_in_one_spelling),
        cmocka_unit_test(test_what_is_part_of_a_number_stays),
        cmocka_unit_test(test_identity),
        cmocka_unit_test(test_what_names_no_decision),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
