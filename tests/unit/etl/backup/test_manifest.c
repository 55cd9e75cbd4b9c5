/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A manifest comes back as it was stored, and no byte of the two files can change unseen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "etl/backup/manifest.h"
#include "models/models.h"

static char folder[] = "/tmp/heng-manifest-XXXXXX";
static struct arena arena;

static struct migrate_step steps[] = {{1, "0001_a.sql", "aa"}, {13, "0013_b.sql", "bb"}};
static struct manifest_sequence sequences[] = {{"job_job_id_seq", 7}};
static struct manifest_table tables[] = {
    {.name = "region", .rows = 3, .bytes = 99, .checksum = {1, 2}, .sha256 = {0xAB, 4}},
    {.name = "entity", .rows = 40, .bytes = 1, .checksum = {255}, .sha256 = {5, 6}},
};
static const struct manifest sample = {.program = "9.9",
                                       .made_at = "2026-06-30T12:00:00Z",
                                       .server = "15.1",
                                       .database = "heng",
                                       .identity = "77/heng",
                                       .audit_head = "0:00",
                                       .database_bytes = 5,
                                       .migrations = steps,
                                       .migration_count = 2,
                                       .sequences = sequences,
                                       .sequence_count = 1,
                                       .tables = tables,
                                       .table_count = 2};

/* As a check does: the hashes of the table's files come from the files. */
static bool is_whole(struct manifest *out, struct error *err)
{
    if (!manifest_fetch(folder, &arena, out, err))
        return false;
    for (int i = 0; i < out->table_count; i++)
        memcpy(out->tables[i].sha256, tables[i % 2].sha256, DIGEST_SIZE);
    return manifest_compare(out, folder, err);
}

static void comes_back(void **state)
{
    (void)state;
    struct manifest read;
    struct error err;
    assert_true(is_whole(&read, &err));
    assert_string_equal(read.identity, sample.identity);
    assert_string_equal(read.made_at, sample.made_at);
    assert_int_equal(read.database_bytes, 5);
    assert_int_equal(read.migration_count, 2);
    assert_int_equal(manifest_version(&read), 13);
    assert_string_equal(read.migrations[1].sha256, "bb");
    assert_int_equal(read.sequences[0].last, 7);
    assert_int_equal(manifest_rows(&read), 43);
    assert_string_equal(read.tables[1].name, "entity");
    assert_memory_equal(read.tables[0].checksum, tables[0].checksum, DIGEST_SIZE);
}

/* Over what is there; place_write() would wait for the disk each time. */
static void put_file(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static void finds_every_flip(void **state)
{
    (void)state;
    static const char *const names[] = {MANIFEST_FILE, MANIFEST_SUMS};
    for (int i = 0; i < 2; i++) {
        char path[PLACE_PATH_SIZE];
        char *bytes = NULL;
        size_t size = 0;
        struct manifest read;
        struct error err;
        assert_true(place_join(folder, names[i], path, &err));
        assert_true(place_read(path, MANIFEST_BYTES_CAP, &bytes, &size, &err));
        for (size_t at = 0; at < size * 8; at += at % 8 == 5 ? 3 : 5) {
            bytes[at / 8] = (char)(bytes[at / 8] ^ (1 << at % 8));
            put_file(path, bytes, size);
            if (is_whole(&read, &err))
                fail_msg("bit %zu of %s changed and was not found", at, names[i]);
            assert_int_equal(err.kind, ERROR_CHECK);
            arena_reset(&arena);
            bytes[at / 8] = (char)(bytes[at / 8] ^ (1 << at % 8));
        }
        put_file(path, bytes, size);
        assert_true(is_whole(&read, &err));
        free(bytes);
    }
}

static void refuses_names_that_leave_the_folder(void **state)
{
    (void)state;
    struct manifest_table bad[] = {{.name = "../entity"}};
    struct manifest written = sample;
    struct manifest read;
    struct error err;
    char path[PLACE_PATH_SIZE];
    written.tables = bad;
    written.table_count = 1;
    assert_true(place_join(folder, MANIFEST_FILE, path, &err) && unlink(path) == 0);
    assert_true(place_join(folder, MANIFEST_SUMS, path, &err) && unlink(path) == 0);
    assert_true(manifest_store(&written, folder, &err));
    assert_false(manifest_fetch(folder, &arena, &read, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
}

static void names_what_is_missing(void **state)
{
    (void)state;
    struct manifest read;
    struct error err;
    char path[PLACE_PATH_SIZE];
    assert_true(place_join(folder, MANIFEST_SUMS, path, &err) && unlink(path) == 0);
    assert_false(manifest_fetch(folder, &arena, &read, &err));
    assert_int_equal(err.kind, ERROR_CHECK);
    assert_non_null(strstr(err.message, MANIFEST_SUMS));
}

static int start(void **state)
{
    struct error err;
    (void)state;
    models_init();
    arena_init(&arena, 1 << 20);
    return mkdtemp(folder) && manifest_store(&sample, folder, &err) ? 0 : 1;
}

static int end(void **state)
{
    struct error err;
    (void)state;
    arena_reset(&arena);
    return place_remove(folder, &err) ? 0 : 1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back),
        cmocka_unit_test(finds_every_flip),
        cmocka_unit_test(refuses_names_that_leave_the_folder),
        cmocka_unit_test(names_what_is_missing),
    };
    return cmocka_run_group_tests(tests, start, end);
}
