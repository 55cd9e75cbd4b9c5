/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/models.h"
#include "tests/unit/models/draw/sample.h"

static struct sample sample;
static struct arena arena;

static int prepare(void **state)
{
    (void)state;
    models_init();
    arena_init(&arena, (size_t)1 << 28);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    arena_reset(&arena);
    return 0;
}

static void test_the_three_steps_verify(void **state)
{
    (void)state;
    static const char signature[BEACON_SIGNATURE_SIZE + 1] =
        "made up, forty-eight bytes, not a real signature";
    static const struct text evidence[] = {
        [BEACON_REHEARSAL] = {NULL, 0},
        [BEACON_DRAND_QUICKNET] = {signature, BEACON_SIGNATURE_SIZE},
        [BEACON_DECLARED_TEXT] = {"01 02 03 04 05 06 07\n", 21}};
    for (int alg = DIGEST_SHA256; alg <= DIGEST_SM3; alg++) {
        for (int source = 0; source < BEACON_COUNT; source++) {
            struct bundle bundle;
            struct verify_report report;
            struct error err = {.message = ""};
            sample_init(&sample, (enum digest_alg)alg, (enum beacon_source)source);
            sample_bundle(&sample, evidence[source], BUNDLE_REVEALED, &arena, &bundle);
            assert_true(verify_bundle(&bundle, &arena, &report, &err));
            assert_int_equal(report.state, BUNDLE_REVEALED);
            assert_int_equal(report.rehearsal, source == BEACON_REHEARSAL);
            assert_int_equal(report.frame_count, SAMPLE_ENTITIES);
            assert_int_equal(report.selected_count, 11 + 3 + 6 + 15);
            assert_true(report.least_load >= 70 / SAMPLE_INSPECTORS);
            arena_reset(&arena);
        }
    }
}

static void test_before_the_reveal(void **state)
{
    (void)state;
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    for (enum bundle_state until = BUNDLE_COMMITTED; until < BUNDLE_REVEALED; until++) {
        struct bundle bundle;
        struct verify_report report;
        struct error err = {.message = ""};
        sample_bundle(&sample, (struct text){NULL, 0}, until, &arena, &bundle);
        assert_false(verify_bundle(&bundle, &arena, &report, &err));
        assert_int_equal(err.kind, ERROR_NOT_REVEALED);
        assert_int_equal(report.state, until);
        assert_int_equal(report.number, 7);
    }
}

static void test_order_of_the_input_does_not_matter(void **state)
{
    (void)state;
    struct bundle first;
    struct bundle second;
    sample_init(&sample, DIGEST_SM3, BEACON_REHEARSAL);
    sample_bundle(&sample, (struct text){NULL, 0}, BUNDLE_REVEALED, &arena, &first);
    struct frame_entity swapped = sample.entities[0];
    memmove(sample.entities, sample.entities + 1, (SAMPLE_ENTITIES - 1) * sizeof swapped);
    sample.entities[SAMPLE_ENTITIES - 1] = swapped;
    struct roster_inspector inspector = sample.inspectors[3];
    sample.inspectors[3] = sample.inspectors[17];
    sample.inspectors[17] = inspector;
    struct quota_stratum stratum = sample.strata[0];
    sample.strata[0] = sample.strata[2];
    sample.strata[2] = stratum;
    struct roster_recusal recusal = sample.recusals[0];
    sample.recusals[0] = sample.recusals[30];
    sample.recusals[30] = recusal;
    struct commit_exclusion exclusion = sample.exclusions[0];
    sample.exclusions[0] = sample.exclusions[1];
    sample.exclusions[1] = exclusion;
    sample_bundle(&sample, (struct text){NULL, 0}, BUNDLE_REVEALED, &arena, &second);
    for (int i = 0; i < BUNDLE_FILE_COUNT; i++)
        assert_true(text_equal(first.files[i], second.files[i]));
}

static void test_one_bit_of_the_commit_changes_the_draw(void **state)
{
    (void)state;
    struct bundle first;
    struct bundle second;
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    sample_bundle(&sample, (struct text){NULL, 0}, BUNDLE_DRAWN, &arena, &first);
    sample.plan.commit.plan_hash[31] ^= 1;
    sample_bundle(&sample, (struct text){NULL, 0}, BUNDLE_DRAWN, &arena, &second);
    assert_false(text_equal(first.files[BUNDLE_RESULT], second.files[BUNDLE_RESULT]));
}

