/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/run.h"
#include "tests/unit/models/credit/small_model.h"

enum { ENTITIES = 3000 };

static struct credit_model *every_kind(void)
{
    static char text[CASE_FILE_SIZE];
    size_t size =
        read_source_file(SOURCE_DIR, "tests/unit/models/credit/models/valid_every_kind.json", text);
    return model_from(text, size);
}

/* Ids are 10, 20, 30 …; relations go to the next few ids and to one that does not exist. */
static struct credit_snapshot *random_snapshot(void)
{
    struct error err = {.kind = ERROR_NONE};
    struct credit_snapshot *snapshot = credit_snapshot_new();
    assert_non_null(snapshot);
    for (uint64_t i = 0; i < ENTITIES; i++) {
        struct random_case c = random_case_of(i);
        c.subject.entity_id = (int64_t)(10 * (i + 1));
        assert_true(credit_snapshot_add_entity(snapshot, &c.subject, &err));
        for (size_t k = 0; k < c.fact_count; k++)
            assert_true(credit_snapshot_add_fact(snapshot, &c.facts[k], &err));
        for (unsigned k = 0; k < random_below(&c, 6); k++) {
            int64_t other = 10 * (1 + (int64_t)random_below(&c, ENTITIES + 5));
            enum credit_relation relation =
                (enum credit_relation)(1 + random_below(&c, CREDIT_RELATION_COUNT - 1));
            if (other != c.subject.entity_id)
                assert_true(credit_snapshot_add_relation(snapshot, other, relation, &err));
        }
    }
    assert_true(credit_snapshot_finish(snapshot, &err));
    return snapshot;
}

static void test_threads_give_the_same_bits(void **state)
{
    (void)state;
    struct credit_snapshot *snapshot = random_snapshot();
    struct credit_model *model = every_kind();
    struct error err = {.kind = ERROR_NONE};
    const unsigned counts[] = {1, 2, 8};
    struct credit_result *results[3];
    for (int i = 0; i < 3; i++) {
        results[i] = calloc(ENTITIES, sizeof **results);
        assert_non_null(results[i]);
        assert_true(credit_run(snapshot, model, 20400, counts[i], results[i], &err));
    }
    assert_memory_equal(results[0], results[1], ENTITIES * sizeof **results);
    assert_memory_equal(results[0], results[2], ENTITIES * sizeof **results);
    unsigned classes[128] = {0};
    struct credit_plan plan;
    credit_plan_init(&plan, model, 20400);
    for (size_t i = 0; i < ENTITIES; i++) {
        struct credit_related related;
        struct credit_result alone;
        struct credit_input input = credit_snapshot_input(snapshot, &plan, i, &related);
        credit_score(&plan, &input, &alone);
        assert_memory_equal(&alone, &results[0][i], sizeof alone);
        classes[(unsigned char)alone.class_letter]++;
    }
    assert_true(classes['A'] && classes['B'] && classes['C'] && classes['D'] && classes['E']);
    for (int i = 0; i < 3; i++)
        free(results[i]);
    credit_snapshot_free(snapshot);
}

static void test_each_related_entity_counts_once(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct credit_snapshot *snapshot = credit_snapshot_new();
    assert_non_null(snapshot);
    struct credit_fact listed = fact_on(CREDIT_KIND_SERIOUS_LIST, 100);
    for (int64_t id = 1; id <= 3; id++) {
        struct credit_subject subject = credit_subject_unknown(id);
        assert_true(credit_snapshot_add_entity(snapshot, &subject, &err));
        if (id == 2)
            assert_true(credit_snapshot_add_fact(snapshot, &listed, &err));
        if (id != 1)
            continue;
        assert_true(credit_snapshot_add_relation(snapshot, 3, CREDIT_RELATION_BRANCH, &err));
        assert_true(credit_snapshot_add_relation(snapshot, 2, CREDIT_RELATION_SHAREHOLDER, &err));
        assert_true(credit_snapshot_add_relation(snapshot, 2, CREDIT_RELATION_SAME_PHONE, &err));
        assert_true(credit_snapshot_add_relation(snapshot, 99, CREDIT_RELATION_BRANCH, &err));
    }
    assert_true(credit_snapshot_finish(snapshot, &err));
    assert_int_equal(snapshot->unresolved_relations, 1);
    assert_int_equal(snapshot->link_count, 2);
    struct credit_plan plan;
    struct credit_related related;
    struct credit_model *model = every_kind();
    credit_plan_init(&plan, model, 200);
    (void)credit_snapshot_input(snapshot, &plan, 0, &related);
    assert_int_equal(related.total[0], 2);
    assert_int_equal(related.hits[0], 1);
    assert_int_equal(related.total[1], 1); /* same_phone only */
    (void)credit_snapshot_input(snapshot, &plan, 1, &related);
    assert_int_equal(related.total[0], 0); /* relations are seen from one side */
    credit_snapshot_free(snapshot);
}

