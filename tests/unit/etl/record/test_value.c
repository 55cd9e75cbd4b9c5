/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "etl/record/value.h"

enum { ROOM = 64 * 1024, LINE_SIZE = 512, TABLE_LEAST = 200 };

static char memory[ROOM];
static struct codelist regions;
static struct codelist industries;
static const struct value_lists lists = {&regions, &industries};

static const struct mapped_value plain = {.used = true,
                                          .column = "c",
                                          .dates = {DATE_ISO},
                                          .date_count = 1,
                                          .unit_decimals = 2,
                                          .separator = '|'};

static bool parse(const struct field *field, const struct mapped_value *mapped, struct text raw,
                  struct text *out, struct reject *reject)
{
    struct scratch scratch = {.data = memory, .room = sizeof memory};
    return value_parse(field, mapped, raw, &lists, &scratch, out, reject);
}

/* expected NULL: missing. */
static void accept(const struct field *field, const struct mapped_value *mapped, const char *raw,
                   const char *expected)
{
    struct text out;
    struct reject reject;
    if (!parse(field, mapped, text_of(raw), &out, &reject))
        fail_msg("%s \"%s\": %s", field->name, raw, reject.message);
    if (!expected)
        assert_null(out.data);
    else if (!text_is(out, expected))
        fail_msg("%s \"%s\": expected %s, found %.*s", field->name, raw, expected, (int)out.size,
                 out.data);
}

static void refuse(const struct field *field, const struct mapped_value *mapped, const char *raw,
                   enum reject_reason reason)
{
    struct text out;
    struct reject reject;
    if (parse(field, mapped, text_of(raw), &out, &reject))
        fail_msg("%s \"%s\" should be refused, found %.*s", field->name, raw, (int)out.size,
                 out.data);
    assert_int_equal(reject.reason, reason);
    assert_string_equal(reject.field, field->name);
}

/* The table values.csv: type|option|value|stored, "!" for refused. */

static void set_forms(struct mapped_value *mapped, char *option)
{
    static const char *const names[] = {"YYYY-MM-DD", "YYYY/M/D", "YYYYMMDD", "YYYY年M月D日",
                                        "M/D/YYYY"};
    mapped->date_count = 0;
    for (char *rest = option, *name; (name = strsep(&rest, ","));) {
        int form = 0;
        while (strcmp(names[form], name) != 0)
            assert_true(++form < 5);
        mapped->dates[mapped->date_count++] = (enum date_form)form;
    }
}

static void check_row(char *row)
{
    static const struct field day_field = {"d", FIELD_DAY, false, NULL};
    static const struct field money_field = {"m", FIELD_MONEY, false, NULL};
    static const struct field integer_field = {"i", FIELD_INTEGER, false, NULL};
    const char *type = strsep(&row, "|");
    char *option = strsep(&row, "|");
    const char *value = strsep(&row, "|");
    const char *stored = strsep(&row, "\n");
    struct mapped_value mapped = plain;
    const struct field *field = &integer_field;
    assert_non_null(stored);
    if (strcmp(type, "day") == 0) {
        field = &day_field;
        set_forms(&mapped, option);
    } else if (strcmp(type, "money") == 0) {
        field = &money_field;
        mapped.unit_decimals = strcmp(option, "fen") == 0 ? 0 : strcmp(option, "yuan") == 0 ? 2 : 6;
    } else {
        assert_string_equal(type, "integer");
    }
    if (strcmp(stored, "!") == 0)
        refuse(field, &mapped, value, field == &day_field ? REJECT_DATE : REJECT_NUMBER);
    else
        accept(field, &mapped, value, stored);
}

static void test_table_of_days_and_numbers(void **state)
{
    (void)state;
    char row[LINE_SIZE];
    int rows = 0;
    FILE *file = fopen(SOURCE_DIR "/tests/unit/etl/record/values.csv", "r");
    assert_non_null(file);
    assert_non_null(fgets(row, sizeof row, file));
    while (fgets(row, sizeof row, file)) {
        check_row(row);
        rows++;
    }
    fclose(file);
    assert_true(rows >= TABLE_LEAST);
}