/* Loads, licences, recusals and tiers of the result, from the docket and not from the flow. */
static void test_the_result_keeps_the_rules(void **state)
{
    (void)state;
    struct bundle bundle;
    struct docket docket;
    struct result result;
    struct error err = {.message = ""};
    unsigned char log_hash[DIGEST_SIZE];
    struct draw_seed seed = {.evidence = {NULL, 0}};
    int64_t loads[SAMPLE_INSPECTORS] = {0};
    int widened = 0;
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    assert_true(draw_commit(&sample.plan, &arena, &bundle, log_hash, &err));
    memcpy(seed.secret, sample.plan.secret, DIGEST_SIZE);
    assert_true(draw_run(&bundle, &seed, &arena, &docket, &result, log_hash, &err));
    for (size_t v = 0; v < result.count; v++) {
        const struct frame_entity *entity = result.visits[v].entity;
        const int32_t *pair = result.assignment.match.assigned + 2 * v;
        size_t width = (size_t[]){6, 4, 0}[result.assignment.tiers[v]];
        widened += width < 6;
        assert_int_not_equal(pair[0], pair[1]);
        for (int slot = 0; slot < 2; slot++) {
            const struct roster_inspector *inspector = &docket.roster.inspectors[pair[slot]];
            assert_memory_equal(inspector->region.data, entity->region.data, width);
            assert_false(roster_is_recused(&docket.roster, inspector->id, entity->id));
            loads[pair[slot]]++;
        }
        assert_true(entity->licence.size == 0 ||
                    roster_has_speciality(&docket.roster.inspectors[pair[0]], entity->licence));
    }
    assert_true(widened > 0 && widened < (int)result.count);
    for (size_t i = 0; i < SAMPLE_INSPECTORS; i++) {
        assert_true(loads[i] <= result.assignment.match.least_load + 1);
        assert_true(docket.roster.inspectors[i].cap == 0 ||
                    loads[i] <= docket.roster.inspectors[i].cap);
    }
}

static void refuse(enum error_kind kind)
{
    struct bundle bundle;
    struct error err = {.message = ""};
    unsigned char log_hash[DIGEST_SIZE];
    assert_false(draw_commit(&sample.plan, &arena, &bundle, log_hash, &err));
    assert_int_equal(err.kind, kind);
    assert_true(strlen(err.message) > 10);
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
}

static void test_bad_plans_are_refused(void **state)
{
    (void)state;
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    sample.entities[5].id = sample.entities[6].id;
    refuse(ERROR_INPUT);
    sample.entities[5].id = TEXT_LITERAL("a\tb");
    refuse(ERROR_INPUT);
    sample.entities[5].stratum = TEXT_LITERAL("E");
    refuse(ERROR_INPUT);
    sample.plan.entity_count = 0;
    refuse(ERROR_INPUT);
    sample.inspectors[1].id = sample.inspectors[2].id;
    refuse(ERROR_INPUT);
    sample.plan.inspector_count = 1; /* a visit takes two */
    refuse(ERROR_INPUT);
    sample.strata[0].name = sample.strata[1].name;
    refuse(ERROR_INPUT);
    sample.plan.commit.region_tiers = TEXT_LITERAL("4,6");
    refuse(ERROR_INPUT);
    sample.plan.commit.redraw_reason = TEXT_LITERAL("");
    refuse(ERROR_INPUT);
    sample.plan.commit.beacon_rule = TEXT_LITERAL("a rule without a text");
    refuse(ERROR_INPUT);
    sample.plan.commit.reveal_by = sample.plan.commit.as_of - 1;
    refuse(ERROR_INPUT);
    sample.plan.commit.quota_rule = QUOTA_HAMILTON;
    sample.plan.commit.quota_total = SAMPLE_ENTITIES + 1;
    refuse(ERROR_INPUT);
    sample.exclusions[1].reason = sample.exclusions[0].reason;
    refuse(ERROR_INPUT);
}

