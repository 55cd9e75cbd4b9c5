/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <time.h>

#include "etl/source/stream.h"
#include "models/models.h"
#include "tests/unit/etl/source/scratch_file.h"

static char path[SCRATCH_PATH_SIZE];

static size_t read_whole(struct stream *stream, char *out, size_t room, size_t step)
{
    struct error err;
    size_t size = 0;
    for (size_t got = 1; got > 0; size += got) {
        assert_true(size + step <= room);
        assert_true(stream_read(stream, out + size, step, &got, &err));
    }
    return size;
}

static void refuse(const char *name, enum error_kind kind, const char *message)
{
    struct stream *stream = NULL;
    struct error err;
    assert_false(stream_open(name, NULL, &stream, &err));
    assert_null(stream);
    assert_int_equal(err.kind, kind);
    assert_string_equal(err.subject, name);
    assert_non_null(strstr(err.message, message));
}

static void test_content_and_identity(void **state)
{
    (void)state;
    char out[64];
    char hex[DIGEST_HEX_SIZE];
    scratch_write(scratch_path("plain", path), "abc", 3);
    struct stream *stream = scratch_open(path);
    assert_string_equal(stream_path(stream), path);
    assert_int_equal(stream_bytes(stream), 3);
    text_hex(stream_sha256(stream), DIGEST_SIZE, hex);
    /* FIPS 180-4, example for "abc". */
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(read_whole(stream, out, sizeof out, 2), 3);
    assert_memory_equal(out, "abc", 3);
    assert_int_equal(stream_position(stream), 3);
    stream_close(stream);
}

static void test_gzip_is_told_by_its_bytes(void **state)
{
    (void)state;
    char out[64];
    unsigned char plain_hash[DIGEST_SIZE];
    scratch_write_gzip(scratch_path("no_suffix", path), "abcdef", 6);
    struct stream *stream = scratch_open(path);
    assert_int_equal(read_whole(stream, out, sizeof out, 4), 6);
    assert_memory_equal(out, "abcdef", 6);
    /* Its identity is that of the bytes on disk. */
    digest_of(DIGEST_SHA256, "abcdef", 6, plain_hash);
    assert_memory_not_equal(stream_sha256(stream), plain_hash, DIGEST_SIZE);
    assert_true(stream_bytes(stream) > 6);
    stream_close(stream);

    scratch_write(scratch_path("lies.gz", path), "abcdef", 6);
    stream = scratch_open(path);
    assert_int_equal(read_whole(stream, out, sizeof out, 4), 6);
    stream_close(stream);
}

static void test_joined_gzip_files(void **state)
{
    (void)state;
    char out[64];
    char bytes[256];
    scratch_write_gzip(scratch_path("joined", path), "abc", 3);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes / 2, file);
    assert_int_equal(fclose(file), 0);
    memcpy(bytes + size, bytes, size);
    scratch_write(path, bytes, 2 * size);
    struct stream *stream = scratch_open(path);
    assert_int_equal(read_whole(stream, out, sizeof out, 5), 6);
    assert_memory_equal(out, "abcabc", 6);
    stream_close(stream);
}

static void test_damaged_gzip_is_an_error(void **state)
{
    (void)state;
    char bytes[256];
    char out[64];
    struct stream *stream = NULL;
    struct error err;
    size_t got = 1;
    bool ok = true;
    scratch_write_gzip(scratch_path("damaged", path), "abcdefghij", 10);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t size = fread(bytes, 1, sizeof bytes, file);
    assert_int_equal(fclose(file), 0);
    bytes[size - 7] ^= 1; /* in the checksum */
    scratch_write(path, bytes, size);
    assert_true(stream_open(path, NULL, &stream, &err));
    while (ok && got > 0)
        ok = stream_read(stream, out, sizeof out, &got, &err);
    assert_false(ok);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "cannot decompress"));
    stream_close(stream);
    assert_int_equal(unlink(path), 0);
}

static void test_an_empty_file_ends_at_once(void **state)
{
    (void)state;
    char out[8];
    scratch_write(scratch_path("empty", path), "", 0);
    struct stream *stream = scratch_open(path);
    assert_int_equal(read_whole(stream, out, sizeof out, 8), 0);
    stream_close(stream);
}

static void test_only_regular_files_are_opened(void **state)
{
    (void)state;
    char target[SCRATCH_PATH_SIZE];
    refuse(scratch_folder, ERROR_INPUT, "expected a regular file, found a directory");
    refuse(scratch_path("missing", path), ERROR_IO, "No such file or directory");
    refuse("/dev/null", ERROR_INPUT, "expected a regular file, found a special file");

    assert_int_equal(mkfifo(scratch_path("fifo", path), 0600), 0);
    refuse(path, ERROR_INPUT, "expected a regular file, found a special file");
    assert_int_equal(unlink(path), 0);

    scratch_write(scratch_path("target", target), "a", 1);
    assert_int_equal(symlink(target, scratch_path("link", path)), 0);
    refuse(path, ERROR_IO, "is a symbolic link; expected a regular file");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(unlink(target), 0);
}

/* What a second program may do to the file while it is being read. */
static void append(void)
{
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    assert_int_equal(fputc('x', file), 'x');
    assert_int_equal(fclose(file), 0);
}

static void cut(void)
{
    assert_int_equal(truncate(path, 1), 0);
}

static void write_same_size(void)
{
    const struct timespec later[2] = {{.tv_sec = 2000000000}, {.tv_sec = 2000000000}};
    scratch_write(path, "abd", 3);
    assert_int_equal(utimensat(AT_FDCWD, path, later, 0), 0);
}

static void test_a_change_while_reading_is_an_error(void **state)
{
    (void)state;
    static void (*const changes[])(void) = {append, cut, write_same_size};
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        char out[8];
        struct stream *stream = NULL;
        struct error err;
        size_t got = 1;
        bool ok = true;
        scratch_write(scratch_path("changing", path), "abc", 3);
        assert_true(stream_open(path, NULL, &stream, &err));
        assert_true(stream_check(stream, &err));
        changes[i]();
        assert_false(stream_check(stream, &err));
        while (ok && got > 0)
            ok = stream_read(stream, out, sizeof out, &got, &err);
        assert_false(ok);
        assert_int_equal(err.kind, ERROR_CONFLICT);
        assert_non_null(strstr(err.message, "changed while it was being read"));
        stream_close(stream);
        assert_int_equal(unlink(path), 0);
    }
}

/* Replacing the file by another of its name leaves the one that is open as it is. */
static void test_replacing_the_name_is_no_change(void **state)
{
    (void)state;
    char out[8];
    scratch_write(scratch_path("replaced", path), "abc", 3);
    struct stream *stream = scratch_open(path);
    scratch_write(path, "other", 5);
    assert_int_equal(read_whole(stream, out, sizeof out, 4), 3);
    assert_memory_equal(out, "abc", 3);
    stream_close(stream);
    assert_int_equal(unlink(path), 0);
}

static int set_up(void **state)
{
    (void)state;
    models_init();
    scratch_init();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    scratch_remove();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_content_and_identity),
        cmocka_unit_test(test_gzip_is_told_by_its_bytes),
        cmocka_unit_test(test_joined_gzip_files),
        cmocka_unit_test(test_damaged_gzip_is_an_error),
        cmocka_unit_test(test_an_empty_file_ends_at_once),
        cmocka_unit_test(test_only_regular_files_are_opened),
        cmocka_unit_test(test_a_change_while_reading_is_an_error),
        cmocka_unit_test(test_replacing_the_name_is_no_change),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
