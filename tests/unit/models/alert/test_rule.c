/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "models/alert/rule.h"
#include "models/catalog/catalog.h"
#include "models/models.h"

enum { ARENA_CAP = 4 * 1024 * 1024, DOCUMENT_CAP = 64 * 1024 };

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

static day parsed(const char *value)
{
    day result = DAY_NONE;
    assert_true(day_parse(text_of(value), &result));
    return result;
}

static void test_the_shipped_example(void **state)
{
    (void)state;
    const struct catalog_document *document = catalog_find("alert/rules_example.json");
    struct rule_list list;
    struct error err;
    assert_non_null(document);
    assert_true(rule_read(document->data, document->size, document->name, &arena, &list, &err));
    assert_int_equal(list.count, 5);

    const struct rule *surge = &list.rules[0];
    assert_string_equal(surge->id, "complaint_surge");
    assert_int_equal(surge->kind, RULE_COUNT_SURGE);
    assert_true(surge->example);
    assert_ptr_equal(surge->parameters.count_surge.detector,
                     detector_find(TEXT_LITERAL("ears_c2")));
    assert_int_equal(surge->parameters.count_surge.alpha_ppm, 1000);
    assert_int_equal(surge->parameters.count_surge.min_sigma_milli, 500);
    assert_int_equal(surge->parameters.count_surge.min_count, 3);
    assert_int_equal(surge->parameters.count_surge.group_by,
                     RULE_BY_REGION | RULE_BY_INDUSTRY_SECTION);
    assert_int_equal(list.rules[1].parameters.count_surge.group_by, 0);
    assert_int_equal(list.rules[2].parameters.class_downgrade.min_steps, 1);

    const struct rule *deadline = &list.rules[3];
    assert_int_equal(deadline->parameters.complaint_not_accepted.limit_working_days, 7);
    assert_int_equal(deadline->severity, RULE_SERIOUS);
    assert_false(deadline->example);
    assert_non_null(strstr(deadline->legal_basis, "第十四条"));
    assert_false(rule_in_force(deadline, parsed("2019-12-31")));
    assert_true(rule_in_force(deadline, parsed("2020-01-01")));
    assert_true(rule_in_force(deadline, DAY_LAST));

    assert_int_equal(list.rules[4].kind, RULE_SOURCE_SILENT);
    assert_int_equal(list.rules[4].parameters.source_silent.factor_percent, 200);
}

static void test_jurisdictions(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        const char *record;
        bool covers;
    } cases[] = {
        {"CN", "CN", true},           {"CN", "CN-50", true}, {"CN-50", "CN", false},
        {"CN-5", "CN-50", false},     {"CN", "CNX", false},  {"CN", "US-IL-CHI", false},
        {"", "US-IL-CHI", true},      {"", "", true},        {"CN", "", false},
        {"US-IL", "US-IL-CHI", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct rule rule = {.jurisdiction = cases[i].rule};
        assert_int_equal(rule_covers(&rule, text_of(cases[i].record)), cases[i].covers);
    }
}

static bool read_example(const char *name, struct error *err)
{
    static char bytes[DOCUMENT_CAP];
    char path[1024];
    snprintf(path, sizeof path, SOURCE_DIR "/tests/unit/models/alert/rules/%s", name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    struct rule_list list;
    return rule_read(bytes, size, name, &arena, &list, err);
}

/* The same files are the examples a test of the JSON Schema reads: "reader_only" marks what a
 * schema cannot say. */
static void test_every_example_document(void **state)
{
    (void)state;
    int valid = 0;
    int invalid = 0;
    DIR *folder = opendir(SOURCE_DIR "/tests/unit/models/alert/rules");
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct error err;
        if (strncmp(entry->d_name, "valid_", 6) == 0) {
            valid++;
            assert_true(read_example(entry->d_name, &err));
        } else if (strncmp(entry->d_name, "invalid_", 8) == 0) {
            invalid++;
            assert_false(read_example(entry->d_name, &err));
            assert_int_equal(err.kind, ERROR_INPUT);
        }
    }
    closedir(folder);
    assert_int_equal(valid, 4);
    assert_int_equal(invalid, 24);
}

static void test_errors_name_the_place(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *message;
    } cases[] = {
        {"invalid_detector.json", "rules[0].parameters: detector: there is none named \"ears_c9\""},
        {"invalid_min_sigma_zero.json",
         "rules[0].parameters.min_sigma_milli: expected an integer from 1 to 1000000, found 0"},
        {"invalid_group_twice.json", "rules[0].parameters.group_by[1]"},
        {"invalid_kind_parameters.json", "unknown member"},
        {"invalid_reader_only_overlap.json", "rule complaint_not_accepted is in force twice"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct error err;
        assert_false(read_example(cases[i].name, &err));
        assert_string_equal(err.subject, cases[i].name);
        assert_non_null(strstr(err.message, cases[i].message));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_shipped_example),
        cmocka_unit_test(test_jurisdictions),
        cmocka_unit_test(test_every_example_document),
        cmocka_unit_test(test_errors_name_the_place),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