static void test_steps_out_of_order_and_wrong_secrets(void **state)
{
    (void)state;
    struct bundle bundle;
    struct docket docket;
    struct result result;
    struct error err;
    unsigned char log_hash[DIGEST_SIZE] = {0};
    struct draw_seed seed = {.evidence = {NULL, 0}};
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    sample_bundle(&sample, (struct text){NULL, 0}, BUNDLE_COMMITTED, &arena, &bundle);
    assert_false(draw_reveal(&bundle, sample.plan.secret, log_hash, &arena, log_hash, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    assert_false(draw_run(&bundle, &seed, &arena, &docket, &result, log_hash, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    memcpy(seed.secret, sample.plan.secret, DIGEST_SIZE);
    seed.evidence = TEXT_LITERAL("a rehearsal has none");
    assert_false(draw_run(&bundle, &seed, &arena, &docket, &result, log_hash, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_null(bundle.files[BUNDLE_DRAW].data);
    seed.evidence = (struct text){NULL, 0};
    assert_true(draw_run(&bundle, &seed, &arena, &docket, &result, log_hash, &err));
    assert_false(draw_run(&bundle, &seed, &arena, &docket, &result, log_hash, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    assert_false(draw_reveal(&bundle, log_hash, log_hash, &arena, log_hash, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
}

static void test_too_few_inspectors_are_named(void **state)
{
    (void)state;
    struct bundle bundle;
    struct docket docket;
    struct result result;
    struct error err;
    unsigned char log_hash[DIGEST_SIZE];
    struct draw_seed seed = {.evidence = {NULL, 0}};
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    for (int i = 0; i < SAMPLE_INSPECTORS; i++)
        sample.inspectors[i].specialities = TEXT_LITERAL("food");
    memcpy(seed.secret, sample.plan.secret, DIGEST_SIZE);
    assert_true(draw_commit(&sample.plan, &arena, &bundle, log_hash, &err));
    assert_false(draw_run(&bundle, &seed, &arena, &docket, &result, log_hash, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    assert_non_null(strstr(err.message, "TEST0"));
}

static void test_a_draw_without_inspectors(void **state)
{
    (void)state;
    struct bundle bundle;
    struct verify_report report;
    struct error err;
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    sample.plan.commit.per_visit = 0;
    sample.plan.inspector_count = 0;
    sample.plan.recusal_count = 0;
    sample.plan.commit.quota_rule = QUOTA_CONTROLLED;
    sample_bundle(&sample, (struct text){NULL, 0}, BUNDLE_REVEALED, &arena, &bundle);
    assert_true(verify_bundle(&bundle, &arena, &report, &err));
    sample.plan.commit.quota_rule = QUOTA_HAMILTON;
    sample.plan.commit.quota_total = 50;
    sample_bundle(&sample, (struct text){NULL, 0}, BUNDLE_REVEALED, &arena, &bundle);
    assert_true(verify_bundle(&bundle, &arena, &report, &err));
    assert_int_equal(report.selected_count, 50);
}

static void test_frame_proofs(void **state)
{
    (void)state;
    struct frame frame;
    struct frame_proof proof;
    struct error err;
    unsigned char root[DIGEST_SIZE];
    sample_init(&sample, DIGEST_SM3, BEACON_REHEARSAL);
    const unsigned char *salt = sample.plan.salt_key;
    for (size_t count = 1; count < 40; count++) {
        assert_true(frame_sort(sample.entities, count, &arena, &frame, &err));
        assert_true(frame_root(&frame, DIGEST_SM3, salt, root, &err));
        for (size_t i = 0; i < count; i++) {
            struct text id = frame.entities[i].id;
            assert_true(frame_prove(&frame, DIGEST_SM3, salt, id, &arena, &proof, &err));
            assert_true(proof.present);
            assert_true(frame_check(&proof, DIGEST_SM3, id, count, root, &err));
            assert_false(frame_check(&proof, DIGEST_SM3, TEXT_LITERAL("other"), count, root, &err));
            proof.leaves[0].seal[0] ^= 1;
            assert_false(frame_check(&proof, DIGEST_SM3, id, count, root, &err));
        }
    }
    static const char *const absent[] = {"A", "TEST00000000000005x", "ZZZ"};
    for (size_t i = 0; i < 3; i++) {
        struct text id = text_of(absent[i]);
        assert_true(frame_prove(&frame, DIGEST_SM3, salt, id, &arena, &proof, &err));
        assert_false(proof.present);
        assert_true(frame_check(&proof, DIGEST_SM3, id, frame.count, root, &err));
        proof.leaves[0].index ^= 1;
        assert_false(frame_check(&proof, DIGEST_SM3, id, frame.count, root, &err));
    }
    assert_true(frame_prove(&frame, DIGEST_SM3, salt, text_of("TEST00000000000005x"), &arena,
                            &proof, &err));
    struct text inside = proof.leaves[0].id;
    assert_false(frame_check(&proof, DIGEST_SM3, inside, frame.count, root, &err));
    /* Neighbours that are not adjacent prove nothing. */
    struct frame_proof other;
    assert_true(frame_prove(&frame, DIGEST_SM3, salt, frame.entities[20].id, &arena, &other, &err));
    proof.leaves[1] = other.leaves[0];
    assert_false(
        frame_check(&proof, DIGEST_SM3, text_of("TEST00000000000010x"), frame.count, root, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(test_the_three_steps_verify, clean),
        cmocka_unit_test_teardown(test_before_the_reveal, clean),
        cmocka_unit_test_teardown(test_order_of_the_input_does_not_matter, clean),
        cmocka_unit_test_teardown(test_one_bit_of_the_commit_changes_the_draw, clean),
        cmocka_unit_test_teardown(test_the_result_keeps_the_rules, clean),
        cmocka_unit_test_teardown(test_bad_plans_are_refused, clean),
        cmocka_unit_test_teardown(test_steps_out_of_order_and_wrong_secrets, clean),
        cmocka_unit_test_teardown(test_too_few_inspectors_are_named, clean),
        cmocka_unit_test_teardown(test_a_draw_without_inspectors, clean),
        cmocka_unit_test_teardown(test_frame_proofs, clean),
    };
    return cmocka_run_group_tests(tests, prepare, NULL);
}
