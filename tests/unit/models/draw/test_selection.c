/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/draw/selection.h"
#include "models/models.h"
#include "tests/unit/models/draw/vectors.h"

enum { FRAME = 1000, SAMPLE = 50 };

static char names[FRAME][24];

static int prepare(void **state)
{
    (void)state;
    models_init();
    for (int i = 0; i < FRAME; i++)
        snprintf(names[i], sizeof names[i], "91110000MA%08dX", i);
    return 0;
}

/* Offers the first `frame` names, the i-th at place i * stride modulo frame. */
static void select_names(struct selection *selection, struct ticket_press *press, size_t frame,
                         size_t wanted, size_t stride, struct arena *arena)
{
    struct error err;
    assert_true(selection_init(selection, wanted, arena, &err));
    for (size_t i = 0; i < frame; i++) {
        size_t index = i * stride % frame;
        struct selected item = {.id = text_of(names[index]), .index = index};
        item.ticket = ticket_of(press, TICKET_ENTITY, item.id);
        selection_offer(selection, &item);
    }
    selection_sort(selection);
}

static void check_vector(const json_t *vector, enum digest_alg alg)
{
    struct arena arena;
    struct ticket_press press;
    struct error err;
    struct selection selection;
    unsigned char key[DIGEST_SIZE];
    arena_init(&arena, 1 << 20);
    vectors_digest(vector, "K", key);
    assert_true(ticket_open(&press, alg, key, &err));
    select_names(&selection, &press, FRAME, SAMPLE, 1, &arena);
    const json_t *expected = json_object_get(vector, "srs50");
    char lines[SAMPLE * 24];
    size_t size = 0;
    assert_int_equal(selection.count, SAMPLE);
    for (size_t i = 0; i < SAMPLE; i++) {
        struct text id = selection.items[i].id;
        assert_true(text_is(id, json_string_value(json_array_get(expected, i))));
        memcpy(lines + size, id.data, id.size);
        size += id.size;
        lines[size++] = '\n';
    }
    unsigned char found[DIGEST_SIZE];
    unsigned char list[DIGEST_SIZE];
    digest_of(DIGEST_SHA256, lines, size, found);
    vectors_digest(vector, "sel_sha256", list);
    assert_memory_equal(found, list, DIGEST_SIZE);
    vectors_digest(vector, "srs50_threshold", found);
    assert_memory_equal(selection.items[SAMPLE - 1].ticket.bytes, found, DIGEST_SIZE);
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

static void test_samples_are_nested_and_independent_of_order(void **state)
{
    (void)state;
    static const unsigned char key[DIGEST_SIZE] = {3};
    struct arena arena;
    struct ticket_press press;
    struct error err;
    struct selection all;
    arena_init(&arena, 1 << 22);
    assert_true(ticket_open(&press, DIGEST_SHA256, key, &err));
    select_names(&all, &press, FRAME, FRAME, 1, &arena);
    for (size_t wanted = 0; wanted <= FRAME; wanted += 83) {
        struct selection part;
        select_names(&part, &press, FRAME, wanted, 7, &arena);
        assert_int_equal(part.count, wanted);
        for (size_t i = 0; i < wanted; i++)
            assert_int_equal(part.items[i].index, all.items[i].index);
    }
    struct selection more;
    select_names(&more, &press, 10, 20, 1, &arena);
    assert_int_equal(more.count, 10);
    ticket_close(&press);
    arena_reset(&arena);
}

static void test_key_precedes_ticket_precedes_identifier(void **state)
{
    (void)state;
    struct arena arena;
    struct error err;
    struct selection selection;
    arena_init(&arena, 1 << 20);
    const struct selected items[] = {
        {.key = 1, .ticket = {{0}}, .id = {"a", 1}, .index = 3},
        {.key = 0, .ticket = {{9}}, .id = {"a", 1}, .index = 2},
        {.key = 0, .ticket = {{1}}, .id = {"ab", 2}, .index = 1},
        {.key = 0, .ticket = {{1}}, .id = {"a", 1}, .index = 0},
    };
    assert_true(selection_init(&selection, 4, &arena, &err));
    for (size_t i = 0; i < 4; i++)
        selection_offer(&selection, &items[i]);
    selection_sort(&selection);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(selection.items[i].index, i);
    arena_reset(&arena);
}

/* 20,000 draws of 20 from 400: the counts of inclusion against their expectation. X2 times
 * (N-1)/N is chi-squared with N-1 degrees of freedom; 512 and 302 are its 0.9999 and 0.0001
 * quantiles for 399. */
static void test_inclusion_is_uniform(void **state)
{
    (void)state;
    enum { SEEDS = 20000, SMALL_FRAME = 400, SMALL_SAMPLE = 20 };
    int64_t counts[SMALL_FRAME] = {0};
    struct arena arena;
    struct error err;
    arena_init(&arena, 1 << 20);
    for (uint32_t seed = 0; seed < SEEDS; seed++) {
        unsigned char key[DIGEST_SIZE] = {0};
        struct ticket_press press;
        struct selection selection;
        memcpy(key, &seed, sizeof seed);
        assert_true(ticket_open(&press, DIGEST_SHA256, key, &err));
        select_names(&selection, &press, SMALL_FRAME, SMALL_SAMPLE, 1, &arena);
        for (size_t i = 0; i < SMALL_SAMPLE; i++)
            counts[selection.items[i].index]++;
        ticket_close(&press);
        arena_reset(&arena);
    }
    double share = (double)SMALL_SAMPLE / SMALL_FRAME;
    double sum = 0;
    for (size_t i = 0; i < SMALL_FRAME; i++) {
        double difference = (double)counts[i] - SEEDS * share;
        sum += difference * difference / (SEEDS * share * (1 - share));
    }
    sum *= (double)(SMALL_FRAME - 1) / SMALL_FRAME;
    assert_true(sum < 512);
    assert_true(sum > 302); /* too even is not random either */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_vectors),
        cmocka_unit_test(test_samples_are_nested_and_independent_of_order),
        cmocka_unit_test(test_key_precedes_ticket_precedes_identifier),
        cmocka_unit_test(test_inclusion_is_uniform),
    };
    return cmocka_run_group_tests(tests, prepare, NULL);
}
