/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/unit/etl/record/row_desk.h"

static void test_an_inspection(void **state)
{
    (void)state;
    struct desk desk;
    open_inspection(&desk);
    put(&desk, DAY_COLUMN, " ２０２６-03-05　");
    accept(&desk);
    expect_text(desk.row.scheme, "uscc");
    expect_text(desk.row.code, credit_code);
    expect_text(desk.row.fields[0], "2026-03-05");
    expect_text(desk.row.fields[5], "passed");
    assert_null(desk.row.fields[1].data);
    assert_null(desk.row.fields[10].data);
    expect_text(desk.row.known_at, "2026-07-01 08:00:00+08:00");
    assert_int_equal(desk.row.line, 7);
    assert_int_equal(desk.row.other_entity_id, 0);
    assert_int_equal(desk.row.entity_id, row_entity_id(TEXT_LITERAL("uscc"), text_of(credit_code)));
    /* The first 8 bytes of SHA-256("inspection:checks:A-1" 1F "2") without the top bit. */
    assert_int_equal(desk.row.id, INT64_C(6352405443573334913));
    desk_close(&desk);
}

/* Computed with another program. */
static void test_identities(void **state)
{
    (void)state;
    assert_int_equal(row_entity_id(TEXT_LITERAL("regno"), TEXT_LITERAL("500103000001")),
                     INT64_C(3924899955547310989));
    assert_int_equal(row_entity_id(TEXT_LITERAL("place"), TEXT_LITERAL("checks:CHONGQING ROAD 12")),
                     INT64_C(3079128530966976283));
}

static void test_the_first_subject_that_is_not_empty(void **state)
{
    (void)state;
    struct desk desk;
    open_inspection(&desk);
    put(&desk, REGNO, "x1");
    put(&desk, ADDRESS, "a");
    accept(&desk);
    expect_text(desk.row.scheme, "uscc");
    put(&desk, CODE, " 　");
    accept(&desk);
    expect_text(desk.row.scheme, "regno");
    expect_text(desk.row.code, "X1");
    put(&desk, REGNO, "");
    accept(&desk);
    expect_text(desk.row.scheme, "place");
    expect_text(desk.row.code, "checks:A");
    put(&desk, ADDRESS, " ");
    refuse(&desk, REJECT_SUBJECT, "subject");
    desk_close(&desk);
}

static void test_credit_codes(void **state)
{
    (void)state;
    struct desk desk;
    char code[USCC_SIZE];
    open_inspection(&desk);
    memcpy(code, credit_code, sizeof code);
    for (size_t i = 0; i < USCC_LENGTH; i++)
        code[i] = (char)(code[i] >= 'A' ? code[i] + 32 : code[i]);
    put(&desk, CODE, code);
    accept(&desk);
    expect_text(desk.row.code, credit_code);

    static const char *const bad[] = {"9150000", "915000001234567890123", "91500000-DEM00000",
                                      "I1500000DEM0000000", "重庆"};
    put(&desk, REGNO, "x1");
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        put(&desk, CODE, bad[i]);
        refuse(&desk, REJECT_CREDIT_CODE, "code");
        assert_true(text_valid_utf8(text_of(desk.reject.message)));
    }
    memcpy(code, credit_code, sizeof code);
    code[10] = code[10] == '1' ? '2' : '1';
    put(&desk, CODE, code);
    refuse(&desk, REJECT_CREDIT_CODE, "code");
    assert_non_null(strstr(desk.reject.message, "expected check character"));
    desk_close(&desk);
}

