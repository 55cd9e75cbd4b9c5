/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "etl/record/row.h"
#include "models/codes/uscc.h"
#include "models/models.h"

enum { ARENA_CAP = 1024 * 1024, COLUMNS = 10 };

/* One mapping bound to one header, and the last row. */
struct desk {
    struct arena arena;
    struct mapping *mapping;
    struct converter *converter;
    struct codelist none;
    struct row_reader *reader;
    struct text fields[COLUMNS];
    struct csv_record record;
    struct row row;
    struct reject reject;
};

#define HEAD(kind)                                                                                 \
    "{\"mapping\": \"heng-mapping-1\", \"source\": \"checks\", \"kind\": \"" kind                  \
    "\", \"title\": {\"zh\": \"\", \"en\": \"\"}, \"jurisdiction\": \"CN-50\","                    \
    " \"encoding\": \"utf-8\","

/* Columns: code, address, day, result, key, year, phone, note. */
static const char *const header[] = {"code",   "regno", "district", "address", "day",
                                     "result", "key",   "year",     "phone",   "note"};
enum { CODE, REGNO, DISTRICT, ADDRESS, DAY_COLUMN, RESULT, KEY, YEAR, PHONE, NOTE };

static const char inspection[] =
    HEAD("inspection") "\"key\": [\"key\", \"year\"],"
                       " \"subject\": [{\"scheme\": \"uscc\", \"column\": \"code\"},"
                       "  {\"scheme\": \"regno\", \"column\": \"regno\", \"clean\": [\"upper\"]},"
                       "  {\"scheme\": \"place\", \"columns\": [\"district\", \"address\"]}],"
                       " \"drop\": [\"phone\"],"
                       " \"fields\": {\"occurred_on\": {\"column\": \"day\"},"
                       "  \"outcome\": {\"column\": \"result\"},"
                       "  \"notice_no\": {\"column\": \"note\"}}}";

static char credit_code[USCC_SIZE];

static void desk_open(struct desk *desk, const char *document)
{
    struct value_lists lists = {&desk->none, &desk->none};
    struct error err;
    struct text names[COLUMNS];
    *desk = (struct desk){.mapping = NULL};
    arena_init(&desk->arena, ARENA_CAP);
    for (size_t i = 0; i < COLUMNS; i++) {
        names[i] = text_of(header[i]);
        desk->fields[i] = TEXT_LITERAL("");
    }
    if (!mapping_read(document, strlen(document), "document", &desk->arena, &desk->mapping, &err) ||
        !mapping_bind(desk->mapping, names, COLUMNS, &desk->arena, "f.csv", &err) ||
        !converter_new(desk->mapping->encoding, &desk->converter, &err) ||
        !row_reader_new(desk->mapping, desk->converter, &lists, "2026-07-01 08:00:00+08:00", 480,
                        &desk->reader, &err))
        fail_msg("%s", err.message);
}

static void desk_close(struct desk *desk)
{
    row_reader_free(desk->reader);
    converter_free(desk->converter);
    arena_reset(&desk->arena);
}

static void put(struct desk *desk, int column, const char *value)
{
    desk->fields[column] = text_of(value);
}

static void open_inspection(struct desk *desk)
{
    desk_open(desk, inspection);
    put(desk, CODE, credit_code);
    put(desk, DAY_COLUMN, "2026-03-05");
    put(desk, RESULT, "passed");
    put(desk, KEY, "A-1");
    put(desk, YEAR, "2");
    put(desk, PHONE, "13800000000");
}

static bool read_row(struct desk *desk)
{
    desk->record = (struct csv_record){
        .fields = desk->fields, .count = COLUMNS, .raw = TEXT_LITERAL("raw line"), .line = 7};
    return row_read(desk->reader, &desk->record, &desk->row, &desk->reject);
}

static void accept(struct desk *desk)
{
    if (!read_row(desk))
        fail_msg("%s: %s", desk->reject.field, desk->reject.message);
}

static void refuse(struct desk *desk, enum reject_reason reason, const char *field)
{
    assert_false(read_row(desk));
    assert_int_equal(desk->reject.reason, reason);
    assert_string_equal(desk->reject.field, field);
}

static void expect_text(struct text found, const char *expected)
{
    if (!text_is(found, expected))
        fail_msg("expected \"%s\", found \"%.*s\"", expected, (int)found.size, found.data);
}

static void expect_raw(struct desk *desk, const char *expected)
{
    struct bytes raw = {0};
    row_raw(desk->reader, &desk->record, &raw);
    assert_true(bytes_ok(&raw));
    expect_text((struct text){raw.data, raw.size}, expected);
    bytes_free(&raw);
}

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

static void test_form_and_columns(void **state)
{
    (void)state;
    struct desk desk;
    open_inspection(&desk);
    accept(&desk);
    desk.record.count = COLUMNS - 1;
    assert_false(row_read(desk.reader, &desk.record, &desk.row, &desk.reject));
    assert_int_equal(desk.reject.reason, REJECT_COLUMNS);
    assert_string_equal(desk.reject.message, "expected 10 columns, found \"9 columns\"");
    /* The mapping drops a column, so a row that has no columns is withheld. */
    expect_raw(&desk,
               "(withheld: the row cannot be told apart into columns and the mapping drops some)");
    desk.record.problem = "a quote that does not close";
    assert_false(row_read(desk.reader, &desk.record, &desk.row, &desk.reject));
    assert_int_equal(desk.reject.reason, REJECT_FORM);
    expect_raw(&desk,
               "(withheld: the row cannot be told apart into columns and the mapping drops some)");
    desk_close(&desk);
}

