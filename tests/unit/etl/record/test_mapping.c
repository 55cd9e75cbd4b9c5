/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "etl/record/mapping.h"
#include "models/catalog/catalog.h"
#include "models/models.h"

#define FOLDER SOURCE_DIR "/tests/unit/etl/record/mappings"

enum { ARENA_CAP = 4 * 1024 * 1024, DOCUMENT_CAP = 2 * MAPPING_BYTES_CAP };

static char document[DOCUMENT_CAP];
static struct arena arena;

static int set_up(void **state)
{
    (void)state;
    models_init();
    arena_init(&arena, ARENA_CAP);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static bool read_example(const char *name, struct mapping **mapping, struct error *err)
{
    char path[1024];
    snprintf(path, sizeof path, FOLDER "/%s.json", name);
    FILE *file = fopen(path, "rb");
    if (!file)
        fail_msg("cannot open %s", path);
    size_t size = fread(document, 1, sizeof document - 1, file);
    document[size] = '\0';
    fclose(file);
    return mapping_read(document, size, name, &arena, mapping, err);
}

/* The file invalid_<name>.json and the beginning of the error: the place, then what is wrong. */
static const struct {
    const char *name;
    const char *message;
} invalid[] = {
    {"clean", "fields.matter_id.clean[1]: expected \"upper\" or the like,"},
    {"clean_number", "fields.matter_id.clean[0]: expected \"upper\" or the like,"},
    {"dates", "fields.occurred_on.dates[1]: expected \"YYYY-MM-DD\" or the"},
    {"dates_many", "fields.occurred_on.dates: expected 1 to 6 items, found 7"},
    {"dates_text", "fields.occurred_on.dates: expected an array, found a string"},
    {"delimiter", "delimiter: expected one character of \",;\t|\", found \":\""},
    {"delimiter_two", "delimiter: expected one character of \",;\t|\", found \",,\""},
    {"drop_empty", "drop: expected a list of 1 to 64 column names"},
    {"drop_number", "drop: expected column names only"},
    {"drop_text", "drop: expected a list of 1 to 64 column names"},
    {"encoding", "encoding: expected utf-8, gb18030 or utf-16, found \"gbk\""},
    {"field_both", "fields.outcome: expected either \"column\" or \"constant\""},
    {"field_column_number", "fields.outcome.column: expected a string, found an integer"},
    {"field_member", "fields.outcome: unknown member \"default\""},
    {"field_neither", "fields.outcome: expected either \"column\" or \"constant\""},
    {"field_text", "fields.outcome: expected an object"},
    {"key_empty", "key: expected a list of 1 to 16 column names"},
    {"key_many", "key: expected a list of 1 to 16 column names"},
    {"key_number", "key: expected column names only"},
    {"key_text", "key: expected a list of columns or \"hash_of_all_columns\","},
    {"kind", "kind: there is no record kind \"visit\""},
    {"known_at_member", "known_at: unknown member \"unit\""},
    {"known_at_no_column", "known_at: expected either \"column\" or \"constant\""},
    {"known_at_not_backfill", "known_at: a day of knowledge from the file is only for a"},
    {"known_at_plain", "known_at.backfill: expected true or false, found nothing"},
    {"no_encoding", "encoding: expected a string, found nothing"},
    {"no_fields", "fields: expected an object, found nothing"},
    {"no_jurisdiction", "jurisdiction: expected a string, found nothing"},
    {"no_kind", "kind: expected a string, found nothing"},
    {"no_mapping", "mapping: expected a string, found nothing"},
    {"no_source", "source: expected a string, found nothing"},
    {"no_title", "title: expected an object, found nothing"},
    {"not_an_object", "expected an object"},
    {"place_empty", "subject[0].columns: expected a list of 1 to 16 column names"},
    {"prefix_number", "fields.matter_id.prefix: expected a string, found an integer"},
    {"reader_only_bar_in_gb18030", "delimiter: expected one character of \",;\t\", found \"|\""},
    {"reader_only_clean_empty", "fields.matter_id.clean: expected 1 to 6 items, found 0"},
    {"reader_only_constant_code", "fields.outcome: expected a value that the mapping turns into"},
    {"reader_only_constant_date", "fields.occurred_on: expected a date that exists, in a form the"},
    {"reader_only_constant_missing", "fields.outcome: expected a value, found \"\""},
    {"reader_only_constant_number",
     "fields.violation_count: expected a whole number, not negative,"},
    {"reader_only_dates_empty", "fields.occurred_on.dates: expected 1 to 6 items, found 0"},
    {"reader_only_dates_of_text", "fields.notice_no: dates: only fields that hold days have it"},
    {"reader_only_jurisdiction", "jurisdiction: expected a code such as CN-50, found \"cn-50\""},
    {"reader_only_jurisdiction_empty", "jurisdiction: expected a code such as CN-50, found \"\""},
    {"reader_only_key_of_kind", "key: kind recusal has its own key; leave this member out"},
    {"reader_only_known_at_date", "known_at: expected a date that exists, in a form the mapping"},
    {"reader_only_no_key", "key: kind inspection needs a key: a list of columns or"},
    {"reader_only_no_subject", "subject: expected an array, found nothing"},
    {"reader_only_place_clean", "subject[0]: unknown member \"clean\""},
    {"reader_only_place_column", "subject[0]: unknown member \"column\""},
    {"reader_only_required_field", "fields: field \"outcome\" of kind inspection is required"},
    {"reader_only_separator_of_code",
     "fields.outcome: separator: only fields that hold sets have it"},
    {"reader_only_subject_of_kind", "subject: records of kind department have no subject"},
    {"reader_only_unit_of_number",
     "fields.violation_count: unit: only fields that hold money have"},
    {"reader_only_unknown_field", "fields.result: kind inspection has no such field"},
    {"reader_only_value_boolean",
     "fields.on_leave.values: expected a value that the mapping turns"},
    {"reader_only_value_code", "fields.outcome.values: expected a value that the mapping turns"},
    {"reader_only_value_date", "fields.published_on.values: expected a date that exists, in a"},
    {"reader_only_value_twice", "fields.outcome.values: \"合格\" stands there twice"},
    {"reader_only_value_twice_folded", "fields.outcome.values: \"A\" stands there twice"},
    {"separator", "fields.inspector_ids: separator: expected one character of"},
    {"source_empty", "source: expected 1 to 60 characters a-z, 0-9, _; found \"\""},
    {"source_letters", "source: expected 1 to 60 characters a-z, 0-9, _; found"},
    {"source_long", "source: expected 1 to 60 characters a-z, 0-9, _; found"},
    {"subject_clean", "subject[1].clean[0]: expected \"upper\" or the like, found"},
    {"subject_columns", "subject[0]: unknown member \"columns\""},
    {"subject_empty", "subject: expected 1 to 4 ways to name the subject"},
    {"subject_many", "subject: expected 1 to 4 ways to name the subject"},
    {"subject_member", "subject[0]: unknown member \"values\""},
    {"subject_no_column", "subject[0].column: expected a string, found nothing"},
    {"subject_no_scheme", "subject[0].scheme: expected a string, found nothing"},
    {"subject_object", "subject: expected an array, found an object"},
    {"subject_scheme", "subject[0]: scheme: expected 1 to 60 characters a-z, 0-9, _;"},
    {"subject_text", "subject[0]: expected an object"},
    {"title_member", "title: unknown member \"fr\""},
    {"title_number", "title.zh: expected a string, found an integer"},
    {"title_text", "title: expected an object, found a string"},
    {"unit", "fields.amount_fen.unit: expected \"fen\" or the like, found"},
    {"unknown_member", "unknown member \"owner\""},
    {"values_list", "fields.outcome.values: expected an object, found an array"},
    {"values_number", "fields.outcome.values: \"1\": expected a text or null"},
    {"format", "format: expected csv, xlsx, json, jsonl or xml, found \"xls\""},
    {"format_number", "format: expected a string, found an integer"},
    {"xlsx_encoding", "encoding: a file of format \"xlsx\" has none"},
    {"xlsx_member", "member: a file of format \"xlsx\" has none"},
    {"xlsx_delimiter", "delimiter: a file of format \"xlsx\" has none"},
    {"xlsx_record_path", "record_path: a file of format \"xlsx\" has none"},
    {"sheet_of_csv", "sheet: a file of format \"csv\" has none"},
    {"sheet_zero", "sheet: expected"},
    {"sheet_list", "sheet: expected"},
    {"header_row_zero", "header_row: expected"},
    {"header_row_text", "header_row: expected"},
    {"header_row_three", "header_row: expected the first and the last of 2 to 8 rows up to"},
    {"header_row_of_json", "header_row: a file of format \"json\" has none"},
    {"reader_only_header_row_back", "header_row: expected the first and the last of 2 to 8 rows"},
    {"reader_only_header_row_many", "header_row: expected the first and the last of 2 to 8 rows"},
    {"record_path_of_csv", "record_path: a file of format \"csv\" has none"},
    {"record_path_of_jsonl", "record_path: a file of format \"jsonl\" has none"},
    {"record_path_number", "record_path: expected a string, found an integer"},
    {"xml_no_record_path", "record_path: a file of format \"xml\" needs it"},
    {"json_delimiter", "delimiter: a file of format \"json\" has none"},
    {"json_no_encoding", "encoding: expected a string, found nothing"},
    {"member_number", "member: expected a string, found an integer"},
    {"version", "mapping: expected \"heng-mapping-1\", found \"heng-mapping-2\""},
};

enum { INVALID_COUNT = sizeof invalid / sizeof invalid[0] };

static void test_every_invalid_document_names_its_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < INVALID_COUNT; i++) {
        char name[128];
        struct mapping *mapping = NULL;
        struct error err;
        snprintf(name, sizeof name, "invalid_%s", invalid[i].name);
        if (read_example(name, &mapping, &err))
            fail_msg("%s should be refused", name);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_string_equal(err.subject, name);
        if (strncmp(err.message, invalid[i].message, strlen(invalid[i].message)) != 0)
            fail_msg("%s: expected \"%s\", found \"%s\"", name, invalid[i].message, err.message);
    }
}

