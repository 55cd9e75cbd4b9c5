/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/audit_entry.h"
#include "models/models.h"

enum { ENTRIES = 20 };

static void make_chain(struct audit_entry *chain, int count)
{
    static char numbers[ENTRIES][8];
    unsigned char previous[DIGEST_SIZE] = {0};
    for (int i = 0; i < count; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%d", i);
        chain[i] = (struct audit_entry){.sequence = i + 1,
                                        .at = TEXT_LITERAL("2026-01-02T03:04:05Z"),
                                        .actor = TEXT_LITERAL("审计"),
                                        .action = TEXT_LITERAL("entity.view"),
                                        .subject = text_of(numbers[i]),
                                        .detail = TEXT_LITERAL(""),
                                        .request_id = TEXT_LITERAL("r")};
        memcpy(chain[i].previous_hash, previous, DIGEST_SIZE);
        audit_entry_hash(&chain[i], chain[i].hash);
        memcpy(previous, chain[i].hash, DIGEST_SIZE);
    }
}

/* The number of the first bad entry, 0 when the chain is whole. */
static int64_t first_bad(const struct audit_entry *chain, int count, const struct audit_entry *head,
                         const struct audit_entry *exported)
{
    struct audit_check check;
    struct error err = {.kind = ERROR_NONE};
    audit_check_init(&check);
    if (exported)
        audit_check_expect(&check, exported->sequence, exported->hash);
    bool good = true;
    for (int i = 0; good && i < count; i++)
        good = audit_check_next(&check, &chain[i], &err);
    if (good)
        good = audit_check_end(&check, head->sequence, head->hash, &err);
    int64_t number = 0;
    if (good)
        return 0;
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_true(text_to_i64(text_of(err.subject), &number));
    return number;
}

static void hashes_the_stated_bytes(void **state)
{
    (void)state;
    /* printf 'heng-audit-1\n' + 32 NUL + '1:1\n20:2026-01-02T03:04:05Z\n6:审计\n11:entity.view\n
     * 1:0\n0:\n1:r\n' | sha256sum, computed apart from this program */
    struct audit_entry chain[1];
    char hex[DIGEST_HEX_SIZE];
    make_chain(chain, 1);
    text_hex(chain[0].hash, DIGEST_SIZE, hex);
    assert_string_equal(hex, "4f960eb8ae636a2e0a127b09e0801cbfd990d46d2c61f3dca2dbd2ed46bda968");
}

static void finds_every_breach(void **state)
{
    (void)state;
    struct audit_entry chain[ENTRIES];
    make_chain(chain, ENTRIES);
    assert_int_equal(first_bad(chain, ENTRIES, &chain[ENTRIES - 1], &chain[7]), 0);
    for (int i = 0; i < ENTRIES; i++) {
        struct audit_entry copy[ENTRIES];
        memcpy(copy, chain, sizeof copy);
        copy[i].detail = TEXT_LITERAL("x"); /* change */
        assert_int_equal(first_bad(copy, ENTRIES, &chain[ENTRIES - 1], NULL), i + 1);
        audit_entry_hash(&copy[i], copy[i].hash); /* change with its own hash mended */
        assert_int_equal(first_bad(copy, ENTRIES, &chain[ENTRIES - 1], NULL),
                         i + 1 < ENTRIES ? i + 2 : ENTRIES);
        memcpy(copy, chain, sizeof copy);
        memmove(&copy[i], &copy[i + 1], sizeof copy[0] * (size_t)(ENTRIES - 1 - i)); /* delete */
        assert_int_equal(first_bad(copy, ENTRIES - 1, &chain[ENTRIES - 1], NULL), i + 1);
    }
}

static void finds_insertion_order_and_truncation(void **state)
{
    (void)state;
    struct audit_entry chain[ENTRIES];
    struct audit_entry copy[ENTRIES];
    make_chain(chain, ENTRIES);
    memcpy(copy, chain, sizeof copy);
    copy[5] = chain[4]; /* an entry twice */
    assert_int_equal(first_bad(copy, ENTRIES, &chain[ENTRIES - 1], NULL), 6);
    copy[5] = chain[6];
    copy[6] = chain[5]; /* two changed about */
    assert_int_equal(first_bad(copy, ENTRIES, &chain[ENTRIES - 1], NULL), 6);
    assert_int_equal(first_bad(chain, 10, &chain[ENTRIES - 1], NULL), 11);
    /* Truncated with the stored head set back: only an exported head tells. */
    assert_int_equal(first_bad(chain, 10, &chain[9], NULL), 0);
    assert_int_equal(first_bad(chain, 10, &chain[9], &chain[15]), 11);
    /* The whole chain written anew. */
    copy[0] = chain[0];
    copy[0].detail = TEXT_LITERAL("other");
    audit_entry_hash(&copy[0], copy[0].hash);
    assert_int_equal(first_bad(copy, 1, &copy[0], NULL), 0);
    assert_int_equal(first_bad(copy, 1, &copy[0], &chain[0]), 1);
}

static void tells_fields_apart(void **state)
{
    (void)state;
    unsigned char one[DIGEST_SIZE];
    unsigned char two[DIGEST_SIZE];
    struct audit_entry a = {
        .sequence = 1, .actor = TEXT_LITERAL("ab"), .action = TEXT_LITERAL("c")};
    struct audit_entry b = {
        .sequence = 1, .actor = TEXT_LITERAL("a"), .action = TEXT_LITERAL("bc")};
    a.at = b.at = a.subject = b.subject = a.detail = b.detail = a.request_id = b.request_id =
        TEXT_LITERAL("");
    audit_entry_hash(&a, one);
    audit_entry_hash(&b, two);
    assert_memory_not_equal(one, two, DIGEST_SIZE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hashes_the_stated_bytes),
        cmocka_unit_test(finds_every_breach),
        cmocka_unit_test(finds_insertion_order_and_truncation),
        cmocka_unit_test(tells_fields_apart),
    };
    models_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
