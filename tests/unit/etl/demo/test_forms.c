/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "etl/demo/forms.h"
#include "models/catalog/catalog.h"
#include "models/core/json.h"
#include "models/models.h"

static int set_up(void **state)
{
    (void)state;
    models_init();
    return 0;
}

static json_t *mapping_of(const struct sheet_form *form)
{
    char name[80];
    struct error err;
    json_t *document = NULL;
    snprintf(name, sizeof name, "mapping/demo/%s.json", form->mapping);
    const struct catalog_document *found = catalog_find(name);
    assert_non_null(found);
    assert_true(json_read(found->data, found->size, name, &document, &err));
    return document;
}

static void assert_column(const struct sheet_form *form, const char *column)
{
    size_t i = 0;
    while (form->header[i] && strcmp(form->header[i], column) != 0)
        i++;
    if (!form->header[i])
        fail_msg("%s has no column %s", form->file, column);
}

static void assert_columns(const struct sheet_form *form, const json_t *list)
{
    size_t index;
    const json_t *item;
    json_array_foreach(list, index, item)
    {
        assert_column(form, json_is_string(item)
                                ? json_string_value(item)
                                : json_string_value(json_object_get(item, "column")));
    }
}

static void test_mapping_documents_name_columns_that_exist(void **state)
{
    (void)state;
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        const struct sheet_form *form = forms_at((enum forms_file)i);
        json_t *document = mapping_of(form);
        const char *name;
        const json_t *field;
        assert_string_equal(json_string_value(json_object_get(document, "source")), form->source);
        assert_string_equal(json_string_value(json_object_get(document, "encoding")),
                            form->encoding == SHEET_GB18030 ? "gb18030" : "utf-8");
        if (json_is_array(json_object_get(document, "key")))
            assert_columns(form, json_object_get(document, "key"));
        assert_columns(form, json_object_get(document, "subject"));
        assert_columns(form, json_object_get(document, "drop"));
        json_object_foreach(json_object_get(document, "fields"), name, field)
        {
            if (!json_object_get(field, "constant"))
                assert_column(form, json_string_value(json_object_get(field, "column")));
        }
        json_decref(document);
    }
}

static void test_cells_to_spoil_are_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i < FORMS_COUNT; i++) {
        const struct sheet_form *form = forms_at((enum forms_file)i);
        int columns = 0;
        while (form->header[columns])
            columns++;
        assert_in_range(columns, 1, SHEET_CELLS);
        assert_true(form->code_cell < columns && form->date_cell < columns);
        assert_true(form->choice_cell < columns && form->number_cell < columns);
        assert_true(form->required_cell < columns);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mapping_documents_name_columns_that_exist),
        cmocka_unit_test(test_cells_to_spoil_are_columns),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