static void test_no_document_is_left_out(void **state)
{
    (void)state;
    int valid_count = 0;
    int invalid_count = 0;
    DIR *folder = opendir(FOLDER);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct mapping *mapping = NULL;
        struct error err;
        if (strncmp(entry->d_name, "valid_", 6) == 0) {
            char name[128];
            snprintf(name, sizeof name, "%.*s", (int)strcspn(entry->d_name, "."), entry->d_name);
            if (!read_example(name, &mapping, &err))
                fail_msg("%s: %s", name, err.message);
            valid_count++;
        }
        invalid_count += strncmp(entry->d_name, "invalid_", 8) == 0;
    }
    closedir(folder);
    assert_int_equal(valid_count, 10);
    assert_int_equal(invalid_count, INVALID_COUNT);
}

static void test_every_shipped_mapping_is_read(void **state)
{
    (void)state;
    int count = 0;
    for (const struct catalog_document *shipped = catalog_all(); shipped->name; shipped++) {
        struct mapping *mapping = NULL;
        struct error err;
        if (strncmp(shipped->name, "mapping/", 8) != 0)
            continue;
        if (!mapping_read(shipped->data, shipped->size, shipped->name, &arena, &mapping, &err))
            fail_msg("%s: %s", shipped->name, err.message);
        count++;
    }
    assert_true(count >= 15);
}