static void test_missing_values(void **state)
{
    (void)state;
    static const enum field_type types[] = {FIELD_TEXT,   FIELD_ID,      FIELD_CODE,    FIELD_DAY,
                                            FIELD_MONEY,  FIELD_INTEGER, FIELD_BOOLEAN, FIELD_SET,
                                            FIELD_REGION, FIELD_INDUSTRY};
    static const char *const codes[] = {"a", "b", NULL};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        const struct field optional = {"f", types[i], false, codes};
        const struct field required = {"f", types[i], true, codes};
        accept(&optional, &plain, "", NULL);
        refuse(&required, &plain, "", REJECT_REQUIRED);
    }
    const struct field set = {"f", FIELD_SET, true, NULL};
    refuse(&set, &plain, " | |", REJECT_REQUIRED);
    struct value_pair none[] = {{TEXT_LITERAL("-"), VALUE_MISSING}};
    struct mapped_value mapped = plain;
    mapped.values = none;
    mapped.value_count = 1;
    const struct field text = {"f", FIELD_TEXT, true, NULL};
    refuse(&text, &mapped, "-", REJECT_REQUIRED);
    accept(&text, &mapped, "--", "--");
}

static void test_texts_keep_their_form(void **state)
{
    (void)state;
    static const struct field text = {"f", FIELD_TEXT, false, NULL};
    static const struct field id = {"f", FIELD_ID, false, NULL};
    static char limit[VALUE_TEXT_CAP + 2];
    accept(&text, &plain, "重庆（Ａ）　店", "重庆（Ａ）　店");
    accept(&id, &plain, "Ａ－１（２）", "A-1(2)");
    memset(limit, 'x', VALUE_TEXT_CAP);
    accept(&text, &plain, limit, limit);
    limit[VALUE_TEXT_CAP] = 'x';
    refuse(&text, &plain, limit, REJECT_TOO_LONG);
    limit[VALUE_ID_CAP] = '\0';
    accept(&id, &plain, limit, limit);
    limit[VALUE_ID_CAP] = 'x';
    limit[VALUE_ID_CAP + 1] = '\0';
    refuse(&id, &plain, limit, REJECT_TOO_LONG);
}

static void test_codes(void **state)
{
    (void)state;
    static const char *const codes[] = {"passed", "failed", NULL};
    static const struct field field = {"outcome", FIELD_CODE, false, codes};
    struct value_pair values[] = {
        {TEXT_LITERAL("-"), VALUE_MISSING},
        {TEXT_LITERAL("不合格(复查)"), TEXT_LITERAL("failed")},
        {TEXT_LITERAL("合格"), TEXT_LITERAL("passed")},
    };
    struct mapped_value mapped = plain;
    mapped.values = values;
    mapped.value_count = 3;
    accept(&field, &mapped, "合格", "passed");
    accept(&field, &mapped, "failed", "failed");
    /* Full-width brackets of the file and of the document are the same. */
    accept(&field, &mapped, "不合格（复查）", "failed");
    accept(&field, &mapped, "-", NULL);
    accept(&field, &mapped, "－", NULL);
    refuse(&field, &mapped, "其他", REJECT_CODE);
    refuse(&field, &mapped, "Passed", REJECT_CODE);
    refuse(&field, &mapped, "pass", REJECT_CODE);
    struct text out;
    struct reject reject;
    assert_false(parse(&field, &mapped, TEXT_LITERAL("其他"), &out, &reject));
    assert_string_equal(
        reject.message,
        "expected a value that the mapping turns into passed, … or failed, found \"其他\"");
}

static void test_booleans(void **state)
{
    (void)state;
    static const struct field field = {"on_leave", FIELD_BOOLEAN, true, NULL};
    accept(&field, &plain, "true", "t");
    accept(&field, &plain, "false", "f");
    refuse(&field, &plain, "t", REJECT_CODE);
    refuse(&field, &plain, "1", REJECT_CODE);
    refuse(&field, &plain, "是", REJECT_CODE);
}

