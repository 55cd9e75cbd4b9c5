/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a CSV file: quoting, and what must not become a formula. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/csv_write.h"

static void expect(struct csv_write *csv, const char *expected)
{
    struct error err;
    assert_true(csv_write_good(csv, &err));
    assert_int_equal(csv->size, strlen(expected));
    assert_memory_equal(csv->bytes, expected, csv->size);
    csv_write_clear(csv);
}

static void quotes_what_needs_it(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        const char *cell;
    } cases[] = {
        {"", "\r\n"},
        {"渝中区", "渝中区\r\n"},
        {"a,b", "\"a,b\"\r\n"},
        {"a\"b", "\"a\"\"b\"\r\n"},
        {"\"", "\"\"\"\"\r\n"},
        {"\"\"", "\"\"\"\"\"\"\r\n"},
        {"a\nb", "\"a\nb\"\r\n"},
        {"a\rb", "\"a\rb\"\r\n"},
        {"a;b\tc", "a;b\tc\r\n"},
        {" a ", " a \r\n"},
    };
    struct csv_write csv = {.bytes = NULL};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        csv_write_text(&csv, text_of(cases[i].value));
        csv_write_end_row(&csv);
        expect(&csv, cases[i].cell);
    }
    csv_write_reset(&csv);
}

static void guards_formulas(void **state)
{
    (void)state;
    static const char *const starts[] = {"=",  "+",  "-",  "@",  "\t",  "＝",
                                         "＋", "－", "＠", " =", "   @"};
    static const char *const harmless[] = {"a=1", "1-2", "'=1", "减－", "a\t", "，=1", "\xEF\xBC"};
    struct csv_write csv = {.bytes = NULL};
    char value[32];
    char cell[40];
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        snprintf(value, sizeof value, "%s1+1", starts[i]);
        snprintf(cell, sizeof cell, "'%s", value);
        csv_write_text(&csv, text_of(value));
        expect(&csv, cell);
    }
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
        csv_write_text(&csv, text_of(harmless[i]));
        expect(&csv, harmless[i]);
    }
    csv_write_text(&csv, text_of("\r=1"));
    csv_write_text(&csv, text_of("\n=1"));
    csv_write_text(&csv, text_of("=\"a\",1"));
    expect(&csv, "\"'\r=1\",\"'\n=1\",\"'=\"\"a\"\",1\"");
    csv_write_reset(&csv);
}

static void leaves_integers_alone(void **state)
{
    (void)state;
    struct csv_write csv = {.bytes = NULL};
    csv_write_integer(&csv, -12);
    csv_write_integer(&csv, INT64_MIN);
    csv_write_text(&csv, text_of("-12"));
    expect(&csv, "-12,-9223372036854775808,'-12");
    csv_write_reset(&csv);
}

static void writes_rows(void **state)
{
    (void)state;
    struct csv_write csv = {.bytes = NULL};
    csv_write_mark(&csv);
    csv_write_text(&csv, text_of("a"));
    csv_write_empty(&csv);
    csv_write_integer(&csv, 0);
    csv_write_end_row(&csv);
    csv_write_end_row(&csv);
    csv_write_empty(&csv);
    csv_write_text(&csv, text_of("b"));
    csv_write_end_row(&csv);
    expect(&csv, "\xEF\xBB\xBF"
                 "a,,0\r\n\r\n,b\r\n");
    csv_write_reset(&csv);
}

static void grows(void **state)
{
    (void)state;
    struct csv_write csv = {.bytes = NULL};
    struct error err;
    size_t expected = 0;
    static char value[3001];
    memset(value, 'x', sizeof value - 1);
    for (int i = 0; i < 100; i++) {
        csv_write_text(&csv, text_of(value));
        csv_write_end_row(&csv);
        expected += sizeof value - 1 + 2;
    }
    assert_true(csv_write_good(&csv, &err));
    assert_int_equal(csv.size, expected);
    csv_write_reset(&csv);
    assert_null(csv.bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_what_needs_it),
        cmocka_unit_test(guards_formulas),
        cmocka_unit_test(leaves_integers_alone),
        cmocka_unit_test(writes_rows),
        cmocka_unit_test(grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