static void test_a_full_document(void **state)
{
    (void)state;
    struct mapping *mapping = NULL;
    struct error err;
    assert_true(read_example("valid_full", &mapping, &err));
    assert_string_equal(mapping->source, "checks");
    assert_string_equal(mapping->kind->name, "inspection");
    assert_string_equal(mapping->title_zh, "检查记录");
    assert_string_equal(mapping->title_en, "Inspections");
    assert_string_equal(mapping->jurisdiction, "CN-50");
    assert_int_equal(mapping->form.encoding, ENCODING_GB18030);
    assert_int_equal(mapping->form.delimiter, ';');
    assert_true(mapping->key_is_hash);
    assert_int_equal(mapping->key_count, 0);

    assert_int_equal(mapping->subject_count, 3);
    assert_string_equal(mapping->subjects[0].scheme, "uscc");
    assert_false(mapping->subjects[0].place);
    assert_int_equal(mapping->subjects[1].columns[0].clean_count, 2);
    assert_int_equal(mapping->subjects[1].columns[0].clean[1], CLEAN_DIGITS_ONLY);
    assert_string_equal(mapping->subjects[1].columns[0].prefix, "50");
    assert_true(mapping->subjects[2].place);
    assert_int_equal(mapping->subjects[2].column_count, 2);
    assert_string_equal(mapping->subjects[2].columns[1].column, "地址");

    assert_true(mapping->known_at.used);
    assert_int_equal(mapping->known_at.dates[0], DATE_COMPACT);
    assert_int_equal(mapping->drop_count, 2);
    assert_string_equal(mapping->drop[1], "联系电话");

    const struct mapped_value *outcome =
        &mapping->fields[kind_field(mapping->kind, TEXT_LITERAL("outcome"))];
    assert_int_equal(outcome->value_count, 3);
    for (size_t i = 0; i < 3; i++) {
        if (text_is(outcome->values[i].from, "-"))
            assert_null(outcome->values[i].to.data);
    }
    const struct mapped_value *published =
        &mapping->fields[kind_field(mapping->kind, TEXT_LITERAL("published_on"))];
    assert_int_equal(published->date_count, 5);
    assert_int_equal(published->dates[3], DATE_CHINESE);
    const struct mapped_value *unused =
        &mapping->fields[kind_field(mapping->kind, TEXT_LITERAL("notice_no"))];
    assert_false(unused->used);
}

