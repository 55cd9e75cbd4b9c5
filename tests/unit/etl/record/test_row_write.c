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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_form_and_columns),
        cmocka_unit_test(test_raw_has_dropped_columns_blank),
        cmocka_unit_test(test_bytes_that_are_no_text),
        cmocka_unit_test(test_raw_without_drop_is_the_line),
        cmocka_unit_test(test_gb18030_rows),
        cmocka_unit_test(test_the_staged_row),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
