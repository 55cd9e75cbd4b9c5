/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "etl/bundle/bundle.h"
#include "models/models.h"
#include "tests/unit/models/draw/sample.h"

enum { PATH_SIZE = 512 };

static struct sample sample;
static struct arena arena;
static struct error err;
static char base[PATH_SIZE];
static char folder[PATH_SIZE + 16];

static int prepare(void **state)
{
    (void)state;
    models_init();
    const char *temporary = getenv("TMPDIR");
    snprintf(base, sizeof base, "%s/heng-bundle-XXXXXX", temporary ? temporary : "/tmp");
    assert_non_null(mkdtemp(base));
    snprintf(folder, sizeof folder, "%s/bundle", base);
    arena_init(&arena, (size_t)1 << 26);
    sample_init(&sample, DIGEST_SHA256, BEACON_REHEARSAL);
    return 0;
}

static const char *path_of(const char *name)
{
    static char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void remove_extra(const char *name)
{
    assert_int_equal(unlink(path_of(name)), 0);
}

static int clean(void **state)
{
    (void)state;
    for (int i = 0; i < BUNDLE_FILE_COUNT; i++)
        unlink(path_of(bundle_rules[i].name));
    rmdir(folder);
    assert_int_equal(rmdir(base), 0); /* nothing half-written was left beside the bundle */
    arena_reset(&arena);
    return 0;
}

static void save_state(enum bundle_state state, struct bundle *bundle)
{
    sample_bundle(&sample, (struct text){NULL, 0}, state, &arena, bundle);
    assert_true(bundle_save(folder, bundle, &err));
}

static void test_round_trip_and_replacement(void **state)
{
    (void)state;
    for (enum bundle_state until = BUNDLE_COMMITTED; until <= BUNDLE_REVEALED; until++) {
        struct bundle saved;
        struct bundle loaded;
        save_state(until, &saved);
        assert_true(bundle_load(folder, &arena, &loaded, &err));
        for (int i = 0; i < BUNDLE_FILE_COUNT; i++) {
            assert_int_equal(saved.files[i].data == NULL, loaded.files[i].data == NULL);
            assert_true(text_equal(saved.files[i], loaded.files[i]));
        }
    }
    struct bundle loaded;
    struct verify_report report;
    assert_true(bundle_load(folder, &arena, &loaded, &err));
    assert_true(verify_bundle(&loaded, &arena, &report, &err));
}

static void test_an_empty_file_is_not_a_missing_one(void **state)
{
    (void)state;
    struct bundle bundle;
    save_state(BUNDLE_COMMITTED, &bundle);
    bundle.files[BUNDLE_RECUSALS].size = 0;
    assert_true(bundle_save(folder, &bundle, &err));
    assert_true(bundle_load(folder, &arena, &bundle, &err));
    assert_non_null(bundle.files[BUNDLE_RECUSALS].data);
    assert_int_equal(bundle.files[BUNDLE_RECUSALS].size, 0);
}

static void expect_refused(enum error_kind kind, const char *subject)
{
    struct bundle bundle;
    assert_false(bundle_load(folder, &arena, &bundle, &err));
    assert_int_equal(err.kind, kind);
    assert_string_equal(err.subject, subject);
}

static void test_what_is_not_a_plain_file_is_refused(void **state)
{
    (void)state;
    struct bundle bundle;
    save_state(BUNDLE_COMMITTED, &bundle);
    assert_int_equal(symlink("commit.txt", path_of("draw.txt")), 0);
    expect_refused(ERROR_INVALID, "draw.txt");
    remove_extra("draw.txt");
    assert_int_equal(mkfifo(path_of("draw.txt"), 0600), 0);
    expect_refused(ERROR_INVALID, "draw.txt");
    remove_extra("draw.txt");
    int file = open(path_of("notes.txt"), O_WRONLY | O_CREAT, 0600);
    assert_true(file >= 0);
    close(file);
    expect_refused(ERROR_INVALID, "notes.txt");
    remove_extra("notes.txt");
}

static void test_caps(void **state)
{
    (void)state;
    struct bundle bundle;
    save_state(BUNDLE_COMMITTED, &bundle);
    assert_int_equal(truncate(path_of("salt.txt"), 1 << 20), 0);
    expect_refused(ERROR_LIMIT, "salt.txt");
    struct arena small;
    arena_init(&small, 100);
    assert_false(bundle_load(folder, &small, &bundle, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    arena_reset(&small);
}

static void test_only_a_bundle_is_replaced(void **state)
{
    (void)state;
    struct bundle bundle;
    char other[2 * PATH_SIZE];
    save_state(BUNDLE_COMMITTED, &bundle);
    snprintf(other, sizeof other, "%s/other", base);
    assert_int_equal(mkdir(other, 0700), 0);
    assert_false(bundle_save(other, &bundle, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    assert_int_equal(rmdir(other), 0);
    assert_false(bundle_save("/nowhere/at/all", &bundle, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_false(bundle_load("/nowhere/at/all", &arena, &bundle, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_round_trip_and_replacement),
        cmocka_unit_test(test_an_empty_file_is_not_a_missing_one),
        cmocka_unit_test(test_what_is_not_a_plain_file_is_refused),
        cmocka_unit_test(test_caps),
        cmocka_unit_test(test_only_a_bundle_is_replaced),
    };
    return cmocka_run_group_tests(tests, prepare, clean);
}