static void test_raw_has_dropped_columns_blank(void **state)
{
    (void)state;
    struct desk desk;
    open_inspection(&desk);
    put(&desk, DAY_COLUMN, "2026-02-30");
    put(&desk, CODE, "");
    put(&desk, REGNO, "x");
    put(&desk, NOTE, " a,\"b\"\n");
    put(&desk, PHONE, "138\xFF");
    refuse(&desk, REJECT_DATE, "occurred_on");
    expect_raw(&desk, ",x,,,2026-02-30,passed,A-1,2,,\" a,\"\"b\"\"\n\"");
    desk_close(&desk);
}

static void test_bytes_that_are_no_text(void **state)
{
    (void)state;
    struct desk desk;
    open_inspection(&desk);
    put(&desk, CODE, "");
    put(&desk, REGNO, "x");
    put(&desk, NOTE, "\xD6\xD0,\"1\"\\");
    refuse(&desk, REJECT_ENCODING, "column 10");
    expect_raw(&desk, ",x,,,2026-03-05,passed,A-1,2,,\"\\xd6\\xd0,\"\"1\"\"\\\"");
    desk.fields[NOTE] = TEXT_LITERAL("a\0b");
    refuse(&desk, REJECT_ENCODING, "column 10");
    expect_raw(&desk, ",x,,,2026-03-05,passed,A-1,2,,a\\x00b");
    desk_close(&desk);
}

static void test_raw_without_drop_is_the_line(void **state)
{
    (void)state;
    static const char document[] =
        HEAD("recusal") "\"subject\": [{\"scheme\": \"regno\", \"column\": \"regno\"}],"
                        " \"fields\": {\"inspector_id\": {\"column\": \"key\"},"
                        " \"reason\": {\"column\": \"note\"}}}";
    struct desk desk;
    desk_open(&desk, document);
    assert_false(read_row(&desk));
    desk.record.problem = "a quote that does not close";
    expect_raw(&desk, "raw line");
    desk.record.raw = TEXT_LITERAL("a,\"\xFF\n");
    expect_raw(&desk, "a,\"\\xff\\x0a");
    desk_close(&desk);
}

static void test_gb18030_rows(void **state)
{
    (void)state;
    char document[sizeof inspection + 8];
    struct desk desk;
    const char *at = strstr(inspection, "utf-8");
    assert_non_null(at);
    snprintf(document, sizeof document, "%.*sgb18030%s", (int)(at - inspection), inspection,
             at + 5);
    desk_open(&desk, document);
    put(&desk, ADDRESS, "\xD3\xE5\xD6\xD0\xA3\xB1");
    put(&desk, DAY_COLUMN, "2026-03-05\xA1\xA1");
    put(&desk, RESULT, "passed");
    put(&desk, KEY, "\xBC\xEC");
    put(&desk, NOTE, "\xBA\xCF,\xB8\xF1");
    accept(&desk);
    expect_text(desk.row.code, "checks:渝中1");
    expect_text(desk.row.key, "检\x1F");
    expect_text(desk.row.fields[10], "合,格");
    put(&desk, RESULT, "\xBA\xCF\xB8\xF1");
    refuse(&desk, REJECT_CODE, "outcome");
    expect_raw(&desk, ",,,渝中１,2026-03-05　,合格,检,,,\"合,格\"");
    desk_close(&desk);
}

static void test_the_staged_row(void **state)
{
    (void)state;
    struct desk desk;
    struct bytes out = {0};
    char hex[2 * ROW_CONTENT_SIZE + 1];
    char expected[512];
    open_inspection(&desk);
    put(&desk, NOTE, "a\tb");
    accept(&desk);
    row_write(desk.reader, &desk.row, 3, 12, &out);
    text_hex(desk.row.content, ROW_CONTENT_SIZE, hex);
    snprintf(
        expected, sizeof expected,
        "3\tuscc\t%s\tCN-50\t%lld\t6352405443573334913\tA-1/2\t2026-03-05\t\\N\t\\N\t\\N\t\\N\t"
        "passed\t\\N\t\\N\t\\N\t\\N\ta\\tb\t\\N\t\\N\t12\t7\t2026-07-01 08:00:00+08:00\t%s\n",
        credit_code, (long long)desk.row.entity_id, hex);
    expect_text((struct text){out.data, out.size}, expected);
    bytes_free(&out);
    desk_close(&desk);
}

static int set_up(void **state)
{
    (void)state;
    models_init();
    return !uscc_compose("91500000DEM000000", credit_code);
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
        cmocka_unit_test(test_form_and_columns),
        cmocka_unit_test(test_raw_has_dropped_columns_blank),
        cmocka_unit_test(test_bytes_that_are_no_text),
        cmocka_unit_test(test_raw_without_drop_is_the_line),
        cmocka_unit_test(test_gb18030_rows),
        cmocka_unit_test(test_the_staged_row),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
