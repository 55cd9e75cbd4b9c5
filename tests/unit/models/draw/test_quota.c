/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/draw/quota.h"
#include "models/models.h"
#include "tests/unit/models/draw/vectors.h"

enum { STRATA = 4 };

/* The example of the definition. */
static const struct quota_stratum example[STRATA] = {
    {.name = {"A", 1}, .size = 1000, .rate_ppm = 12345},
    {.name = {"B", 1}, .size = 777, .rate_ppm = 50000},
    {.name = {"C", 1}, .size = 33, .rate_ppm = 250000},
    {.name = {"D", 1}, .size = 5, .rate_ppm = 100000}};

static int prepare(void **state)
{
    (void)state;
    models_init();
    return 0;
}

static void check_quotas(const struct quota_stratum *strata, const json_t *expected)
{
    assert_int_equal(json_array_size(expected), STRATA);
    for (size_t i = 0; i < STRATA; i++)
        assert_int_equal(strata[i].quota, json_integer_value(json_array_get(expected, i)));
}

static void check_vector(const json_t *vector, enum digest_alg alg)
{
    unsigned char key[DIGEST_SIZE];
    struct ticket_press press;
    struct error err;
    struct quota_stratum strata[STRATA];
    memcpy(strata, example, sizeof example);
    vectors_digest(vector, "K", key);
    assert_true(ticket_open(&press, alg, key, &err));
    assert_int_equal(quota_offset(&press), json_integer_value(json_object_get(vector, "quota_V")));
    assert_true(quota_fill(QUOTA_CONTROLLED, 0, &press, strata, STRATA, &err));
    check_quotas(strata, json_object_get(vector, "quota_n"));
    assert_true(quota_fill(QUOTA_CEIL, 0, &press, strata, STRATA, &err));
    check_quotas(strata, json_object_get(vector, "ceil_quota"));
    ticket_close(&press);
}

static void test_reference_vectors(void **state)
{
    (void)state;
    json_t *vectors = vectors_json("draw_vectors.json");
    if (!vectors)
        skip();
    check_vector(json_object_get(vectors, "sha256"), DIGEST_SHA256);
    check_vector(json_object_get(vectors, "sm3"), DIGEST_SM3);
    json_decref(vectors);
}

static void test_ceil_bounds(void **state)
{
    (void)state;
    struct quota_stratum strata[] = {
        {.name = {"a", 1}, .size = 100, .rate_ppm = 10001},
        {.name = {"b", 1}, .size = 100, .rate_ppm = 10000},
        {.name = {"c", 1}, .size = 100, .rate_ppm = 0, .min = 3},
        {.name = {"d", 1}, .size = 100, .rate_ppm = 500000, .max = 7},
        {.name = {"e", 1}, .size = 2, .rate_ppm = 0, .min = 3},
        {.name = {"f", 1}, .size = 0, .rate_ppm = 1000000},
        {.name = {"g", 1}, .size = 9, .rate_ppm = 1000000},
    };
    static const int64_t expected[] = {2, 1, 3, 7, 2, 0, 9};
    struct error err;
    assert_true(quota_check(QUOTA_CEIL, 0, strata, 7, &err));
    quota_ceil(strata, 7);
    for (size_t i = 0; i < 7; i++)
        assert_int_equal(strata[i].quota, expected[i]);
}

/* Over every offset the mean is exactly size * rate, each count is a floor or a ceiling, and so
 * is the total. */
static void test_controlled_is_unbiased(void **state)
{
    (void)state;
    struct quota_stratum strata[STRATA];
    memcpy(strata, example, sizeof example);
    int64_t sums[STRATA] = {0};
    int64_t mass = 0;
    for (size_t i = 0; i < STRATA; i++)
        mass += example[i].size * example[i].rate_ppm;
    for (int64_t offset = 0; offset < QUOTA_PPM; offset++) {
        int64_t total = 0;
        quota_controlled(strata, STRATA, offset);
        for (size_t i = 0; i < STRATA; i++) {
            int64_t floor = strata[i].size * strata[i].rate_ppm / QUOTA_PPM;
            assert_true(strata[i].quota == floor || strata[i].quota == floor + 1);
            sums[i] += strata[i].quota;
            total += strata[i].quota;
        }
        assert_true(total == mass / QUOTA_PPM || total == mass / QUOTA_PPM + 1);
    }
    for (size_t i = 0; i < STRATA; i++)
        assert_int_equal(sums[i], example[i].size * example[i].rate_ppm);
}

