/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <iconv.h>

#include "etl/source/transcoder.h"
#include "models/models.h"
#include "tests/unit/etl/source/scratch_file.h"

enum { ROOM = 8 * 1024 * 1024, CODES = 0x110000 };

static char path[SCRATCH_PATH_SIZE];

/* Content of a file in the encoding, read through a buffer of `step` bytes. */
static struct text decode(const char *bytes, size_t size, enum encoding encoding, size_t step,
                          char *out)
{
    struct error err;
    struct text result = {out, 0};
    scratch_write(scratch_path("encoded", path), bytes, size);
    struct stream *stream = scratch_open(path);
    assert_true(stream_decode(stream, encoding, &err));
    for (size_t got = 1; got > 0; result.size += got)
        assert_true(stream_read(stream, out + result.size, step, &got, &err));
    stream_close(stream);
    return result;
}

static void test_every_character(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *mark;
        size_t mark_size;
        enum encoding encoding;
    } cases[] = {{"UTF-16LE", "\xFF\xFE", 2, ENCODING_UTF16},
                 {"UTF-16BE", "\xFE\xFF", 2, ENCODING_UTF16},
                 {"GB18030", "", 0, ENCODING_GB18030}};
    char *text = malloc(ROOM);
    char *encoded = malloc(ROOM);
    char *decoded = malloc(ROOM);
    assert_true(text && encoded && decoded);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        /* What iconv makes of the codes is the reference; it decides which codes there are. */
        iconv_t from_codes = iconv_open("UTF-8", "UTF-32LE");
        iconv_t to_encoding = iconv_open(cases[i].name, "UTF-8");
        char *to = encoded + cases[i].mark_size;
        size_t to_left = ROOM - 2;
        size_t text_size = 0;
        memcpy(encoded, cases[i].mark, cases[i].mark_size);
        for (uint32_t code = 1; code < CODES; code += code < 0x3000 ? 1 : 7) {
            char one[8];
            char *from = (char *)&code;
            char *utf8 = one;
            size_t from_left = 4;
            size_t utf8_left = sizeof one;
            if (iconv(from_codes, &from, &from_left, &utf8, &utf8_left) == (size_t)-1)
                continue;
            char *again = one;
            size_t size = sizeof one - utf8_left;
            size_t again_left = size;
            if (iconv(to_encoding, &again, &again_left, &to, &to_left) == (size_t)-1)
                continue;
            memcpy(text + text_size, one, size);
            text_size += size;
        }
        iconv_close(from_codes);
        iconv_close(to_encoding);
        struct text found =
            decode(encoded, (size_t)(to - encoded), cases[i].encoding, 4093, decoded);
        assert_int_equal(found.size, text_size);
        assert_memory_equal(found.data, text, text_size);
    }
    free(text);
    free(encoded);
    free(decoded);
}

static void test_small_buffers(void **state)
{
    (void)state;
    static const char bytes[] = "\xFF\xFE"
                                "a\0"
                                "\x2D\x4E"
                                "\x42\xD8\xB7\xDF"
                                "b";
    for (size_t step = 1; step < 12; step++) {
        char out[64];
        struct text found = decode(bytes, 11, ENCODING_UTF16, step, out);
        assert_true(text_is(found, "a中𠮷\xFF"));
    }
}

static void test_what_is_no_text_stays_no_text(void **state)
{
    (void)state;
    static const struct {
        enum encoding encoding;
        const char *bytes;
        size_t size;
        const char *decoded;
    } cases[] = {
        {ENCODING_UTF16, "\xFF\xFE\x00\xD8", 4, "\xED\xA0\x80"},
        {ENCODING_UTF16, "\xFF\xFE\x00\xDC", 4, "\xED\xB0\x80"},
        {ENCODING_UTF16,
         "\xFF\xFE\x00\xD8"
         "a\0",
         6,
         "\xED\xA0\x80"
         "a"},
        {ENCODING_UTF16,
         "\xFF\xFE"
         "a",
         3, "\xFF"},
        {ENCODING_GB18030, "a\xFF", 2, "a\xFF"},
        {ENCODING_GB18030, "\x81", 1, "\xFF"},
        {ENCODING_GB18030, "\x81\x30\x81", 3,
         "\xFF"
         "0\xFF"},
        {ENCODING_GB18030,
         "\x80"
         "b",
         2,
         "\xFF"
         "b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char out[64];
        struct text found = decode(cases[i].bytes, cases[i].size, cases[i].encoding, 64, out);
        assert_true(text_is(found, cases[i].decoded));
        assert_false(text_valid_utf8(found));
    }
}

static void test_utf16_needs_its_mark(void **state)
{
    (void)state;
    static const char *const bad[] = {"a", "ab", "\xFE\xFE", "\xEF\xBB\xBFz"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char out[16];
        size_t got;
        struct error err;
        scratch_write(scratch_path("encoded", path), bad[i], strlen(bad[i]));
        struct stream *stream = scratch_open(path);
        assert_true(stream_decode(stream, ENCODING_UTF16, &err));
        assert_false(stream_read(stream, out, sizeof out, &got, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.message, "byte order mark"));
        stream_close(stream);
    }
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
        cmocka_unit_test(test_every_character),
        cmocka_unit_test(test_small_buffers),
        cmocka_unit_test(test_what_is_no_text_stays_no_text),
        cmocka_unit_test(test_utf16_needs_its_mark),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
