/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/draw/ticket.h"
#include "models/models.h"
#include "tests/unit/models/draw/vectors.h"

static int prepare(void **state)
{
    (void)state;
    models_init();
    return 0;
}

static void check_ticket(const struct ticket *ticket, const json_t *vector, const char *name)
{
    char hex[DIGEST_HEX_SIZE];
    text_hex(ticket->bytes, DIGEST_SIZE, hex);
    assert_string_equal(hex, vectors_text(vector, name).data);
}

static void check_vector(const json_t *vector, enum digest_alg alg)
{
    unsigned char commit[DIGEST_SIZE];
    unsigned char beacon[DIGEST_SIZE];
    unsigned char secret[DIGEST_SIZE];
    unsigned char key[DIGEST_SIZE];
    unsigned char expected[DIGEST_SIZE];
    vectors_digest(vector, "commit", commit);
    vectors_digest(vector, "beacon", beacon);
    vectors_digest(vector, "secret", secret);
    vectors_digest(vector, "K", expected);
    ticket_key(alg, commit, beacon, secret, key);
    assert_memory_equal(key, expected, DIGEST_SIZE);

    struct ticket_press press;
    struct error err;
    assert_true(ticket_open(&press, alg, key, &err));
    struct text entity = TEXT_LITERAL("91110000MA00000000X");
    struct ticket ticket = ticket_of(&press, TICKET_ENTITY, entity);
    check_ticket(&ticket, vector, "ticket0");
    char number[24];
    snprintf(number, sizeof number, "%" PRIu64, ticket_number(&ticket));
    assert_string_equal(number, vectors_text(vector, "u64_0").data);
    struct ticket pair = ticket_of_pair(&press, TEXT_LITERAL("inspector-017"), entity);
    check_ticket(&pair, vector, "pair");
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

/* A pair and an entity, or two splits of the same bytes, never share a ticket. */
static void test_subjects_do_not_run_together(void **state)
{
    (void)state;
    static const unsigned char key[DIGEST_SIZE] = {1};
    struct ticket_press press;
    struct error err;
    assert_true(ticket_open(&press, DIGEST_SHA256, key, &err));
    struct ticket a = ticket_of_pair(&press, TEXT_LITERAL("ab"), TEXT_LITERAL("c"));
    struct ticket b = ticket_of_pair(&press, TEXT_LITERAL("a"), TEXT_LITERAL("bc"));
    struct ticket c = ticket_of(&press, TICKET_ENTITY, (struct text){"ab\0c", 4});
    assert_memory_not_equal(&a, &b, sizeof a);
    assert_memory_not_equal(&a, &c, sizeof a);
    ticket_close(&press);
}

static void test_order_falls_back_to_the_identifier(void **state)
{
    (void)state;
    struct ticket low = {{1}};
    struct ticket high = {{2}};
    struct text a = TEXT_LITERAL("a");
    struct text ab = TEXT_LITERAL("ab");
    assert_true(ticket_compare(&low, ab, &high, a) < 0);
    assert_true(ticket_compare(&low, a, &low, ab) < 0);
    assert_true(ticket_compare(&low, ab, &low, a) > 0);
    assert_int_equal(ticket_compare(&low, a, &low, a), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reference_vectors),
        cmocka_unit_test(test_subjects_do_not_run_together),
        cmocka_unit_test(test_order_falls_back_to_the_identifier),
    };
    return cmocka_run_group_tests(tests, prepare, NULL);
}
