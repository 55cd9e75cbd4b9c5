/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/models.h"
#include "tests/unit/etl/source/source_case.h"

static const char *read_json(const char *document, const char *path, bool lines)
{
    static const char *const names[] = {"a", "b.c", "d"};
    struct text columns[] = {text_of(names[0]), text_of(names[1]), text_of(names[2])};
    struct source_form form = {.format = lines ? SOURCE_JSONL : SOURCE_JSON,
                               .record_path = path,
                               .columns = columns,
                               .column_count = 3};
    return source_case(document, strlen(document), &form);
}

static void test_members_and_paths(void **state)
{
    (void)state;
    assert_string_equal(
        read_json("[{\"a\": \"x\", \"b\": {\"c\": \"y\"}, \"d\": null, \"e\": 1}]", NULL, false),
        "a,b.c,d|1: x,y,");
    /* A name with a dot in it comes first. */
    assert_string_equal(read_json("[{\"b.c\": \"own\", \"b\": {\"c\": \"inner\"}}]", NULL, false),
                        "a,b.c,d|1: ,own,");
    assert_string_equal(read_json("[{\"b\": \"text\"}, {\"b\": []}]", NULL, false),
                        "a,b.c,d|1: ,,|2: ,,");
}

static void test_numbers_keep_their_spelling(void **state)
{
    (void)state;
    assert_string_equal(
        read_json(
            "[{\"a\": 1.50, \"d\": 123456789012345678901234567890}, {\"a\": -0.0, \"d\": 1e3},"
            "{\"a\": 12E-1, \"d\": 1e400}, {\"a\": \"1e3\", \"d\": \"07\"}]",
            NULL, false),
        "a,b.c,d|1: 1.50,,123456789012345678901234567890|2: -0.0,,1000|3: 1.2,,1E+400|4: 1e3,,07");
}

static void test_plain_values_and_lists(void **state)
{
    (void)state;
    assert_string_equal(read_json("[{\"a\": true, \"d\": false}, {\"a\": [1, \"x\", true, null],"
                                  "\"d\": []}]",
                                  NULL, false),
                        "a,b.c,d|1: true,,false|2: 1|x|true|,,");
    assert_string_equal(read_json("[{\"a\": {}}, {\"a\": [\"x|y\"]}, {\"a\": [[]]}]", NULL, false),
                        "a,b.c,d|1! an object as the value of member a (byte 2)"
                        "|2! a list that is not of plain values, member a (byte 13)"
                        "|3! a list that is not of plain values, member a (byte 29)");
}

static void test_the_array_of_a_path(void **state)
{
    (void)state;
    assert_string_equal(
        read_json("{\"x\": [[{}]], \"y\": {\"z\": [{\"a\": 1}, {\"a\": 2}], \"w\": 1},"
                  "\"v\": \"}\"}",
                  "y.z", false),
        "a,b.c,d|1: 1,,|2: 2,,");
    assert_string_equal(read_json("{\"y\": {\"q\": []}}", "y.z", false),
                        "! JSON byte 15, element 1: expected a member of the record path, found "
                        "'}'");
}

static void test_errors_name_element_and_byte(void **state)
{
    (void)state;
    assert_string_equal(read_json("[{\"a\": 1}, {\"a\": ]", NULL, false),
                        "! JSON byte 18, element 2: expected the bracket that closes the one "
                        "before, found ']'");
    assert_string_equal(read_json("[{\"a\": 1}, {\"a\": 1, \"a\": 2}]", NULL, false),
                        "a,b.c,d|1: 1,,|2! not valid JSON at line 1, column 12: duplicate object "
                        "key near '\"a\"' (byte 12)");
}

static void test_lines(void **state)
{
    (void)state;
    assert_string_equal(
        read_json("{\"a\": 1}\r\n\n{\"a\":\n{\"a\": 3}", NULL, true),
        "a,b.c,d|1: 1,,|3! not valid JSON at line 1, column 5: unexpected token near "
        "end of file (byte 12)|4: 3,,");
}

/* Every beginning of a document: never a crash, and never more records than are there. */
static void test_every_beginning(void **state)
{
    (void)state;
    static const char document[] = "{\"x\": [1, \"]\"], \"y\": [{\"a\": [1, 2], \"b\": {\"c\": "
                                   "\"\\\"\"}}, {\"a\": -1.5e3}], \"z\": 0}";
    for (size_t size = 0; size < sizeof document - 1; size++) {
        char part[sizeof document];
        memcpy(part, document, size);
        part[size] = '\0';
        const char *found = read_json(part, "y", false);
        if (found[0] != '!')
            fail_msg("%s: expected an error, found %s", part, found);
    }
    assert_string_equal(read_json(document, "y", false), "a,b.c,d|1: 1|2,\",|2: -1500,,");
}

static int set_up(void **state)
{
    (void)state;
    models_init();
    scratch_init();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members_and_paths),
        cmocka_unit_test(test_numbers_keep_their_spelling),
        cmocka_unit_test(test_plain_values_and_lists),
        cmocka_unit_test(test_the_array_of_a_path),
        cmocka_unit_test(test_errors_name_element_and_byte),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_every_beginning),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
