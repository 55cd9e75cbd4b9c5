/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "models/codes/uscc.h"

enum { REAL_CODES = 204, PATH_SIZE = 1024, LINE_SIZE = 1024 };

static struct uscc checked(const char *raw)
{
    struct uscc result;
    uscc_check(text_of(raw), &result);
    return result;
}

static void test_published_and_synthetic_codes_are_valid(void **state)
{
    (void)state;
    static const char *const valid[] = {
        "11500000009275780L", "11500000MB17643950", "11500000009276118B", "11500228733970274Y",
        "11500222009311999A", "11500000MB1A40839X", "11500000MB1631621X", "91350100M000100Y43",
        "91500103MA5U0QR146", "91500112MA60ABCD5W", "91500107MA7TEGH20K", "91500108MA5YPXW07M",
        "92500227MA5U00011C", "92500156MA60UL4716", "93500230MA61XY095L", "91500000202806125F",
        "12500000450387126L", "51500000503210472M",
    };
    for (size_t i = 0; i < sizeof valid / sizeof valid[0]; i++) {
        struct uscc result = checked(valid[i]);
        assert_int_equal(result.verdict, USCC_VALID);
        assert_true(result.org_valid);
        assert_string_equal(result.code, valid[i]);
        assert_non_null(uscc_kind_of(result.code));
    }
}

static void test_wrong_codes_name_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *raw;
        enum uscc_verdict verdict;
        const char *text;
    } wrong[] = {
        {"91350100M000100Y4Z", USCC_BAD_ALPHABET, "found another character at place 18"},
        {"91310115MA1H8R7C6D", USCC_BAD_CHECK_CHARACTER, "expected check character"},
        {"91500103MA5U0QR147", USCC_BAD_CHECK_CHARACTER, "expected check character 6, found 7"},
        {"19500103MA5U0QR146", USCC_BAD_CHECK_CHARACTER, "expected check character"},
        {"91500103MA5U0QR14", USCC_BAD_LENGTH, "expected 18 characters, found 17"},
        {"91500103MA5U0QR1466", USCC_BAD_LENGTH, "found 19"},
        {"9.15E+17", USCC_BAD_LENGTH, "found 8"},
        {"", USCC_BAD_LENGTH, "found 0"},
        {"重庆市某某公司", USCC_BAD_LENGTH, "found 21"},
        {"重庆某公司AB1", USCC_BAD_ALPHABET, "place 1"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[256];
        struct uscc result = checked(wrong[i].raw);
        assert_int_equal(result.verdict, wrong[i].verdict);
        assert_non_null(strstr(uscc_explain(&result, text, sizeof text), wrong[i].text));
        assert_string_equal(result.suggestion, "");
    }
}

static void test_any_changed_character_is_noticed(void **state)
{
    (void)state;
    static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    char code[] = "91500103MA5U0QR146";
    for (size_t i = 0; i < USCC_LENGTH; i++) {
        char kept = code[i];
        for (const char *c = alphabet; *c; c++) {
            code[i] = *c;
            assert_int_equal(checked(code).verdict == USCC_VALID, *c == kept);
        }
        code[i] = kept;
    }
}

static void test_normalising(void **state)
{
    (void)state;
    assert_int_equal(checked("  91500103ma5u0qr146\t").verdict, USCC_VALID);
    assert_int_equal(checked("9150 0103 MA5U 0QR1 46").verdict, USCC_VALID);
    assert_int_equal(checked("９１５００１０３ＭＡ５Ｕ０ＱＲ１４６").verdict, USCC_VALID);
    assert_string_equal(checked("　91500103ma5u0qr146　").code, "91500103MA5U0QR146");
}

static void test_input_longer_than_any_code_is_a_length_failure(void **state)
{
    (void)state;
    static char raw[100000];
    memset(raw, '9', sizeof raw - 1);
    struct uscc result = checked(raw);
    assert_int_equal(result.verdict, USCC_BAD_LENGTH);
    assert_int_equal(result.length, sizeof raw - 1);
    assert_int_equal(strlen(result.code), USCC_LENGTH);
}

static void test_letters_like_digits_are_suggested_not_replaced(void **state)
{
    (void)state;
    struct uscc result = checked("915OO1O3MA5U0QR146");
    assert_int_equal(result.verdict, USCC_BAD_ALPHABET);
    assert_int_equal(result.bad_at, 4);
    assert_string_equal(result.suggestion, "91500103MA5U0QR146");
    assert_string_equal(checked("9I5OO1O3MA5U0QR146").suggestion, "91500103MA5U0QR146");
    assert_string_equal(checked("915OO1O3MA5U0QR147").suggestion, "");
    assert_string_equal(checked("91500103MA5U0QR14S").suggestion, "");
}

static void test_a_failing_organisation_code_is_a_warning(void **state)
{
    (void)state;
    char code[USCC_SIZE];
    assert_true(uscc_compose("91500103MA5U0QR15", code));
    struct uscc result = checked(code);
    assert_int_equal(result.verdict, USCC_VALID);
    assert_false(result.org_valid);
}

static void test_composing(void **state)
{
    (void)state;
    char code[USCC_SIZE];
    char org[USCC_ORG_SIZE];
    assert_true(uscc_compose("91350100M000100Y4", code));
    assert_string_equal(code, "91350100M000100Y43");
    assert_true(uscc_compose_org("MA5U0QR1", org));
    assert_string_equal(org, "MA5U0QR14");
    assert_true(uscc_compose_org("MB163162", org));
    assert_string_equal(org, "MB1631621");
    assert_false(uscc_compose("91350100M000100I4", code));
    assert_false(uscc_compose_org("ma5u0qr1", org));
}

static void test_kinds(void **state)
{
    (void)state;
    assert_string_equal(uscc_kind_of("92500156MA60UL4716")->zh, "个体工商户");
    assert_null(uscc_kind_of("Z9500156MA60UL4716"));
}

static void test_real_codes_are_valid(void **state)
{
    (void)state;
    const char *root = getenv("HENG_TEST_DATA");
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/data/cn/uscc_real.csv", root ? root : SOURCE_DIR "/../shared");
    FILE *file = fopen(path, "r");
    if (!file) {
        printf("skipped: HENG_TEST_DATA (%s) has no credit codes\n", path);
        skip();
    }
    char line[LINE_SIZE];
    int valid = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        const char *start = strchr(line, ',');
        assert_non_null(start);
        size_t size = strcspn(start + 1, ",");
        struct uscc result;
        uscc_check((struct text){start + 1, size}, &result);
        valid += result.verdict == USCC_VALID && result.org_valid;
    }
    fclose(file);
    assert_int_equal(valid, REAL_CODES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_published_and_synthetic_codes_are_valid),
        cmocka_unit_test(test_wrong_codes_name_what_is_wrong),
        cmocka_unit_test(test_any_changed_character_is_noticed),
        cmocka_unit_test(test_normalising),
        cmocka_unit_test(test_input_longer_than_any_code_is_a_length_failure),
        cmocka_unit_test(test_letters_like_digits_are_suggested_not_replaced),
        cmocka_unit_test(test_a_failing_organisation_code_is_a_warning),
        cmocka_unit_test(test_composing),
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_real_codes_are_valid),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