static void test_forms_of_files(void **state)
{
    (void)state;
    struct mapping *mapping = NULL;
    struct error err;
    assert_true(read_example("valid_xlsx", &mapping, &err));
    assert_int_equal(mapping->form.format, SOURCE_XLSX);
    assert_string_equal(mapping->form.sheet, "明细");
    assert_int_equal(mapping->form.header_first, 2);
    assert_int_equal(mapping->form.header_last, 3);
    assert_true(read_example("valid_xlsx_position", &mapping, &err));
    assert_null(mapping->form.sheet);
    assert_int_equal(mapping->form.sheet_position, 2);
    assert_true(read_example("valid_json", &mapping, &err));
    assert_int_equal(mapping->form.format, SOURCE_JSON);
    assert_int_equal(mapping->form.encoding, ENCODING_GB18030);
    assert_string_equal(mapping->form.record_path, "data.rows");
    assert_true(read_example("valid_jsonl", &mapping, &err));
    assert_int_equal(mapping->form.format, SOURCE_JSONL);
    assert_string_equal(mapping->form.member, "行.jsonl");
    assert_true(read_example("valid_xml", &mapping, &err));
    assert_int_equal(mapping->form.format, SOURCE_XML);
    assert_int_equal(mapping->form.encoding, ENCODING_UTF16);
    assert_true(read_example("valid_csv_member", &mapping, &err));
    assert_int_equal(mapping->form.header_first, 3);
    assert_int_equal(mapping->form.header_last, 3);
}

/* Each once, however often the document names it. */
static void test_columns_of_a_document(void **state)
{
    (void)state;
    struct mapping *mapping = NULL;
    struct error err;
    static const char *const wanted[] = {"统一社会信用代码", "注册号",   "区",       "地址",
                                         "检查日期",         "检查结果", "事项",     "人员",
                                         "问题数",           "公示日期", "录入日期", "当事人",
                                         "联系电话"};
    size_t count = sizeof wanted / sizeof wanted[0];
    assert_true(read_example("valid_full", &mapping, &err));
    assert_int_equal(mapping->form.column_count, count);
    for (size_t i = 0; i < count; i++) {
        bool found = false;
        for (size_t j = 0; j < count; j++)
            found = found || text_is(mapping->form.columns[j], wanted[i]);
        assert_true(found);
    }
}

