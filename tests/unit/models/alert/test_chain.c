/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/alert/chain.h"
#include "models/models.h"

static int set_up(void **state)
{
    (void)state;
    models_init();
    return 0;
}

static const unsigned char zeros[DIGEST_SIZE];

static void fire_fields(struct text fields[CHAIN_FIELD_COUNT])
{
    memset(fields, 0, CHAIN_FIELD_COUNT * sizeof fields[0]);
    fields[CHAIN_TRANSITION_ID] = TEXT_LITERAL("1");
    fields[CHAIN_ALERT_ID] = TEXT_LITERAL("7");
    fields[CHAIN_FINGERPRINT] =
        TEXT_LITERAL("abababababababababababababababababababababababababababababababab");
    fields[CHAIN_RULE_ID] = TEXT_LITERAL("complaint_surge");
    fields[CHAIN_EVENT] = TEXT_LITERAL("fire");
    fields[CHAIN_FROM_STATE] = TEXT_LITERAL("none");
    fields[CHAIN_TO_STATE] = TEXT_LITERAL("firing");
    fields[CHAIN_ACTOR] = TEXT_LITERAL("system");
    fields[CHAIN_EVIDENCE] = TEXT_LITERAL("{\"observed\":14}");
    fields[CHAIN_AS_OF] = TEXT_LITERAL("2026-06-30");
    fields[CHAIN_AT] = TEXT_LITERAL("2026-07-01T00:00:00.000000Z");
}

static void expect_hash(const unsigned char hash[DIGEST_SIZE], const char *expected)
{
    char hex[DIGEST_HEX_SIZE];
    text_hex(hash, DIGEST_SIZE, hex);
    assert_string_equal(hex, expected);
}

/* The expected hashes come from a separate program that follows the header's words. */
static void test_two_links(void **state)
{
    (void)state;
    struct text fields[CHAIN_FIELD_COUNT];
    unsigned char hash[DIGEST_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert_non_null(digest);
    fire_fields(fields);
    chain_hash(digest, zeros, fields, hash);
    expect_hash(hash, "de31dc38082868af42f01c4d91bac1dbf1ef702ab01b7d13e73ea2883681e752");

    fields[CHAIN_TRANSITION_ID] = TEXT_LITERAL("2");
    fields[CHAIN_EVENT] = TEXT_LITERAL("resolve");
    fields[CHAIN_FROM_STATE] = TEXT_LITERAL("firing");
    fields[CHAIN_TO_STATE] = TEXT_LITERAL("resolved");
    fields[CHAIN_ACTOR] = TEXT_LITERAL("王");
    fields[CHAIN_REASON] = TEXT_LITERAL("已核实");
    fields[CHAIN_VERDICT] = TEXT_LITERAL("true");
    fields[CHAIN_EVIDENCE] = fields[CHAIN_AS_OF] = (struct text){NULL, 0};
    fields[CHAIN_AT] = TEXT_LITERAL("2026-07-02T00:00:00.000000Z");
    chain_hash(digest, hash, fields, hash);
    expect_hash(hash, "29ea6ac0ccfd06d6d24a0247ff1e8db7f132df2658418a9b8b0717da7efeaaf0");
    digest_free(digest);
}

static void test_every_field_counts(void **state)
{
    (void)state;
    struct text fields[CHAIN_FIELD_COUNT];
    unsigned char hash[DIGEST_SIZE];
    unsigned char changed[DIGEST_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert_non_null(digest);
    fire_fields(fields);
    chain_hash(digest, zeros, fields, hash);
    for (int i = 0; i < CHAIN_FIELD_COUNT; i++) {
        struct text kept = fields[i];
        fields[i] = kept.data ? TEXT_LITERAL("x") : TEXT_LITERAL("");
        chain_hash(digest, zeros, fields, changed);
        assert_memory_not_equal(changed, hash, DIGEST_SIZE);
        fields[i] = kept;
    }
    unsigned char other[DIGEST_SIZE] = {1};
    chain_hash(digest, other, fields, changed);
    assert_memory_not_equal(changed, hash, DIGEST_SIZE);
    digest_free(digest);
}

/* What moves from one field into the next gives other bytes. */
static void test_fields_keep_apart(void **state)
{
    (void)state;
    struct text fields[CHAIN_FIELD_COUNT];
    unsigned char hashes[2][DIGEST_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert_non_null(digest);
    fire_fields(fields);
    fields[CHAIN_REASON] = TEXT_LITERAL("ab");
    fields[CHAIN_ASSIGNEE] = TEXT_LITERAL("c");
    chain_hash(digest, zeros, fields, hashes[0]);
    fields[CHAIN_REASON] = TEXT_LITERAL("a");
    fields[CHAIN_ASSIGNEE] = TEXT_LITERAL("bc");
    chain_hash(digest, zeros, fields, hashes[1]);
    assert_memory_not_equal(hashes[0], hashes[1], DIGEST_SIZE);
    digest_free(digest);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_two_links),
        cmocka_unit_test(test_every_field_counts),
        cmocka_unit_test(test_fields_keep_apart),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