static void test_code_lists(void **state)
{
    (void)state;
    static const struct field region = {"region_code", FIELD_REGION, false, NULL};
    static const struct field industry = {"industry_code", FIELD_INDUSTRY, false, NULL};
    accept(&region, &plain, "500103", "500103");
    accept(&region, &plain, "５００１０３", "500103");
    refuse(&region, &plain, "50010", REJECT_REGION);
    refuse(&region, &plain, "5001030", REJECT_REGION);
    refuse(&region, &plain, "渝中区", REJECT_REGION);
    accept(&industry, &plain, "6210", "6210");
    accept(&industry, &plain, "H6210", "6210");
    accept(&industry, &plain, "Ｈ６２１０", "6210");
    accept(&industry, &plain, "H", "H");
    refuse(&industry, &plain, "A6210", REJECT_INDUSTRY);
    refuse(&industry, &plain, "HH6210", REJECT_INDUSTRY);
    refuse(&industry, &plain, "h6210", REJECT_INDUSTRY);
    refuse(&industry, &plain, "6219", REJECT_INDUSTRY);
}

static void test_sets(void **state)
{
    (void)state;
    static const struct field field = {"licence_tags", FIELD_SET, false, NULL};
    accept(&field, &plain, "food", "{\"food\"}");
    accept(&field, &plain, "food|drug", "{\"drug\",\"food\"}");
    accept(&field, &plain, " food | drug |food||", "{\"drug\",\"food\"}");
    accept(&field, &plain, "|", NULL);
    accept(&field, &plain, "a\"b|c\\d|e,f|{g}", "{\"a\\\"b\",\"c\\\\d\",\"e,f\",\"{g}\"}");
    accept(&field, &plain, "Ａ１｜Ｂ２", "{\"A1\",\"B2\"}");
    accept(&field, &plain, "NULL", "{\"NULL\"}");

    struct value_pair values[] = {{TEXT_LITERAL("无"), VALUE_MISSING},
                                  {TEXT_LITERAL("食品"), TEXT_LITERAL("food")}};
    struct mapped_value mapped = plain;
    mapped.separator = ',';
    mapped.values = values;
    mapped.value_count = 2;
    accept(&field, &mapped, "食品，无，a|b", "{\"a|b\",\"food\"}");
    accept(&field, &mapped, "无", NULL);
    mapped.clean[0] = CLEAN_UPPER;
    mapped.clean_count = 1;
    mapped.prefix = "x";
    accept(&field, &mapped, "a,食品,,b", "{\"xA\",\"xB\",\"xfood\"}");
}

static void test_a_set_has_at_most_64_members(void **state)
{
    (void)state;
    static const struct field field = {"licence_tags", FIELD_SET, false, NULL};
    char list[8 * (VALUE_SET_CAP + 1)] = "";
    size_t used = 0;
    for (int i = 1; i <= VALUE_SET_CAP + 1; i++) {
        used += (size_t)snprintf(list + used, sizeof list - used, "|%d", i);
        if (i == VALUE_SET_CAP) {
            struct text out;
            struct reject reject;
            assert_true(parse(&field, &plain, text_of(list), &out, &reject));
        }
    }
    refuse(&field, &plain, list, REJECT_TOO_LONG);
}

