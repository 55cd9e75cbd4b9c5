/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/draw/pareto.h"
#include "models/models.h"
#include "tests/unit/models/draw/vectors.h"

enum { FRAME = 1000, SAMPLE = 50 };

static int prepare(void **state)
{
    (void)state;
    models_init();
    return 0;
}

static void check_key(selection_key key, const json_t *vector, const char *name)
{
    char decimal[24];
    snprintf(decimal, sizeof decimal, "%" PRIu64, (uint64_t)key);
    assert_true(key <= UINT64_MAX);
    assert_string_equal(decimal, vectors_text(vector, name).data);
}

static void check_vector(const json_t *vector, enum digest_alg alg)
{
    static char names[FRAME][24];
    int64_t weights[FRAME];
    uint64_t shares[FRAME];
    size_t certain;
    struct arena arena;
    struct ticket_press press;
    struct error err;
    struct selection selection;
    unsigned char key[DIGEST_SIZE];
    for (int i = 0; i < FRAME; i++)
        weights[i] = 1 + i % 7;
    assert_true(pareto_shares(weights, FRAME, SAMPLE, shares, &certain, &err));
    assert_int_equal(certain, 0);
    arena_init(&arena, 1 << 20);
    vectors_digest(vector, "K", key);
    assert_true(ticket_open(&press, alg, key, &err));
    assert_true(selection_init(&selection, SAMPLE, &arena, &err));
    for (size_t i = 0; i < FRAME; i++) {
        snprintf(names[i], sizeof names[i], "91110000MA%08zuX", i);
        struct selected item = {.id = text_of(names[i]), .index = i};
        item.ticket = ticket_of(&press, TICKET_ENTITY, item.id);
        item.key = pareto_key(ticket_number(&item.ticket), shares[i]);
        if (i == 0)
            check_key(item.key, vector, "pareto_key0");
        selection_offer(&selection, &item);
    }
    selection_sort(&selection);
    const json_t *expected = json_object_get(vector, "pareto50");
    for (size_t i = 0; i < SAMPLE; i++)
        assert_true(text_is(selection.items[i].id, json_string_value(json_array_get(expected, i))));
    check_key(selection.items[SAMPLE - 1].key, vector, "pareto_threshold");
    ticket_close(&press);
    arena_reset(&arena);
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

/* Belgian municipalities: inclusion probabilities in proportion to size, the largest certain. */
static void check_belgian(const char *name, size_t wanted)
{
    enum { ROOM = 1000 };
    static int64_t weights[ROOM];
    static double expected[ROOM];
    static uint64_t shares[ROOM];
    FILE *file = vectors_open(name);
    if (!file)
        skip();
    char line[256];
    size_t count = 0;
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file)) {
        assert_true(count < ROOM);
        char *size = strchr(line, ',');
        assert_non_null(size);
        char *share = NULL;
        weights[count] = strtoll(size + 1, &share, 10);
        assert_int_equal(*share, ',');
        expected[count++] = strtod(share + 1, NULL);
    }
    fclose(file);
    assert_true(count > 500);
    size_t certain;
    struct error err;
    assert_true(pareto_shares(weights, count, wanted, shares, &certain, &err));
    size_t ones = 0;
    for (size_t i = 0; i < count; i++) {
        double difference = (double)shares[i] / (double)PARETO_ONE - expected[i];
        assert_true(difference < 1e-9 && difference > -1e-9);
        ones += shares[i] == PARETO_CERTAIN;
    }
    assert_int_equal(ones, certain);
    assert_true(certain > 0);
}

static void test_belgian_50(void **state)
{
    (void)state;
    check_belgian("pps_inclusionprob_belgian_n50.csv", 50);
}

static void test_belgian_150(void **state)
{
    (void)state;
    check_belgian("pps_inclusionprob_belgian_n150.csv", 150);
}

static void test_everybody_and_nobody(void **state)
{
    (void)state;
    static const int64_t weights[] = {1, 5, 100};
    uint64_t shares[3];
    size_t certain;
    struct error err;
    assert_true(pareto_shares(weights, 3, 3, shares, &certain, &err));
    assert_int_equal(certain, 3);
    assert_true(pareto_shares(weights, 3, 0, shares, &certain, &err));
    assert_int_equal(certain, 0);
    assert_int_equal(shares[2], 1);
    assert_false(pareto_shares(weights, 3, 4, shares, &certain, &err));
    assert_false(pareto_shares((const int64_t[]){0}, 1, 1, shares, &certain, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_vectors),
        cmocka_unit_test(test_belgian_50),
        cmocka_unit_test(test_belgian_150),
        cmocka_unit_test(test_everybody_and_nobody),
    };
    return cmocka_run_group_tests(tests, prepare, NULL);
}
