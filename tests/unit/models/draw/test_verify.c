/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "models/models.h"
#include "tests/unit/models/draw/sample.h"

enum { POSITIONS = 150 };

static struct sample sample;
static struct bundle sound;
static struct arena sound_arena;
static struct arena arena;

static int prepare(void **state)
{
    (void)state;
    models_init();
    arena_init(&sound_arena, (size_t)1 << 26);
    arena_init(&arena, (size_t)1 << 26);
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    sample_bundle(&sample, (struct text){NULL, 0}, BUNDLE_REVEALED, &sound_arena, &sound);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    arena_reset(&sound_arena);
    arena_reset(&arena);
    return 0;
}

static void expect_invalid(const struct bundle *bundle, enum bundle_file file)
{
    struct verify_report report;
    struct error err = {.message = ""};
    assert_false(verify_bundle(bundle, &arena, &report, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_string_equal(err.subject, bundle_rules[file].name);
    assert_true(strlen(err.message) > 10);
    arena_reset(&arena);
}

static void test_any_changed_byte_is_named(void **state)
{
    (void)state;
    for (int file = 0; file < BUNDLE_FILE_COUNT; file++) {
        struct text content = sound.files[file];
        size_t step = content.size / POSITIONS + 1;
        for (size_t at = 0; at < content.size; at += step) {
            struct bundle changed = sound;
            char *copy = arena_copy(&arena, content.data, content.size);
            assert_non_null(copy);
            copy[at] ^= (char)(1 << at % 7);
            changed.files[file].data = copy;
            expect_invalid(&changed, (enum bundle_file)file);
        }
    }
}

static void test_truncation_is_named(void **state)
{
    (void)state;
    for (int file = 0; file < BUNDLE_FILE_COUNT; file++) {
        size_t step = sound.files[file].size / 12 + 1;
        for (size_t size = 0; size < sound.files[file].size; size += step) {
            struct bundle changed = sound;
            changed.files[file].size = size;
            expect_invalid(&changed, (enum bundle_file)file);
        }
    }
}

/* Without a file of an earlier state the bundle is invalid; without reveal.txt the log still
 * knows of a reveal. */
static void test_missing_file_is_named(void **state)
{
    (void)state;
    for (int file = 0; file < BUNDLE_FILE_COUNT; file++) {
        struct bundle changed = sound;
        changed.files[file] = (struct text){NULL, 0};
        expect_invalid(&changed, file == BUNDLE_REVEAL ? BUNDLE_LOG : (enum bundle_file)file);
    }
}

static void test_added_lines_are_named(void **state)
{
    (void)state;
    for (int file = 0; file < BUNDLE_FILE_COUNT; file++) {
        struct bundle changed = sound;
        size_t size = sound.files[file].size;
        char *copy = arena_copy(&arena, sound.files[file].data, size);
        assert_non_null(copy);
        copy[size] = '\n'; /* arena_copy leaves room for one byte more */
        changed.files[file] = (struct text){copy, size + 1};
        expect_invalid(&changed, (enum bundle_file)file);
    }
}

/* Another secret with a record, a key and a log that fit each other. */
static void test_a_consistent_forgery_is_found(void **state)
{
    (void)state;
    struct bundle forged = sound;
    struct docket docket;
    struct ledger_draw draw;
    struct ledger_reveal reveal;
    struct error err = {.message = ""};
    assert_true(docket_read(&sound, &arena, &docket, &err));
    assert_true(ledger_read_draw(sound.files[BUNDLE_DRAW], &draw, &err));
    assert_true(ledger_read_reveal(sound.files[BUNDLE_REVEAL], &reveal, &err));
    reveal.secret[0] ^= 1;
    ticket_key(DIGEST_SHA256, docket.commit_hash, draw.beacon, reveal.secret, reveal.key);
    assert_true(ledger_write_reveal(&reveal, &arena, &forged.files[BUNDLE_REVEAL], &err));
    assert_true(ledger_hash(DIGEST_SHA256, reveal.log_previous, forged.files[BUNDLE_REVEAL],
                            docket.log.entries[BUNDLE_REVEALED], &err));
    assert_true(
        ledger_write_log(&docket.log, DIGEST_SHA256, &arena, &forged.files[BUNDLE_LOG], &err));
    struct verify_report report;
    assert_false(verify_bundle(&forged, &arena, &report, &err));
    assert_int_equal(err.kind, ERROR_INVALID);
    assert_string_equal(err.subject, "reveal.txt");
    assert_non_null(strstr(err.message, "secret"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_any_changed_byte_is_named),
        cmocka_unit_test(test_truncation_is_named),
        cmocka_unit_test(test_missing_file_is_named),
        cmocka_unit_test(test_added_lines_are_named),
        cmocka_unit_test(test_a_consistent_forgery_is_found),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
