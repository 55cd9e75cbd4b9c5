/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/catalog/catalog.h"
#include "models/credit/explain.h"
#include "tests/unit/models/credit/small_model.h"

static struct credit_model *models[3];
enum { MODELS = 3 };

static int load_models(void **state)
{
    static char text[CASE_FILE_SIZE];
    (void)small_setup(state);
    const struct catalog_document *shipped = catalog_find("credit/cn_enterprise_example.json");
    assert_non_null(shipped);
    models[0] = model_from(shipped->data, shipped->size);
    size_t size = read_source_file(SOURCE_DIR, "tests/real/chicago_model.json", text);
    models[1] = model_from(text, size);
    size =
        read_source_file(SOURCE_DIR, "tests/unit/models/credit/models/valid_every_kind.json", text);
    models[2] = model_from(text, size);
    return 0;
}

struct totals {
    int64_t all;
    int64_t dimensions[CREDIT_DIMENSIONS_CAP];
};

static struct totals add_up(const struct credit_explanation *explanation)
{
    struct totals totals = {.all = 0};
    for (size_t i = 0; i < explanation->reason_count; i++) {
        const struct credit_part *part = &explanation->reasons[i].part;
        totals.all += part->points_milli;
        if (part->dimension >= 0)
            totals.dimensions[part->dimension] += part->points_milli;
    }
    return totals;
}

static void test_reasons_add_up_to_the_score(void **state)
{
    (void)state;
    struct arena arena;
    unsigned roles[CREDIT_ROLE_COUNT] = {0};
    arena_init(&arena, 1024u * 1024);
    for (uint64_t seed = 0; seed < 21000; seed++) {
        const struct credit_model *model = models[seed % MODELS];
        struct random_case c = random_case_of(seed);
        struct credit_plan plan;
        struct credit_result silent;
        struct credit_explanation explanation;
        struct error err = {.kind = ERROR_NONE};
        credit_plan_init(&plan, model, c.as_of);
        struct credit_input input = random_input(&c, &plan);
        credit_score(&plan, &input, &silent);
        assert_true(credit_explain(&plan, &input, &arena, &explanation, &err));
        assert_memory_equal(&silent, &explanation.result, sizeof silent);
        struct totals totals = add_up(&explanation);
        assert_int_equal(totals.all, silent.score_milli);
        for (unsigned i = 0; i < model->dimension_count; i++)
            assert_int_equal(totals.dimensions[i], silent.dimension_milli[i]);
        for (size_t i = 0; i < explanation.reason_count; i++)
            roles[explanation.reasons[i].part.role]++;
        arena_reset(&arena);
    }
    for (unsigned role = 0; role < CREDIT_ROLE_COUNT; role++)
        assert_in_range(roles[role], 100, 10000000); /* every kind of reason was met */
}

static void test_words_of_a_record(void **state)
{
    (void)state;
    struct credit_plan plan;
    struct credit_explanation explanation;
    struct error err = {.kind = ERROR_NONE};
    struct credit_subject subject = credit_subject_unknown(1);
    struct credit_fact fact = fact_on(CREDIT_KIND_ADMINISTRATIVE_PENALTY, date("2025-03-01"));
    fact.severity = CREDIT_SEVERITY_GENERAL;
    struct credit_input input = {.subject = &subject, .facts = &fact, .fact_count = 1};
    credit_plan_init(&plan, models[0], date("2026-06-30"));
    assert_true(credit_explain(&plan, &input, &small_arena, &explanation, &err));
    size_t at = 0;
    while (at < explanation.reason_count && explanation.reasons[at].part.role != CREDIT_ROLE_RECORD)
        at++;
    assert_true(at < explanation.reason_count);
    const struct credit_reason *reason = &explanation.reasons[at];
    assert_int_equal(reason->part.points_milli, 144000); /* 240 at 60 % */
    assert_int_equal(reason->part.age_days, 486);
    assert_int_equal(reason->part.decay_ppm, 600000);
    assert_string_equal(reason->en, "administrative penalties: administrative penalty (general) of "
                                    "2025-03-01, 486 days old, counted at 60.0000 %");
    assert_string_equal(reason->zh,
                        "行政处罚：行政处罚（一般） 2025-03-01，距今 486 天，按 60.0000% 计");
    assert_non_null(strstr(reason->basis, "第45号"));
}

