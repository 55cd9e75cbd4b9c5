/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "etl/record/mapping.h"
#include "models/models.h"

enum { ARENA_CAP = 1024 * 1024, NAMES_CAP = 64 };

static struct arena arena;

static const char document[] =
    "{\"mapping\": \"heng-mapping-1\", \"source\": \"checks\", \"kind\": \"inspection\","
    " \"title\": {\"zh\": \"\", \"en\": \"\"}, \"jurisdiction\": \"CN\", \"encoding\": \"utf-8\","
    " \"key\": [\"编号\", \"年度\"],"
    " \"subject\": [{\"scheme\": \"uscc\", \"column\": \"代码\"},"
    "               {\"scheme\": \"place\", \"columns\": [\"区\", \"地址\"]}],"
    " \"known_at\": {\"column\": \"录入\", \"backfill\": true},"
    " \"drop\": [\"电话\", \"姓名\"],"
    " \"fields\": {\"occurred_on\": {\"column\": \"日期\"}, \"check_kind\": {\"constant\": "
    "\"daily\"},"
    "              \"outcome\": {\"column\": \"结果\"}}}";

static const char *const header[] = {"编号", "年度", "代码", "区",   "地址", "录入",
                                     "电话", "姓名", "日期", "结果", "备注"};

enum { HEADER_COUNT = sizeof header / sizeof header[0] };

static struct mapping *read_document(void)
{
    struct mapping *mapping = NULL;
    struct error err;
    if (!mapping_read(document, sizeof document - 1, "document", &arena, &mapping, &err))
        fail_msg("%s", err.message);
    return mapping;
}

static bool bind(struct mapping *mapping, const char *const *names, size_t count, struct error *err)
{
    struct text texts[NAMES_CAP];
    assert_true(count <= NAMES_CAP);
    for (size_t i = 0; i < count; i++)
        texts[i] = text_of(names[i]);
    return mapping_bind(mapping, texts, count, &arena, "f.csv", err);
}

/* Binds the header with one name replaced. */
static void refuse(const char *name, const char *other, const char *message)
{
    const char *names[HEADER_COUNT];
    struct error err;
    bool replaced = false;
    for (size_t i = 0; i < HEADER_COUNT; i++) {
        bool here = strcmp(header[i], name) == 0;
        names[i] = here ? other : header[i];
        replaced = replaced || here;
    }
    assert_true(replaced);
    assert_false(bind(read_document(), names, HEADER_COUNT, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(err.subject, "f.csv");
    if (!strstr(err.message, message))
        fail_msg("expected \"%s\", found \"%s\"", message, err.message);
}

static void test_columns_are_found_wherever_they_stand(void **state)
{
    (void)state;
    const char *names[HEADER_COUNT];
    struct error err;
    for (size_t shift = 0; shift < HEADER_COUNT; shift++) {
        struct mapping *mapping = read_document();
        for (size_t i = 0; i < HEADER_COUNT; i++)
            names[(i + shift) % HEADER_COUNT] = header[i];
        assert_true(bind(mapping, names, HEADER_COUNT, &err));
        assert_int_equal(mapping->column_count, HEADER_COUNT);
        assert_string_equal(names[mapping->key_indices[0]], "编号");
        assert_string_equal(names[mapping->key_indices[1]], "年度");
        assert_string_equal(names[mapping->subjects[0].columns[0].index], "代码");
        assert_string_equal(names[mapping->subjects[1].columns[0].index], "区");
        assert_string_equal(names[mapping->subjects[1].columns[1].index], "地址");
        assert_string_equal(names[mapping->known_at.index], "录入");
        assert_string_equal(names[mapping->fields[0].index], "日期");
        assert_int_equal(mapping->fields[1].index, -1);
        for (size_t i = 0; i < HEADER_COUNT; i++) {
            bool dropped = strcmp(names[i], "电话") == 0 || strcmp(names[i], "姓名") == 0;
            assert_int_equal(mapping->dropped[i], dropped);
        }
    }
}

static void test_names_are_trimmed(void **state)
{
    (void)state;
    const char *names[HEADER_COUNT];
    struct error err;
    memcpy(names, header, sizeof header);
    names[0] = " 编号　";
    assert_true(bind(read_document(), names, HEADER_COUNT, &err));
}

static void test_a_missing_column_is_named(void **state)
{
    (void)state;
    static const char *const used[] = {"编号", "年度", "代码", "区",   "地址",
                                       "录入", "电话", "姓名", "日期", "结果"};
    for (size_t i = 0; i < sizeof used / sizeof used[0]; i++) {
        char message[128];
        snprintf(message, sizeof message, "line 1: column \"%s\" is named by the mapping", used[i]);
        refuse(used[i], "其他", message);
    }
    refuse("编号", "其他",
           "the file, which has: 其他, 年度, 代码, 区, 地址, 录入, 电话, 姓名, 日期, 结果, 备注");
}

static void test_a_long_header_is_cut_between_names(void **state)
{
    (void)state;
    static const char long_name[] = "统一社会信用代码（没有的填写注册号）";
    const char *names[NAMES_CAP];
    struct error err;
    for (size_t i = 0; i < NAMES_CAP; i++)
        names[i] = long_name;
    assert_false(bind(read_document(), names, NAMES_CAP, &err));
    assert_true(text_valid_utf8(text_of(err.message)));
    assert_string_equal(err.message + strlen(err.message) - strlen("）, …"), "）, …");
}

static void test_a_repeated_column_is_refused(void **state)
{
    (void)state;
    refuse("备注", "日期", "line 1: column \"日期\" is there twice, as number 9 and 11");
    refuse("备注", " 编号", "line 1: column \"编号\" is there twice, as number 1 and 11");
    refuse("备注", "姓名", "line 1: column \"姓名\" is there twice, as number 8 and 11");
    /* What nobody reads may stand there twice. */
    const char *names[HEADER_COUNT + 1];
    struct error err;
    memcpy(names, header, sizeof header);
    names[HEADER_COUNT] = "备注";
    assert_true(bind(read_document(), names, HEADER_COUNT + 1, &err));
}

static void test_a_dropped_column_is_not_used(void **state)
{
    (void)state;
    static const struct {
        const char *column;
        const char *use;
    } cases[] = {{"日期", "occurred_on"},
                 {"年度", "key"},
                 {"代码", "subject"},
                 {"地址", "subject"},
                 {"录入", "known_at"}};
    struct error err;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct mapping *mapping = read_document();
        char message[128];
        mapping->drop[0] = cases[i].column;
        assert_false(bind(mapping, header, HEADER_COUNT, &err));
        snprintf(message, sizeof message, "column \"%s\" is both dropped and used as %s",
                 cases[i].column, cases[i].use);
        assert_string_equal(err.message, message);
    }
}

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_columns_are_found_wherever_they_stand),
        cmocka_unit_test(test_names_are_trimmed),
        cmocka_unit_test(test_a_missing_column_is_named),
        cmocka_unit_test(test_a_long_header_is_cut_between_names),
        cmocka_unit_test(test_a_repeated_column_is_refused),
        cmocka_unit_test(test_a_dropped_column_is_not_used),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
