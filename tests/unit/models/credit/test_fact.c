/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tests/unit/models/credit/small_model.h"

static void test_every_word_is_named_and_found(void **state)
{
    (void)state;
    for (unsigned v = 0; v < CREDIT_VOCABULARY_COUNT; v++) {
        enum credit_vocabulary vocabulary = (enum credit_vocabulary)v;
        for (unsigned i = 0; i < credit_word_count(vocabulary); i++) {
            const struct credit_word *word = credit_word_of(vocabulary, i);
            unsigned found = 0;
            assert_non_null(word->name);
            assert_true(strlen(word->zh) > 0 && strlen(word->en) > 0);
            assert_true(credit_word_find(vocabulary, text_of(word->name), &found));
            assert_int_equal(found, i);
        }
    }
    unsigned found = 0;
    assert_false(credit_word_find(CREDIT_KINDS, text_of("inspections"), &found));
}

static void test_end_day_no_longer_counts(void **state)
{
    (void)state;
    struct credit_fact fact = fact_on(CREDIT_KIND_AWARD, 100);
    assert_false(credit_fact_counts(&fact, 99));
    assert_true(credit_fact_counts(&fact, 100));
    assert_true(credit_fact_counts(&fact, 1000000));
    fact.ends_on = 200;
    assert_true(credit_fact_counts(&fact, 199));
    assert_false(credit_fact_counts(&fact, 200));
    fact.ends_on = 100; /* ended on the day it occurred: never counts */
    assert_false(credit_fact_counts(&fact, 100));
}

static void refuse(struct credit_fact fact, const char *expected)
{
    struct error err = {.kind = ERROR_NONE};
    assert_false(credit_fact_check(&fact, &err));
    if (!strstr(err.message, expected))
        fail_msg("expected \"%s\" in \"%s\"", expected, err.message);
}

static void test_check_names_the_field(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct credit_fact good = fact_on(CREDIT_KIND_INSPECTION, 100);
    good.state = CREDIT_STATE_FAILED;
    assert_true(credit_fact_check(&good, &err));
    struct credit_fact fact = good;
    fact.kind = CREDIT_KIND_COUNT;
    refuse(fact, "kind: expected 1 to 18, found 19");
    fact = good;
    fact.state = CREDIT_STATE_UPHELD;
    refuse(fact, "state: upheld does not occur for kind inspection");
    fact = good;
    fact.severity = 4;
    refuse(fact, "severity");
    fact = good;
    fact.amount_fen = CREDIT_AMOUNT_CAP + 1;
    refuse(fact, "amount_fen: expected 0 to 8000000000000, found 8000000000001");
    fact.amount_fen = -1;
    refuse(fact, "amount_fen");
    fact = good;
    fact.occurred_on = DAY_NONE;
    refuse(fact, "occurred_on");
    fact = good;
    fact.ends_on = DAY_LAST + 1;
    refuse(fact, "ends_on");
}

static void test_subject_check(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct credit_subject subject = credit_subject_unknown(7);
    assert_true(credit_subject_check(&subject, &err));
    subject.industry_section = 'Z';
    assert_false(credit_subject_check(&subject, &err));
    assert_non_null(strstr(err.message, "industry_section"));
    subject = credit_subject_unknown(7);
    subject.capital_fen = -2;
    assert_false(credit_subject_check(&subject, &err));
    assert_non_null(strstr(err.message, "capital_fen"));
    subject = credit_subject_unknown(7);
    subject.licence_tags = 1u << CREDIT_LICENCE_COUNT;
    assert_false(credit_subject_check(&subject, &err));
}

static void test_grades(void **state)
{
    (void)state;
    struct credit_fact fact = fact_on(CREDIT_KIND_TAX_GRADE, 1);
    assert_true(credit_grade_set(&fact, text_of("AAA+")));
    assert_true(credit_grade_set(&fact, text_of("优")));
    assert_memory_equal(fact.grade, "优\0", 4);
    assert_false(credit_grade_set(&fact, text_of("优秀")));
    assert_false(credit_grade_set(&fact, text_of("")));
}

static void test_sort_is_by_day_kind_id(void **state)
{
    (void)state;
    struct credit_fact facts[4] = {fact_on(CREDIT_KIND_AWARD, 5), fact_on(CREDIT_KIND_AWARD, 5),
                                   fact_on(CREDIT_KIND_COMPLAINT, 5),
                                   fact_on(CREDIT_KIND_AWARD, 4)};
    facts[0].id = UINT64_MAX;
    credit_fact_sort(facts, 4);
    assert_int_equal(facts[0].occurred_on, 4);
    assert_int_equal(facts[1].kind, CREDIT_KIND_COMPLAINT);
    assert_int_equal(facts[2].id, 1);
    assert_true(facts[3].id == UINT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_word_is_named_and_found),
        cmocka_unit_test(test_end_day_no_longer_counts),
        cmocka_unit_test(test_check_names_the_field),
        cmocka_unit_test(test_subject_check),
        cmocka_unit_test(test_grades),
        cmocka_unit_test(test_sort_is_by_day_kind_id),
    };
    return cmocka_run_group_tests(tests, small_setup, small_teardown);
}