static void test_json_form(void **state)
{
    (void)state;
    for (uint64_t seed = 0; seed < 300; seed++) {
        struct random_case c = random_case_of(seed);
        struct credit_plan plan;
        struct credit_explanation explanation;
        struct error err = {.kind = ERROR_NONE};
        json_t *json = NULL;
        credit_plan_init(&plan, models[seed % MODELS], c.as_of);
        struct credit_input input = random_input(&c, &plan);
        assert_true(credit_explain(&plan, &input, &small_arena, &explanation, &err));
        assert_true(credit_explain_json(&plan, &explanation, &json, &err));
        assert_int_equal(json_integer_value(json_object_get(json, "score_milli")),
                         explanation.result.score_milli);
        assert_int_equal(json_string_value(json_object_get(json, "class"))[0],
                         explanation.result.class_letter);
        const json_t *reasons = json_object_get(json, "reasons");
        assert_int_equal(json_array_size(reasons), explanation.reason_count);
        int64_t sum = 0;
        for (size_t i = 0; i < json_array_size(reasons); i++)
            sum += json_integer_value(json_object_get(json_array_get(reasons, i), "points_milli"));
        assert_int_equal(sum, explanation.result.score_milli);
        json_decref(json);
    }
}

static void test_rules_are_reasons_without_points(void **state)
{
    (void)state;
    struct credit_plan plan;
    struct credit_explanation explanation;
    struct error err = {.kind = ERROR_NONE};
    struct credit_subject subject = credit_subject_unknown(1);
    struct credit_fact facts[2] = {fact_on(CREDIT_KIND_SERIOUS_LIST, 20000),
                                   fact_on(CREDIT_KIND_ABNORMAL_LIST, 20000)};
    struct credit_input input = {.subject = &subject, .facts = facts, .fact_count = 2};
    credit_plan_init(&plan, models[0], 20100);
    assert_true(credit_explain(&plan, &input, &small_arena, &explanation, &err));
    assert_int_equal(explanation.result.class_letter, 'D');
    unsigned applied = 0;
    unsigned rules = 0;
    for (size_t i = 0; i < explanation.reason_count; i++) {
        const struct credit_part *part = &explanation.reasons[i].part;
        if (part->role != CREDIT_ROLE_RULE)
            continue;
        assert_int_equal(part->points_milli, 0);
        rules++;
        applied += part->applied;
    }
    assert_int_equal(rules, 2);
    assert_int_equal(applied, 1);
    assert_int_equal(explanation.reasons[explanation.reason_count - 1].part.role,
                     CREDIT_ROLE_EVIDENCE);
}

static void test_a_full_arena_is_an_error(void **state)
{
    (void)state;
    struct arena tight;
    struct credit_plan plan;
    struct credit_explanation explanation;
    struct error err = {.kind = ERROR_NONE};
    struct random_case c = random_case_of(3);
    arena_init(&tight, 2000);
    credit_plan_init(&plan, models[0], c.as_of);
    struct credit_input input = random_input(&c, &plan);
    assert_false(credit_explain(&plan, &input, &tight, &explanation, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    arena_reset(&tight);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reasons_add_up_to_the_score),
        cmocka_unit_test(test_words_of_a_record),
        cmocka_unit_test(test_json_form),
        cmocka_unit_test(test_rules_are_reasons_without_points),
        cmocka_unit_test(test_a_full_arena_is_an_error),
    };
    return cmocka_run_group_tests(tests, load_models, small_teardown);
}
