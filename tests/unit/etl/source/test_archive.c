/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <zip.h>

#include "models/models.h"
#include "tests/unit/etl/source/scratch_file.h"

static char path[SCRATCH_PATH_SIZE];

/* An archive with one file of this many equal bytes. */
static void pack(const char *name, size_t size)
{
    int code = 0;
    char *data = malloc(size + 1);
    assert_non_null(data);
    memset(data, '\n', size);
    zip_t *zip = zip_open(scratch_path("a.zip", path), ZIP_CREATE | ZIP_TRUNCATE, &code);
    assert_non_null(zip);
    assert_true(zip_file_add(zip, name, zip_source_buffer(zip, data, size, 1), 0) >= 0);
    assert_int_equal(zip_close(zip), 0);
}

static bool read_whole(struct stream *stream, size_t *size, struct error *err)
{
    static char block[64 * 1024];
    size_t got = 1;
    *size = 0;
    while (got > 0) {
        if (!stream_read(stream, block, sizeof block, &got, err))
            return false;
        *size += got;
    }
    return true;
}

static void test_a_member_is_read_to_its_end(void **state)
{
    (void)state;
    struct stream *stream;
    struct error err;
    size_t size;
    pack("x.csv", 300000);
    assert_true(stream_open(path, NULL, &stream, &err));
    assert_true(read_whole(stream, &size, &err));
    assert_int_equal(size, 300000);
    assert_int_equal(stream_position(stream), stream_bytes(stream));
    stream_close(stream);
    assert_int_equal(unlink(path), 0);
}

/* The ratio is not asked of small content, which may be all alike. */
static void test_ratio(void **state)
{
    (void)state;
    struct stream *stream;
    struct error err;
    size_t size;
    pack("x.csv", ARCHIVE_RATIO_FLOOR + 1);
    assert_true(stream_open(path, NULL, &stream, &err));
    assert_false(read_whole(stream, &size, &err));
    assert_int_equal(err.kind, ERROR_LIMIT);
    assert_non_null(strstr(err.message, "at most 250 times"));
    assert_true(size <= ARCHIVE_RATIO_FLOOR);
    stream_close(stream);
    assert_int_equal(unlink(path), 0);
    assert_true(archive_check_ratio(ARCHIVE_RATIO_FLOOR, 1, "x", &err));
    assert_true(archive_check_ratio(250000000, 1000000, "x", &err));
    assert_false(archive_check_ratio(251000000, 1000000, "x", &err));
    assert_true(archive_check_ratio(ARCHIVE_BYTES_CAP, ARCHIVE_BYTES_CAP, "x", &err));
    assert_false(archive_check_ratio(ARCHIVE_BYTES_CAP + 1, ARCHIVE_BYTES_CAP, "x", &err));
}

static void test_a_change_while_reading_is_an_error(void **state)
{
    (void)state;
    struct stream *stream;
    struct error err;
    size_t size;
    pack("x.csv", 10);
    assert_true(stream_open(path, NULL, &stream, &err));
    FILE *file = fopen(path, "ab");
    assert_non_null(file);
    assert_int_equal(fputc('x', file), 'x');
    assert_int_equal(fclose(file), 0);
    assert_false(read_whole(stream, &size, &err));
    assert_int_equal(err.kind, ERROR_CONFLICT);
    stream_close(stream);
    assert_int_equal(unlink(path), 0);
}

static void test_marks(void **state)
{
    (void)state;
    static const char *const packed[] = {
        "PK\3\4",      "PK\5\6",    "\x1F\x8B", "Rar!\x1A", "7z\xBC\xAF\x27\x1C",
        "\xFD\x37zXZ", "BZh91AY&SY"};
    static const char *const plain[] = {"",       "P",   "PK",      "PK\3",
                                        "PK\1\2", "BZh", "BZhao,1", "no,code"};
    for (size_t i = 0; i < sizeof packed / sizeof packed[0]; i++)
        assert_true(archive_is_packed(packed[i], strlen(packed[i])));
    for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
        assert_false(archive_is_packed(plain[i], strlen(plain[i])));
    assert_true(archive_is_zip(packed[0], 4));
    assert_false(archive_is_zip(packed[2], 2));
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
        cmocka_unit_test(test_a_member_is_read_to_its_end),
        cmocka_unit_test(test_ratio),
        cmocka_unit_test(test_a_change_while_reading_is_an_error),
        cmocka_unit_test(test_marks),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