static void test_places_are_normalised(void **state)
{
    (void)state;
    struct desk desk;
    open_inspection(&desk);
    put(&desk, CODE, "");
    static const struct {
        const char *district;
        const char *address;
        const char *code;
    } cases[] = {
        {"", "Chongqing Road 12", "checks:CHONGQING ROAD 12"},
        {"", "  chongqing \t road\n12 ", "checks:CHONGQING ROAD 12"},
        {"Chongqing", "Road 12", "checks:CHONGQING ROAD 12"},
        {"渝中区", "民生路１２号", "checks:渝中区 民生路12号"},
        {"渝中区", "　民生路12号", "checks:渝中区 民生路12号"},
        {"渝中区", "民生路　12号", "checks:渝中区 民生路 12号"},
        {"", "A--B", "checks:A--B"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        put(&desk, DISTRICT, cases[i].district);
        put(&desk, ADDRESS, cases[i].address);
        accept(&desk);
        expect_text(desk.row.scheme, "place");
        expect_text(desk.row.code, cases[i].code);
        assert_int_equal(desk.row.entity_id,
                         row_entity_id(desk.row.scheme, text_of(cases[i].code)));
    }
    char longest[ROW_PLACE_CAP + 1];
    memset(longest, 'A', sizeof longest);
    longest[ROW_PLACE_CAP - 1] = '\0';
    put(&desk, DISTRICT, "");
    put(&desk, ADDRESS, longest);
    accept(&desk);
    put(&desk, DISTRICT, "B");
    refuse(&desk, REJECT_TOO_LONG, "address");
    desk_close(&desk);
}

static void test_keys_of_columns(void **state)
{
    (void)state;
    /* All of these are records of their own. */
    static const char *const keys[][2] = {{"a", "b"}, {"ab", ""}, {"", "ab"}, {"a", ""},
                                          {"", "a"},  {"b", "a"}, {"a b", ""}};
    enum { KEYS = sizeof keys / sizeof keys[0] };
    struct desk desk;
    int64_t ids[KEYS];
    open_inspection(&desk);
    for (size_t i = 0; i < KEYS; i++) {
        put(&desk, KEY, keys[i][0]);
        put(&desk, YEAR, keys[i][1]);
        accept(&desk);
        ids[i] = desk.row.id;
        for (size_t j = 0; j < i; j++)
            assert_true(ids[i] != ids[j]);
    }
    /* Blanks around it and full width make no other key. */
    put(&desk, KEY, " ａ　");
    put(&desk, YEAR, "b ");
    accept(&desk);
    assert_int_equal(desk.row.id, ids[0]);
    put(&desk, KEY, "");
    put(&desk, YEAR, " ");
    refuse(&desk, REJECT_REQUIRED, "key");
    char longest[ROW_KEY_CAP + 1];
    memset(longest, 'k', sizeof longest);
    longest[ROW_KEY_CAP] = '\0';
    put(&desk, KEY, longest);
    refuse(&desk, REJECT_TOO_LONG, "key");
    longest[ROW_KEY_CAP - 2] = '\0';
    put(&desk, KEY, longest);
    accept(&desk);
    desk_close(&desk);
}

static void test_key_of_all_columns(void **state)
{
    (void)state;
    static const char document[] =
        HEAD("inspection") "\"key\": \"hash_of_all_columns\","
                           " \"subject\": [{\"scheme\": \"regno\", \"column\": \"regno\"}],"
                           " \"drop\": [\"phone\"],"
                           " \"fields\": {\"occurred_on\": {\"column\": \"day\"},"
                           " \"outcome\": {\"column\": \"result\"}}}";
    struct desk desk;
    desk_open(&desk, document);
    put(&desk, REGNO, "1");
    put(&desk, DAY_COLUMN, "2026-03-05");
    put(&desk, RESULT, "passed");
    accept(&desk);
    int64_t id = desk.row.id;
    assert_memory_equal(desk.row.key.data, "sha256:", 7);
    assert_int_equal(desk.row.key.size, 39);
    /* Every column counts, mapped or not, to the byte; a dropped one never. */
    for (int column = 0; column < COLUMNS; column++) {
        struct text before = desk.fields[column];
        put(&desk, column, column == DAY_COLUMN ? "2026-03-06" : column == RESULT ? "failed" : "2");
        accept(&desk);
        assert_int_equal(desk.row.id == id, column == PHONE);
        desk.fields[column] = before;
    }
    put(&desk, NOTE, " ");
    accept(&desk);
    assert_true(desk.row.id != id);
    put(&desk, NOTE, "");
    accept(&desk);
    assert_int_equal(desk.row.id, id);
    desk_close(&desk);
}

static void test_content_changes_exactly_with_what_is_stored(void **state)
{
    (void)state;
    struct desk desk;
    unsigned char content[ROW_CONTENT_SIZE];
    open_inspection(&desk);
    accept(&desk);
    memcpy(content, desk.row.content, sizeof content);

    static const struct {
        int column;
        const char *value;
        bool other;
    } cases[] = {
        {DAY_COLUMN, "2026-03-06", true},
        {RESULT, "failed", true},
        {NOTE, "n", true},
        {DAY_COLUMN, " ２０２６-03-05", false},
        {PHONE, "another", false},
        {ADDRESS, "elsewhere", false},
        {KEY, "another", false},
        {NOTE, "  ", false},
        {RESULT, "ｐａｓｓｅｄ", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text before = desk.fields[cases[i].column];
        put(&desk, cases[i].column, cases[i].value);
        accept(&desk);
        assert_int_equal(memcmp(desk.row.content, content, sizeof content) != 0, cases[i].other);
        desk.fields[cases[i].column] = before;
    }
    put(&desk, CODE, "");
    put(&desk, REGNO, credit_code);
    accept(&desk);
    assert_memory_not_equal(desk.row.content, content, sizeof content);
    desk_close(&desk);
}

/* Fields that together spell the same bytes are still different records. */
static void test_content_tells_fields_apart(void **state)
{
    (void)state;
    static const char document[] =
        HEAD("recusal") "\"subject\": [{\"scheme\": \"regno\", \"column\": \"regno\"}],"
                        " \"fields\": {\"inspector_id\": {\"column\": \"key\"},"
                        " \"reason\": {\"column\": \"note\"}}}";
    struct desk desk;
    unsigned char content[ROW_CONTENT_SIZE];
    desk_open(&desk, document);
    put(&desk, REGNO, "1");
    put(&desk, KEY, "ab");
    put(&desk, NOTE, "c");
    accept(&desk);
    memcpy(content, desk.row.content, sizeof content);
    int64_t id = desk.row.id;
    put(&desk, KEY, "a");
    put(&desk, NOTE, "bc");
    accept(&desk);
    assert_memory_not_equal(desk.row.content, content, sizeof content);
    assert_true(desk.row.id != id);
    /* The key of a recusal: entity and inspector. */
    put(&desk, KEY, "ａｂ");
    accept(&desk);
    assert_int_equal(desk.row.id, id);
    put(&desk, REGNO, "2");
    accept(&desk);
    assert_true(desk.row.id != id);
    desk_close(&desk);
}

static void test_the_day_of_knowledge(void **state)
{
    (void)state;
    static const char document[] =
        HEAD("recusal") "\"subject\": [{\"scheme\": \"regno\", \"column\": \"regno\"}],"
                        " \"known_at\": {\"column\": \"day\", \"backfill\": true},"
                        " \"fields\": {\"inspector_id\": {\"column\": \"key\"},"
                        " \"reason\": {\"column\": \"note\"}}}";
    struct desk desk;
    unsigned char content[ROW_CONTENT_SIZE];
    desk_open(&desk, document);
    put(&desk, REGNO, "1");
    put(&desk, KEY, "a");
    put(&desk, NOTE, "b");
    put(&desk, DAY_COLUMN, "2024-02-29");
    accept(&desk);
    expect_text(desk.row.known_at, "2024-02-29 00:00:00+08:00");
    memcpy(content, desk.row.content, sizeof content);
    put(&desk, DAY_COLUMN, "2024-03-01");
    accept(&desk);
    assert_memory_equal(desk.row.content, content, sizeof content);
    put(&desk, DAY_COLUMN, "2024-02-30");
    refuse(&desk, REJECT_DATE, "known_at");
    put(&desk, DAY_COLUMN, "");
    refuse(&desk, REJECT_REQUIRED, "known_at");
    desk_close(&desk);
}

static void test_aliases_and_relations_spell_codes_like_subjects(void **state)
{
    (void)state;
    static const char document[] =
        HEAD("alias") "\"subject\": [{\"scheme\": \"uscc\", \"column\": \"code\"}],"
                      " \"fields\": {\"alias_scheme\": {\"column\": \"result\"},"
                      " \"alias_code\": {\"column\": \"regno\"}}}";
    struct desk desk;
    desk_open(&desk, document);
    put(&desk, CODE, credit_code);
    put(&desk, RESULT, "regno");
    put(&desk, REGNO, "５００１０３０００００１");
    accept(&desk);
    expect_text(desk.row.fields[1], "500103000001");
    assert_int_equal(desk.row.other_entity_id, INT64_C(3924899955547310989));
    put(&desk, RESULT, "uscc");
    refuse(&desk, REJECT_CREDIT_CODE, "alias_code");
    put(&desk, RESULT, "Reg No");
    refuse(&desk, REJECT_CODE, "alias_scheme");
    put(&desk, RESULT, "");
    refuse(&desk, REJECT_REQUIRED, "alias_scheme");
    char longest[ROW_KEY_CAP + 2];
    memset(longest, '1', sizeof longest);
    longest[ROW_KEY_CAP + 1] = '\0';
    put(&desk, RESULT, "regno");
    put(&desk, REGNO, longest);
    refuse(&desk, REJECT_TOO_LONG, "alias_code");
    desk_close(&desk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_inspection),
        cmocka_unit_test(test_identities),
        cmocka_unit_test(test_the_first_subject_that_is_not_empty),
        cmocka_unit_test(test_credit_codes),
        cmocka_unit_test(test_places_are_normalised),
        cmocka_unit_test(test_keys_of_columns),
        cmocka_unit_test(test_key_of_all_columns),
        cmocka_unit_test(test_content_changes_exactly_with_what_is_stored),
        cmocka_unit_test(test_content_tells_fields_apart),
        cmocka_unit_test(test_the_day_of_knowledge),
        cmocka_unit_test(test_aliases_and_relations_spell_codes_like_subjects),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