static void test_facts_end_up_in_order(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct credit_snapshot *snapshot = credit_snapshot_new();
    assert_non_null(snapshot);
    assert_true(credit_snapshot_reserve(snapshot, 1, 1, 0, &err)); /* grows beyond that */
    for (int64_t id = 1; id <= 2; id++) {
        struct credit_subject subject = credit_subject_unknown(id);
        assert_true(credit_snapshot_add_entity(snapshot, &subject, &err));
        for (day on = 30; on > 0; on -= 10) {
            struct credit_fact fact = fact_on(CREDIT_KIND_AWARD, on);
            assert_true(credit_snapshot_add_fact(snapshot, &fact, &err));
        }
    }
    assert_true(credit_snapshot_finish(snapshot, &err));
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(snapshot->facts[i].occurred_on, 10 * (1 + (int)i % 3));
    assert_int_equal(snapshot->fact_start[2], 6);
    size_t index = 9;
    assert_true(credit_snapshot_find(snapshot, 2, &index));
    assert_int_equal(index, 1);
    assert_false(credit_snapshot_find(snapshot, 3, &index));
    credit_snapshot_free(snapshot);
}

static void test_bad_rows_are_refused(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct credit_snapshot *snapshot = credit_snapshot_new();
    assert_non_null(snapshot);
    struct credit_subject subject = credit_subject_unknown(5);
    struct credit_fact fact = fact_on(CREDIT_KIND_AWARD, 1);
    assert_false(credit_snapshot_add_fact(snapshot, &fact, &err));
    assert_non_null(strstr(err.message, "expected an entity before"));
    assert_true(credit_snapshot_add_entity(snapshot, &subject, &err));
    assert_false(credit_snapshot_add_entity(snapshot, &subject, &err));
    assert_non_null(strstr(err.message, "ascending entity ids, found 5 after 5"));
    fact.kind = 200;
    assert_false(credit_snapshot_add_fact(snapshot, &fact, &err));
    assert_false(credit_snapshot_add_relation(snapshot, 5, CREDIT_RELATION_BRANCH, &err));
    assert_non_null(strstr(err.message, "another entity than 5 itself"));
    assert_false(credit_snapshot_add_relation(snapshot, 6, CREDIT_RELATION_COUNT, &err));
    assert_false(credit_snapshot_add_relation(snapshot, 6, CREDIT_RELATION_NONE, &err));
    assert_true(credit_snapshot_finish(snapshot, &err));
    struct credit_result result;
    struct credit_model *model = every_kind();
    assert_false(credit_run(snapshot, model, 1, 0, &result, &err));
    assert_false(credit_run(snapshot, model, 1, CREDIT_THREADS_CAP + 1, &result, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_true(credit_run(snapshot, model, 1, CREDIT_THREADS_CAP, &result, &err));
    credit_snapshot_free(snapshot);
}

static void test_caps_and_an_empty_snapshot(void **state)
{
    (void)state;
    struct error err = {.kind = ERROR_NONE};
    struct credit_snapshot *snapshot = credit_snapshot_new();
    assert_non_null(snapshot);
    assert_false(
        credit_snapshot_reserve(snapshot, (size_t)CREDIT_SNAPSHOT_ENTITIES_CAP + 1, 0, 0, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "at most 268435456 entities, found 268435457"));
    assert_true(credit_snapshot_finish(snapshot, &err));
    struct credit_result none;
    assert_true(credit_run(snapshot, every_kind(), 1, 2, &none, &err));
    credit_snapshot_free(snapshot);
    credit_snapshot_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_threads_give_the_same_bits),
        cmocka_unit_test(test_each_related_entity_counts_once),
        cmocka_unit_test(test_facts_end_up_in_order),
        cmocka_unit_test(test_bad_rows_are_refused),
        cmocka_unit_test(test_caps_and_an_empty_snapshot),
    };
    return cmocka_run_group_tests(tests, small_setup, small_teardown);
}
