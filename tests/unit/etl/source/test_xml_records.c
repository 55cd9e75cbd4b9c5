/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/models.h"
#include "tests/unit/etl/source/source_case.h"

enum { COLUMNS_MOST = 8 };

/* columns are separated by blanks. */
static const char *read_xml(const char *document, const char *path, const char *columns)
{
    struct text names[COLUMNS_MOST];
    size_t count = 0;
    while (*columns) {
        size_t size = strcspn(columns, " ");
        names[count++] = (struct text){columns, size};
        columns += size + (columns[size] == ' ');
    }
    struct source_form form = {
        .format = SOURCE_XML, .record_path = path, .columns = names, .column_count = count};
    return source_case(document, strlen(document), &form);
}

/* A task of joint supervision: the number once, then its objects. */
static void test_objects_of_a_task(void **state)
{
    (void)state;
    static const char document[] =
        "<tasks><taskInfo><taskNo>T1</taskNo><remark>r</remark><superviseObjects>"
        "<superviseObject><name> A </name><code>1</code></superviseObject>\n"
        "<superviseObject><name>B</name></superviseObject></superviseObjects></taskInfo>"
        "<taskInfo><taskNo>T2</taskNo><superviseObjects><superviseObject><code>3</code>"
        "</superviseObject></superviseObjects></taskInfo></tasks>";
    assert_string_equal(
        read_xml(document, "tasks/taskInfo/superviseObjects/superviseObject",
                 "name code /tasks/taskInfo/taskNo /tasks/taskInfo/remark"),
        "name,code,/tasks/taskInfo/taskNo,/tasks/taskInfo/remark|1: A,1,T1,r|2: B,,T1,r|3: ,3,T2,");
}

static void test_attributes_and_inner_paths(void **state)
{
    (void)state;
    static const char document[] =
        "<l n='5'><r a='1'><x z='2'><y>deep</y></x><y>not this</y></r><r><x><y/></x></r></l>";
    assert_string_equal(read_xml(document, "l/r", "@a x/@z x/y /l/@n"),
                        "@a,x/@z,x/y,/l/@n|1: 1,2,deep,5|2: ,,,5");
}

static void test_repeated_elements(void **state)
{
    (void)state;
    assert_string_equal(
        read_xml("<l><r><t>a</t><t> b </t><t/></r><r><t>a|b</t></r></l>", "l/r", "t"),
        "t|1: a|b||2: a|b");
    assert_string_equal(read_xml("<l><r><t>a|b</t><t>c</t></r></l>", "l/r", "t"),
                        "t|1! a '|' in the repeated element t (byte 4)");
}

static void test_text_of_the_element_itself(void **state)
{
    (void)state;
    assert_string_equal(read_xml("<l><r><t>a<i>x</i>b<![CDATA[<c>]]></t></r></l>", "l/r", "t t/i"),
                        "t,t/i|1: ab<c>,x");
}

static void test_same_name_elsewhere(void **state)
{
    (void)state;
    assert_string_equal(
        read_xml("<l><q><r><t>no</t></r></q><r><q><t>no</t></q><t>yes</t></r></l>", "l/r", "t"),
        "t|1: yes");
}

static void test_an_outer_value_has_a_cap(void **state)
{
    (void)state;
    char *document = malloc(80000);
    assert_non_null(document);
    int size = snprintf(document, 80000, "<l><t>%070000d</t><r/></l>", 1);
    assert_int_equal(size, 70018);
    assert_string_equal(read_xml(document, "l/r", "/l/t"),
                        "! line 1: a value outside the records has at most 65536 bytes");
    free(document);
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
        cmocka_unit_test(test_objects_of_a_task),
        cmocka_unit_test(test_attributes_and_inner_paths),
        cmocka_unit_test(test_repeated_elements),
        cmocka_unit_test(test_text_of_the_element_itself),
        cmocka_unit_test(test_same_name_elsewhere),
        cmocka_unit_test(test_an_outer_value_has_a_cap),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
