/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "etl/record/kind.h"
#include "etl/store/sql.h"

static void test_lookups(void **state)
{
    (void)state;
    const struct kind *complaint = kind_find(TEXT_LITERAL("complaint"));
    assert_non_null(complaint);
    assert_string_equal(complaint->name, "complaint");
    assert_null(kind_find(TEXT_LITERAL("complaints")));
    assert_null(kind_find(TEXT_LITERAL("")));
    assert_int_equal(kind_field(complaint, TEXT_LITERAL("received_on")), 0);
    assert_int_equal(kind_field(complaint, TEXT_LITERAL("name")), -1);
}

static void check_fields(const struct kind *kind)
{
    assert_in_range(kind->field_count, 1, KIND_FIELDS_CAP);
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct field *field = &kind->fields[i];
        assert_int_equal(kind_field(kind, text_of(field->name)), (int)i);
        assert_int_equal(field->codes != NULL, field->type == FIELD_CODE);
        for (size_t code = 0; field->codes && field->codes[code]; code++)
            assert_int_equal(strspn(field->codes[code], "abcdefghijklmnopqrstuvwxyz_"),
                             strlen(field->codes[code]));
    }
}

static void check_key(const struct kind *kind)
{
    bool natural = kind->subject_is_key || kind->key_fields[0] >= 0;
    assert_true(natural || kind->key_in_source);
    for (size_t i = 0; kind->key_fields[i] >= 0; i++) {
        assert_in_range(kind->key_fields[i], 0, kind->field_count - 1);
        assert_true(kind->fields[kind->key_fields[i]].required);
    }
}

/* sql_text() stops the program when a statement does not exist. */
static void test_every_kind_is_whole(void **state)
{
    (void)state;
    size_t count;
    const struct kind *kinds = kind_all(&count);
    assert_int_equal(count, 11);
    for (size_t i = 0; i < count; i++) {
        const struct kind *kind = &kinds[i];
        assert_ptr_equal(kind_find(text_of(kind->name)), kind);
        check_fields(kind);
        check_key(kind);
        assert_non_null(sql_text(kind->stage_statement));
        assert_non_null(sql_text(kind->merge_script));
        assert_true(kind->has_subject ||
                    (!kind->subject_is_key && !kind->subject_in_key && !kind->clash_of_other));
        /* A second entity is named by the first two fields. */
        assert_int_equal(kind->first_column, kind->clash_of_other || kind->after_script ? 2 : 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lookups),
        cmocka_unit_test(test_every_kind_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