/* The mean over keys: within four standard errors of size * rate. */
static void test_controlled_mean_over_keys(void **state)
{
    (void)state;
    enum { KEYS = 20000 };
    int64_t sums[STRATA] = {0};
    struct quota_stratum strata[STRATA];
    struct error err;
    memcpy(strata, example, sizeof example);
    for (uint32_t i = 0; i < KEYS; i++) {
        unsigned char key[DIGEST_SIZE] = {0};
        struct ticket_press press;
        memcpy(key, &i, sizeof i);
        assert_true(ticket_open(&press, DIGEST_SHA256, key, &err));
        assert_true(quota_fill(QUOTA_CONTROLLED, 0, &press, strata, STRATA, &err));
        ticket_close(&press);
        for (size_t h = 0; h < STRATA; h++)
            sums[h] += strata[h].quota;
    }
    for (size_t h = 0; h < STRATA; h++) {
        double target = (double)(example[h].size * example[h].rate_ppm) / QUOTA_PPM;
        double fraction = target - (double)(int64_t)target;
        double variance = fraction * (1 - fraction) / KEYS;
        double difference = (double)sums[h] / KEYS - target;
        assert_true(difference * difference <= 16 * variance);
    }
}

static void test_hamilton(void **state)
{
    (void)state;
    struct quota_stratum strata[] = {
        {.name = {"a", 1}, .size = 10, .rate_ppm = 100000},
        {.name = {"b", 1}, .size = 10, .rate_ppm = 100000},
        {.name = {"c", 1}, .size = 40, .rate_ppm = 100000},
    };
    struct error err;
    assert_true(quota_hamilton(strata, 3, 10, &err)); /* shares 1.67, 1.67, 6.67: tie by name */
    assert_int_equal(strata[0].quota, 2);
    assert_int_equal(strata[1].quota, 2);
    assert_int_equal(strata[2].quota, 6);
    assert_true(quota_hamilton(strata, 3, 0, &err));
    assert_int_equal(strata[2].quota, 0);
    assert_false(quota_hamilton(strata, 3, 61, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    strata[0].rate_ppm = strata[1].rate_ppm = strata[2].rate_ppm = 0;
    assert_false(quota_hamilton(strata, 3, 1, &err));
}

static void test_nonsense_is_refused(void **state)
{
    (void)state;
    struct error err;
    struct quota_stratum good[2] = {{.name = {"a", 1}, .size = 5, .rate_ppm = 1},
                                    {.name = {"b", 1}, .size = 5, .rate_ppm = 1}};
    assert_true(quota_check(QUOTA_CEIL, 0, good, 2, &err));
    assert_false(quota_check(QUOTA_CEIL, 0, good, 0, &err));
    assert_false(quota_check(QUOTA_CEIL, 4, good, 2, &err));
    struct quota_stratum bad[2];
    memcpy(bad, good, sizeof good);
    bad[1].name = bad[0].name;
    assert_false(quota_check(QUOTA_CEIL, 0, bad, 2, &err));
    memcpy(bad, good, sizeof good);
    bad[0].rate_ppm = QUOTA_PPM + 1;
    assert_false(quota_check(QUOTA_CEIL, 0, bad, 2, &err));
    bad[0].rate_ppm = -1;
    assert_false(quota_check(QUOTA_CEIL, 0, bad, 2, &err));
    memcpy(bad, good, sizeof good);
    bad[0].min = 3;
    bad[0].max = 2;
    assert_false(quota_check(QUOTA_CEIL, 0, bad, 2, &err));
    bad[0].max = 0;
    assert_true(quota_check(QUOTA_CEIL, 0, bad, 2, &err));
    assert_false(quota_check(QUOTA_CONTROLLED, 0, bad, 2, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_vectors),
        cmocka_unit_test(test_ceil_bounds),
        cmocka_unit_test(test_controlled_is_unbiased),
        cmocka_unit_test(test_controlled_mean_over_keys),
        cmocka_unit_test(test_hamilton),
        cmocka_unit_test(test_nonsense_is_refused),
    };
    return cmocka_run_group_tests(tests, prepare, NULL);
}
