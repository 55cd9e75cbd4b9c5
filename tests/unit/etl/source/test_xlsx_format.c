/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "etl/source/xlsx_format.h"

static void test_built_in_formats(void **state)
{
    (void)state;
    /* ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 as in its table for zh-cn. */
    static const struct {
        int number;
        enum xlsx_format format;
    } cases[] = {
        {0, XLSX_NUMBER},  {4, XLSX_NUMBER},  {11, XLSX_NUMBER},  {13, XLSX_NUMBER},
        {14, XLSX_DATE},   {17, XLSX_DATE},   {18, XLSX_TIME},    {21, XLSX_TIME},
        {22, XLSX_MOMENT}, {23, XLSX_NUMBER}, {26, XLSX_NUMBER},  {27, XLSX_DATE},
        {31, XLSX_DATE},   {32, XLSX_TIME},   {35, XLSX_TIME},    {36, XLSX_DATE},
        {37, XLSX_NUMBER}, {44, XLSX_NUMBER}, {45, XLSX_TIME},    {46, XLSX_DURATION},
        {47, XLSX_TIME},   {48, XLSX_NUMBER}, {49, XLSX_NUMBER},  {50, XLSX_DATE},
        {54, XLSX_DATE},   {55, XLSX_TIME},   {56, XLSX_TIME},    {57, XLSX_DATE},
        {58, XLSX_DATE},   {59, XLSX_NUMBER}, {164, XLSX_NUMBER}, {-1, XLSX_NUMBER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(xlsx_format_of_number(cases[i].number), cases[i].format);
}

static void test_codes(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        enum xlsx_format format;
    } cases[] = {
        {"", XLSX_NUMBER},
        {"General", XLSX_NUMBER},
        {"GENERAL", XLSX_NUMBER},
        {"0.00", XLSX_NUMBER},
        {"#,##0.00_);[Red]\\(#,##0.00\\)", XLSX_NUMBER},
        {"0.00E+00", XLSX_NUMBER},
        {"##0.0E-0", XLSX_NUMBER},
        {"\"day\"0", XLSX_NUMBER},
        {"0\\d", XLSX_NUMBER},
        {"0_d", XLSX_NUMBER},
        {"0*m", XLSX_NUMBER},
        {"[DBNum1][$-804]General", XLSX_NUMBER},
        {"@", XLSX_NUMBER},
        {"0\"元\"", XLSX_NUMBER},
        {"0.00;yyyy", XLSX_NUMBER},
        {"[Red]0", XLSX_NUMBER},
        {"yyyy-mm-dd", XLSX_DATE},
        {"YYYY/M/D", XLSX_DATE},
        {"yyyy\"年\"m\"月\"d\"日\";@", XLSX_DATE},
        {"[$-804]yyyy\\年m\\月", XLSX_DATE},
        {"mmm", XLSX_DATE},
        {"m/d", XLSX_DATE},
        {"aaaa", XLSX_DATE},
        {"e\"年\"", XLSX_DATE},
        {"[DBNum1]yyyy", XLSX_DATE},
        {"h:mm", XLSX_TIME},
        {"mm:ss.0", XLSX_TIME},
        {"h:mm AM/PM", XLSX_TIME},
        {"上午/下午h\"时\"mm\"分\"", XLSX_TIME},
        {"yyyy/m/d h:mm", XLSX_MOMENT},
        {"d hh", XLSX_MOMENT},
        {"[h]:mm", XLSX_DURATION},
        {"[mm]:ss", XLSX_DURATION},
        {"[SS]", XLSX_DURATION},
        {"\"open", XLSX_NUMBER},
        {"[", XLSX_NUMBER},
        {"\\", XLSX_NUMBER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (xlsx_format_of_code(cases[i].code) != cases[i].format)
            fail_msg("%s: expected %d, found %d", cases[i].code, (int)cases[i].format,
                     (int)xlsx_format_of_code(cases[i].code));
    }
}

static void test_texts(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        enum xlsx_format format;
        bool date1904;
        const char *text;
    } cases[] = {
        {"1", XLSX_DATE, false, "1900-01-01"},
        {"0", XLSX_DATE, false, "1900-01-00"},
        {"59", XLSX_DATE, false, "1900-02-28"},
        {"60", XLSX_DATE, false, "1900-02-29"},
        {"61", XLSX_DATE, false, "1900-03-01"},
        {"44197", XLSX_DATE, false, "2021-01-01"},
        {"2958465", XLSX_DATE, false, "9999-12-31"},
        {"2958466", XLSX_DATE, false, "2958466"},
        {"-1", XLSX_DATE, false, "-1"},
        {"0", XLSX_DATE, true, "1904-01-01"},
        {"60", XLSX_DATE, true, "1904-03-01"},
        {"42735", XLSX_DATE, true, "2021-01-01"},
        {"2957003", XLSX_DATE, true, "9999-12-31"},
        {"2957004", XLSX_DATE, true, "2957004"},
        {"44197.75", XLSX_DATE, false, "2021-01-01"},
        {"44197", XLSX_MOMENT, false, "2021-01-01"},
        {"44197.75", XLSX_MOMENT, false, "2021-01-01 18:00:00"},
        {"44197.4305555556", XLSX_MOMENT, false, "2021-01-01 10:20:00"},
        {"44197.9999999", XLSX_MOMENT, false, "2021-01-02"},
        {"0.5", XLSX_TIME, false, "12:00:00"},
        {"44197.5", XLSX_TIME, false, "12:00:00"},
        {"1.5", XLSX_DURATION, false, "36:00:00"},
        {"44197", XLSX_NUMBER, false, "44197"},
        {"0.1", XLSX_NUMBER, false, "0.1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char room[DECIMAL_TEXT_SIZE];
        struct text found;
        assert_true(xlsx_format_text(text_of(cases[i].value), cases[i].format, cases[i].date1904,
                                     room, &found));
        if (!text_is(found, cases[i].text))
            fail_msg("%s: expected %s, found %.*s", cases[i].value, cases[i].text, (int)found.size,
                     found.data);
    }
}

static void test_what_is_no_number(void **state)
{
    (void)state;
    char room[DECIMAL_TEXT_SIZE];
    struct text found;
    assert_false(xlsx_format_text(TEXT_LITERAL("abc"), XLSX_DATE, false, room, &found));
    assert_false(xlsx_format_text(TEXT_LITERAL(""), XLSX_NUMBER, false, room, &found));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_built_in_formats),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_what_is_no_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
