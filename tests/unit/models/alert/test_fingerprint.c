/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "models/alert/fingerprint.h"
#include "models/models.h"

static int set_up(void **state)
{
    (void)state;
    models_init();
    return 0;
}

static struct fingerprint_label label(const char *key, const char *value)
{
    return (struct fingerprint_label){text_of(key), text_of(value)};
}

static void test_bytes_that_are_hashed(void **state)
{
    (void)state;
    const struct fingerprint_label labels[] = {label("region_code", "500103"),
                                               label("industry_section", "H")};
    static const char expected[] = "industry_section=H\nregion_code=500103\nrule=surge\n";
    unsigned char found[DIGEST_SIZE];
    unsigned char wanted[DIGEST_SIZE];
    struct error err;
    assert_true(fingerprint_of(TEXT_LITERAL("surge"), labels, 2, found, &err));
    digest_of(DIGEST_SHA256, expected, sizeof expected - 1, wanted);
    assert_memory_equal(found, wanted, DIGEST_SIZE);
    const struct fingerprint_label swapped[] = {labels[1], labels[0]};
    assert_true(fingerprint_of(TEXT_LITERAL("surge"), swapped, 2, found, &err));
    assert_memory_equal(found, wanted, DIGEST_SIZE);
    assert_true(fingerprint_of(TEXT_LITERAL("other"), swapped, 2, found, &err));
    assert_memory_not_equal(found, wanted, DIGEST_SIZE);
}

static void test_values_cannot_forge_a_line(void **state)
{
    (void)state;
    static const char *const values[] = {"1\nb=2", "1\\nb=2", "1\\\nb=2", "1"};
    unsigned char found[4][DIGEST_SIZE];
    struct error err;
    for (int i = 0; i < 4; i++) {
        const struct fingerprint_label labels[] = {label("a", values[i]), label("b", "2")};
        assert_true(fingerprint_of(TEXT_LITERAL("r"), labels, i == 3 ? 2 : 1, found[i], &err));
        for (int j = 0; j < i; j++)
            assert_memory_not_equal(found[i], found[j], DIGEST_SIZE);
    }
}

static void test_wrong_labels_are_refused(void **state)
{
    (void)state;
    static const char *const keys[] = {"", "a=b", "a\n", "Region", "rule", "twice"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        const struct fingerprint_label labels[] = {label("twice", "1"), label(keys[i], "1")};
        unsigned char found[DIGEST_SIZE];
        struct error err;
        assert_false(fingerprint_of(TEXT_LITERAL("r"), labels, 2, found, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
    }
    struct fingerprint_label many[FINGERPRINT_LABELS_CAP + 1] = {0};
    unsigned char found[DIGEST_SIZE];
    struct error err;
    assert_false(fingerprint_of(TEXT_LITERAL("r"), many, FINGERPRINT_LABELS_CAP + 1, found, &err));
    assert_string_equal(err.message, "an alert has at most 16 labels, found 17");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_bytes_that_are_hashed),
        cmocka_unit_test(test_values_cannot_forge_a_line),
        cmocka_unit_test(test_wrong_labels_are_refused),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
