/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "etl/load/manifest.h"

enum { ARENA_CAP = 8 * 1024 * 1024, PATH_SIZE = 128 };

static char folder[] = "/tmp/heng-unit-XXXXXX";
static char path[PATH_SIZE];
static struct arena arena;

static void write_manifest(const char *bytes, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static bool read_text(const char *text, struct manifest *manifest, struct error *err)
{
    write_manifest(text, strlen(text));
    return manifest_read(folder, &arena, manifest, err);
}

static void expect_path(const char *found, const char *name)
{
    char expected[PATH_SIZE];
    snprintf(expected, sizeof expected, "%s/%s", folder, name);
    assert_string_equal(found, expected);
}

static void test_files_in_their_order(void **state)
{
    (void)state;
    struct manifest manifest;
    struct error err;
    if (!read_text(
            "{\"manifest\": \"heng-manifest-1\", \"files\": ["
            "{\"mapping\": \"mapping/b.json\", \"file\": \"b.csv\"},"
            "{\"mapping\": \"a.json\", \"file\": \"sub/a.csv.gz\", \"known_on\": \"2026-06-30\"},"
            "{\"mapping\": \"a.json\", \"file\": \"..b.csv\", \"known_on\": null}]}",
            &manifest, &err))
        fail_msg("%s", err.message);
    assert_int_equal(manifest.count, 3);
    expect_path(manifest.files[0].mapping, "mapping/b.json");
    expect_path(manifest.files[0].path, "b.csv");
    assert_int_equal(manifest.files[0].known_on, DAY_NONE);
    expect_path(manifest.files[1].path, "sub/a.csv.gz");
    day expected;
    assert_true(day_parse(TEXT_LITERAL("2026-06-30"), &expected));
    assert_int_equal(manifest.files[1].known_on, expected);
    expect_path(manifest.files[2].path, "..b.csv");
    assert_int_equal(manifest.files[2].known_on, DAY_NONE);
}

static void test_errors_name_the_place(void **state)
{
    (void)state;
#define FILES(files) "{\"manifest\": \"heng-manifest-1\", \"files\": " files "}"
    static const struct {
        const char *text;
        const char *message;
    } cases[] = {
        {"[]", "expected an object"},
        {"{", "not valid JSON at line 1"},
        {"{\"files\": []}", "manifest: expected a string, found nothing"},
        {"{\"manifest\": \"heng-manifest-1\"}", "files: expected an array, found nothing"},
        {"{\"manifest\": \"heng-manifest-2\", \"files\": []}",
         "manifest: expected \"heng-manifest-1\", found \"heng-manifest-2\""},
        {"{\"manifest\": \"heng-manifest-1\", \"files\": [], \"order\": 1}",
         "unknown member \"order\""},
        {FILES("[]"), "files: expected at least one file"},
        {FILES("{}"), "files: expected an array, found an object"},
        {FILES("[\"a.csv\"]"), "files[0]: expected an object"},
        {FILES("[{\"mapping\": \"a\", \"file\": \"b\"}, {\"mapping\": \"a\"}]"),
         "files[1].file: expected a string, found nothing"},
        {FILES("[{\"file\": \"a\"}]"), "files[0].mapping: expected a string, found nothing"},
        {FILES("[{\"mapping\": 1, \"file\": \"a\"}]"),
         "files[0].mapping: expected a string, found an integer"},
        {FILES("[{\"mapping\": \"a\", \"file\": \"b\", \"known_at\": \"2026-06-30\"}]"),
         "files[0]: unknown member \"known_at\""},
        {FILES("[{\"mapping\": \"a\", \"file\": \"b\", \"known_on\": \"2026-06-31\"}]"),
         "files[0].known_on: expected a date YYYY-MM-DD that exists, found \"2026-06-31\""},
        {FILES("[{\"mapping\": \"\", \"file\": \"b\"}]"),
         "files[0]: mapping: expected a path inside the folder, found \"\""},
        {FILES("[{\"mapping\": \"/etc/a\", \"file\": \"b\"}]"),
         "files[0]: mapping: expected a path inside the folder, found \"/etc/a\""},
        {FILES("[{\"mapping\": \"a\", \"file\": \"../b\"}]"),
         "files[0]: file: expected a path inside the folder, found \"../b\""},
        {FILES("[{\"mapping\": \"a\", \"file\": \"x/../../b\"}]"),
         "files[0]: file: expected a path inside the folder, found \"x/../../b\""},
        {FILES("[{\"mapping\": \"a\", \"file\": \"..\"}]"),
         "files[0]: file: expected a path inside the folder, found \"..\""},
        {FILES("[{\"mapping\": \"a\", \"file\": \"x/..\"}]"),
         "files[0]: file: expected a path inside the folder, found \"x/..\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct manifest manifest;
        struct error err;
        if (read_text(cases[i].text, &manifest, &err))
            fail_msg("should be refused: %s", cases[i].text);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_string_equal(err.subject, path);
        if (!strstr(err.message, cases[i].message))
            fail_msg("expected \"%s\", found \"%s\"", cases[i].message, err.message);
    }
}

static void test_a_folder_without_a_manifest(void **state)
{
    (void)state;
    struct manifest manifest;
    struct error err;
    unlink(path);
    assert_false(manifest_read(folder, &arena, &manifest, &err));
    assert_int_equal(err.kind, ERROR_IO);
    assert_string_equal(err.subject, path);
}

static void test_caps(void **state)
{
    (void)state;
    static char text[MANIFEST_BYTES_CAP + 2];
    struct manifest manifest;
    struct error err;
    size_t used =
        (size_t)snprintf(text, sizeof text, "{\"manifest\": \"heng-manifest-1\", \"files\": [");
    for (int i = 0; i <= MANIFEST_FILES_CAP; i++)
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 "%s{\"mapping\": \"m\", \"file\": \"f\"}", i ? "," : "");
    snprintf(text + used, sizeof text - used, "]}");
    assert_false(read_text(text, &manifest, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_string_equal(err.message, "at most 1000 files, found 1001");

    memset(text, ' ', sizeof text);
    write_manifest(text, MANIFEST_BYTES_CAP + 1);
    assert_false(manifest_read(folder, &arena, &manifest, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
}

static int set_up(void **state)
{
    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/manifest.json", folder);
    arena_init(&arena, ARENA_CAP);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    arena_reset(&arena);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files_in_their_order),
        cmocka_unit_test(test_errors_name_the_place),
        cmocka_unit_test(test_a_folder_without_a_manifest),
        cmocka_unit_test(test_caps),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