static void test_defaults(void **state)
{
    (void)state;
    struct mapping *mapping = NULL;
    struct error err;
    assert_true(read_example("valid_minimal", &mapping, &err));
    assert_int_equal(mapping->form.format, SOURCE_CSV);
    assert_int_equal(mapping->form.delimiter, ',');
    assert_int_equal(mapping->form.header_first, 1);
    assert_int_equal(mapping->form.sheet_position, 1);
    assert_null(mapping->form.member);
    assert_false(mapping->key_is_hash);
    assert_int_equal(mapping->key_count, 1);
    assert_false(mapping->known_at.used);
    assert_int_equal(mapping->drop_count, 0);
    assert_true(read_example("valid_entity", &mapping, &err));
    int capital = kind_field(mapping->kind, TEXT_LITERAL("capital_fen"));
    assert_int_equal(mapping->fields[capital].unit_decimals, 6);
    int registered = kind_field(mapping->kind, TEXT_LITERAL("registered_on"));
    assert_int_equal(mapping->fields[registered].date_count, 1);
    assert_int_equal(mapping->fields[registered].dates[0], DATE_ISO);
}

/* A different byte is a different mapping: the same file through it is not the same load. */
static void test_identity_is_that_of_the_bytes(void **state)
{
    (void)state;
    struct mapping *mapping = NULL;
    struct mapping *again = NULL;
    struct error err;
    unsigned char hash[DIGEST_SIZE];
    assert_true(read_example("valid_minimal", &mapping, &err));
    size_t size = strlen(document);
    digest_of(DIGEST_SHA256, document, size, hash);
    assert_memory_equal(mapping->sha256, hash, DIGEST_SIZE);
    document[size] = '\n';
    assert_true(mapping_read(document, size + 1, "longer", &arena, &again, &err));
    document[size] = '\0';
    assert_memory_not_equal(again->sha256, hash, DIGEST_SIZE);
}

static void test_size_cap(void **state)
{
    (void)state;
    struct mapping *mapping = NULL;
    struct error err;
    memset(document, ' ', MAPPING_BYTES_CAP + 1);
    assert_false(mapping_read(document, MAPPING_BYTES_CAP + 1, "large", &arena, &mapping, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_string_equal(err.message, "a mapping has at most 262144 bytes, found 262145");
}

static void test_too_many_values(void **state)
{
    (void)state;
    struct mapping *mapping = NULL;
    struct error err;
    assert_true(read_example("valid_minimal", &mapping, &err));
    char *at = strstr(document, "\"合格\"");
    assert_non_null(at);
    char *rest = strdup(at);
    assert_non_null(rest);
    for (int i = 0; i <= MAPPING_VALUES_CAP; i++)
        at += snprintf(at, 32, "\"%d\": \"passed\", ", i);
    memcpy(at, rest, strlen(rest) + 1);
    free(rest);
    assert_false(mapping_read(document, strlen(document), "many", &arena, &mapping, &err));
    assert_string_equal(err.message,
                        "fields.outcome.values: expected at most 4096 values, found 4100");
}

static void test_names(void **state)
{
    (void)state;
    static const char *const good[] = {
        "a", "uscc", "a_1", "0", "012345678901234567890123456789012345678901234567890123456789"};
    static const char *const bad[] = {
        "",    "A",  "a-b",
        "a b", "区", "0123456789012345678901234567890123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        assert_true(mapping_name_valid(text_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        assert_false(mapping_name_valid(text_of(bad[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_invalid_document_names_its_place),
        cmocka_unit_test(test_no_document_is_left_out),
        cmocka_unit_test(test_every_shipped_mapping_is_read),
        cmocka_unit_test(test_a_full_document),
        cmocka_unit_test(test_forms_of_files),
        cmocka_unit_test(test_columns_of_a_document),
        cmocka_unit_test(test_defaults),
        cmocka_unit_test(test_identity_is_that_of_the_bytes),
        cmocka_unit_test(test_size_cap),
        cmocka_unit_test(test_too_many_values),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