static void test_clean_steps_in_their_order(void **state)
{
    (void)state;
    static const struct field field = {"f", FIELD_TEXT, false, NULL};
    static const struct {
        enum clean_step steps[3];
        size_t count;
        const char *raw;
        const char *expected;
    } cases[] = {
        {{CLEAN_UPPER}, 1, "ab-1é", "AB-1é"},
        {{CLEAN_CUT_AFTER_DASH}, 1, "1649643-1006-2", "1649643"},
        {{CLEAN_CUT_AFTER_DASH}, 1, "1649643", "1649643"},
        {{CLEAN_CUT_AFTER_DASH}, 1, "-1", NULL},
        {{CLEAN_CUT_AFTER_DASH}, 1, "12 - 3", "12"},
        {{CLEAN_DIGITS_ONLY}, 1, "PS22 25-540", "2225540"},
        {{CLEAN_DIGITS_ONLY}, 1, "none", NULL},
        {{CLEAN_STRIP_ZEROS}, 1, "000120", "120"},
        {{CLEAN_STRIP_ZEROS}, 1, "000", "0"},
        {{CLEAN_STRIP_ZEROS}, 1, "0", "0"},
        {{CLEAN_CUT_AFTER_DASH, CLEAN_DIGITS_ONLY, CLEAN_STRIP_ZEROS},
         3,
         "CPS0023551-1006",
         "23551"},
        {{CLEAN_DIGITS_ONLY, CLEAN_CUT_AFTER_DASH}, 2, "12-34", "1234"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct mapped_value mapped = plain;
        memcpy(mapped.clean, cases[i].steps, sizeof cases[i].steps);
        mapped.clean_count = cases[i].count;
        accept(&field, &mapped, cases[i].raw, cases[i].expected);
    }
}

static void test_clean_then_look_up_then_prefix(void **state)
{
    (void)state;
    static const struct field field = {"f", FIELD_TEXT, false, NULL};
    struct value_pair values[] = {{TEXT_LITERAL("0"), VALUE_MISSING},
                                  {TEXT_LITERAL("A"), TEXT_LITERAL("one")}};
    struct mapped_value mapped = plain;
    mapped.clean[0] = CLEAN_UPPER;
    mapped.clean_count = 1;
    mapped.values = values;
    mapped.value_count = 2;
    mapped.prefix = "chi-ward-";
    accept(&field, &mapped, "a", "chi-ward-one");
    accept(&field, &mapped, "b", "chi-ward-B");
    accept(&field, &mapped, "0", NULL);
    accept(&field, &mapped, "", NULL);
}

static void test_constants(void **state)
{
    (void)state;
    static const struct field text = {"f", FIELD_TEXT, true, NULL};
    static const struct field set = {"f", FIELD_SET, true, NULL};
    static const struct field date = {"f", FIELD_DAY, true, NULL};
    struct mapped_value mapped = plain;
    mapped.column = NULL;
    mapped.constant = " food|drug ";
    accept(&text, &mapped, "ignored", "food|drug");
    accept(&set, &mapped, "", "{\"drug\",\"food\"}");
    mapped.constant = "1923-01-01";
    accept(&date, &mapped, "2026-01-01", "1923-01-01");
}

static void test_a_row_without_room_is_refused(void **state)
{
    (void)state;
    static const struct field id = {"f", FIELD_ID, false, NULL};
    static const struct field number = {"f", FIELD_INTEGER, false, NULL};
    static const struct field set = {"f", FIELD_SET, false, NULL};
    static const struct field date = {"f", FIELD_DAY, false, NULL};
    static const struct {
        const struct field *field;
        const char *raw;
        size_t enough;
    } cases[] = {
        {&id, "abc", 3}, {&number, "12", 26}, {&set, "a|b", 15}, {&date, "2026-01-01", 21}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t room = 0; room <= cases[i].enough; room++) {
            struct scratch scratch = {.data = memory, .room = room};
            struct text out;
            struct reject reject;
            bool ok = value_parse(cases[i].field, &plain, text_of(cases[i].raw), &lists, &scratch,
                                  &out, &reject);
            assert_int_equal(ok, room == cases[i].enough);
            if (!ok)
                assert_int_equal(reject.reason, REJECT_TOO_LONG);
        }
    }
}

static int set_up(void **state)
{
    (void)state;
    bool ok = codelist_add(&regions, TEXT_LITERAL("500103")) &&
              codelist_add(&industries, TEXT_LITERAL("6210")) &&
              codelist_add(&industries, TEXT_LITERAL("H6210")) &&
              codelist_add(&industries, TEXT_LITERAL("H"));
    codelist_sort(&regions);
    codelist_sort(&industries);
    return !ok;
}

static int tear_down(void **state)
{
    (void)state;
    codelist_free(&regions);
    codelist_free(&industries);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_table_of_days_and_numbers),
        cmocka_unit_test(test_missing_values),
        cmocka_unit_test(test_texts_keep_their_form),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_booleans),
        cmocka_unit_test(test_code_lists),
        cmocka_unit_test(test_sets),
        cmocka_unit_test(test_a_set_has_at_most_64_members),
        cmocka_unit_test(test_clean_steps_in_their_order),
        cmocka_unit_test(test_clean_then_look_up_then_prefix),
        cmocka_unit_test(test_constants),
        cmocka_unit_test(test_a_row_without_room_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
