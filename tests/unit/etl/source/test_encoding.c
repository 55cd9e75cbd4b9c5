/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <iconv.h>

#include "etl/source/encoding.h"
#include "models/models.h"
#include "tests/unit/etl/source/scratch_file.h"

enum { ROOM = 64, TWO_BYTE_CODES = 126 * 190, NAMES_ROOM = 4 * 1024 * 1024, NAMES = 20000 };

static struct converter *gb;
static struct converter *utf8;

static bool convert(struct converter *converter, const char *bytes, size_t size, char out[ROOM],
                    struct text *result)
{
    assert_true(converter_room(converter, size) <= ROOM);
    return converter_apply(converter, (struct text){bytes, size}, out, result);
}

static bool refused(struct converter *converter, const char *bytes, size_t size)
{
    char out[ROOM];
    struct text result;
    return !convert(converter, bytes, size, out, &result);
}

/* Compares one code with the C library; returns whether it is a code. */
static bool check_code(iconv_t reference, const unsigned char *code, size_t size)
{
    char copy[4];
    char expected[8];
    char out[ROOM];
    struct text result = {0};
    char *in = copy;
    char *to = expected;
    size_t in_left = size;
    size_t room = sizeof expected;
    memcpy(copy, code, size);
    iconv(reference, NULL, NULL, NULL, NULL);
    bool is_code = iconv(reference, &in, &in_left, &to, &room) == 0 && in_left == 0;
    assert_int_equal(convert(gb, (const char *)code, size, out, &result), is_code);
    if (is_code) {
        assert_int_equal(result.size, sizeof expected - room);
        assert_memory_equal(result.data, expected, result.size);
        assert_true(text_valid_utf8(result));
    }
    return is_code;
}

static void test_every_two_byte_code(void **state)
{
    (void)state;
    iconv_t reference = iconv_open("UTF-8", "GB18030");
    assert_true(reference != (iconv_t)-1);
    int codes = 0;
    for (int lead = 0x81; lead <= 0xFE; lead++) {
        for (int trail = 0x40; trail <= 0xFE; trail++) {
            const unsigned char code[2] = {(unsigned char)lead, (unsigned char)trail};
            if (trail != 0x7F)
                codes += check_code(reference, code, 2);
            else
                assert_true(refused(gb, (const char *)code, 2));
        }
    }
    iconv_close(reference);
    /* GB18030 gives every two-byte code a character, of the private use area if need be. */
    assert_int_equal(codes, TWO_BYTE_CODES);
}

static void test_four_byte_codes(void **state)
{
    (void)state;
    iconv_t reference = iconv_open("UTF-8", "GB18030");
    assert_true(reference != (iconv_t)-1);
    int codes = 0;
    int others = 0;
    /* 1,587,600 positions; 997 is prime to each of the four radices. */
    for (int number = 0; number < 126 * 10 * 126 * 10; number += 997) {
        const unsigned char code[4] = {
            (unsigned char)(0x81 + number / 12600),
            (unsigned char)(0x30 + number / 1260 % 10),
            (unsigned char)(0x81 + number / 10 % 126),
            (unsigned char)(0x30 + number % 10),
        };
        if (check_code(reference, code, 4))
            codes++;
        else
            others++;
    }
    iconv_close(reference);
    assert_in_range(codes, 1000, 1593);
    assert_in_range(others, 100, 1593);
}

static void check_text(const char *bytes, size_t size, const char *expected)
{
    char out[ROOM];
    struct text result;
    assert_true(convert(gb, bytes, size, out, &result));
    assert_int_equal(result.size, strlen(expected));
    assert_memory_equal(result.data, expected, result.size);
}

static void test_known_gb18030_texts(void **state)
{
    (void)state;
    check_text("", 0, "");
    check_text("a1,", 3, "a1,");
    check_text("\xD6\xD8\xC7\xEC", 4, "重庆");
    check_text("A\xD6\xD8 1\xC7\xEC", 7, "A重 1庆");
    check_text("\xA3\xB1\xA1\xA1", 4, "１　");
    check_text("\x81\x30\x81\x30", 4, "\xC2\x80");         /* U+0080, the first of four bytes */
    check_text("\x90\x30\x81\x30", 4, "\xF0\x90\x80\x80"); /* U+10000 */
    check_text("\x95\x32\x82\x36", 4, "\xF0\xA0\x80\x80"); /* U+20000, a rare family name's plane */
    check_text("\xE3\x32\x9A\x35", 4, "\xF4\x8F\xBF\xBF"); /* U+10FFFF, the last */
    check_text("x\x81\x30\x81\x30\xD6\xD8", 7, "x\xC2\x80重");
}

static void test_malformed_gb18030_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
    } cases[] = {
        {"\x80", 1},
        {"\xFF", 1},
        {"\xFF\x40", 2},
        {"\x80\x40", 2},
        {"\xD6", 1},
        {"a\xD6", 2},
        {"\xD6\x20", 2},
        {"\xD6\xFF", 2},
        {"\xD6\x7F", 2},
        {"\x81\x30", 2},
        {"\x81\x30\x81", 3},
        {"\x81\x30\x30\x81", 4},
        {"\x81\x3A\x81", 3},
        {"\xD6\x30", 2},
        {"\x81\x30\x81\x3A", 4},
        {"\x81\x30\x80\x30", 4},
        {"\xE3\x32\x9A", 3},
        {"a\0b", 3},
        {"\0", 1},
        {"\xD6\xD8\0", 3},
        {"\xE3\x32\x9A\x36", 4}, /* behind U+10FFFF */
        {"\x84\x31\xA4\x40", 4},
        {"\xFE\x39\xFE\x39", 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (!refused(gb, cases[i].bytes, cases[i].size))
            fail_msg("case %zu should be refused", i);
    }
}

/* The definition, the other way round from the reader's table: a sequence is well formed exactly if
 * it is the encoding of the code point that its bits spell. */
static bool spells_itself(const unsigned char *p, size_t size)
{
    static const unsigned char marks[] = {0x00, 0x00, 0xC0, 0xE0, 0xF0};
    uint32_t point = size == 1 ? p[0] : p[0] & (0xFFu >> (size + 1));
    for (size_t i = 1; i < size; i++)
        point = point << 6 | (p[i] & 0x3Fu);
    if (point == 0 || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF))
        return false;
    size_t proper = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    if (proper != size)
        return false;
    unsigned char again[4];
    for (size_t i = size; i-- > 1; point >>= 6)
        again[i] = (unsigned char)(0x80 | (point & 0x3F));
    again[0] = (unsigned char)(marks[size] | point);
    return memcmp(again, p, size) == 0;
}

static void check_utf8(const unsigned char *bytes, size_t size)
{
    bool expected = spells_itself(bytes, size);
    for (size_t first = 1; first < size && !expected; first++)
        expected = spells_itself(bytes, first) &&
                   text_valid_utf8((struct text){(const char *)bytes + first, size - first});
    if (refused(utf8, (const char *)bytes, size) == expected)
        fail_msg("%02x %02x %02x %02x (%zu bytes): expected %s", bytes[0], bytes[1], bytes[2],
                 bytes[3], size, expected ? "valid" : "refused");
}

/* Every sequence of one, two and three bytes, and of four with edges in the last two. */
static void test_every_short_utf8_sequence(void **state)
{
    (void)state;
    static const unsigned char edges[] = {0x00, 0x01, 0x41, 0x7F, 0x80, 0x81, 0xBE,
                                          0xBF, 0xC0, 0xC2, 0xE0, 0xED, 0xF4, 0xFF};
    unsigned char bytes[4] = {0};
    for (unsigned a = 0; a < 256; a++) {
        bytes[0] = (unsigned char)a;
        check_utf8(bytes, 1);
        for (unsigned b = 0; b < 256; b++) {
            bytes[1] = (unsigned char)b;
            check_utf8(bytes, 2);
            for (size_t c = 0; c < sizeof edges; c++) {
                bytes[2] = edges[c];
                check_utf8(bytes, 3);
                for (size_t d = 0; d < sizeof edges; d++) {
                    bytes[3] = edges[d];
                    check_utf8(bytes, 4);
                }
            }
        }
    }
}

static void test_utf8_is_passed_on_as_it_is(void **state)
{
    (void)state;
    const struct text value = TEXT_LITERAL("重庆\xF0\xA0\x80\x80"
                                           "A１");
    struct text result;
    char out[ROOM];
    assert_true(converter_apply(utf8, value, out, &result));
    assert_ptr_equal(result.data, value.data);
    assert_int_equal(result.size, value.size);
}

static void test_names(void **state)
{
    (void)state;
    enum encoding encoding;
    assert_true(encoding_of(TEXT_LITERAL("utf-8"), &encoding));
    assert_int_equal(encoding, ENCODING_UTF8);
    assert_true(encoding_of(TEXT_LITERAL("gb18030"), &encoding));
    assert_int_equal(encoding, ENCODING_GB18030);
    assert_false(encoding_of(TEXT_LITERAL("UTF-8"), &encoding));
    assert_false(encoding_of(TEXT_LITERAL("gbk"), &encoding));
    assert_false(encoding_of(TEXT_LITERAL(""), &encoding));
}

/* The content of a file of the test data; the caller frees it. False when it is not there. */
static bool read_names(const char *encoding, char **data, size_t *size)
{
    const char *root = getenv("HENG_TEST_DATA");
    char path[1024];
    struct stream *stream = NULL;
    struct error err;
    snprintf(path, sizeof path, "%s/data/cn/company_names.%s.txt.gz",
             root ? root : SOURCE_DIR "/../shared", encoding);
    if (!stream_open(path, NULL, &stream, &err)) {
        printf("skipped: HENG_TEST_DATA (%s) has no company names\n", path);
        return false;
    }
    *data = malloc(NAMES_ROOM);
    assert_non_null(*data);
    *size = 0;
    for (size_t got = 1; got > 0; *size += got)
        assert_true(stream_read(stream, *data + *size, NAMES_ROOM - *size, &got, &err));
    assert_true(*size < NAMES_ROOM);
    stream_close(stream);
    return true;
}

static struct text next_line(const char **at, const char *end)
{
    const char *stop = memchr(*at, '\n', (size_t)(end - *at));
    struct text line = {*at, (size_t)((stop ? stop : end) - *at)};
    *at = stop ? stop + 1 : end;
    return line;
}

static void test_real_names_agree(void **state)
{
    (void)state;
    char *expected;
    char *bytes;
    size_t expected_size;
    size_t size;
    if (!read_names("utf8", &expected, &expected_size))
        skip();
    if (!read_names("gb18030", &bytes, &size)) {
        free(expected);
        skip();
    }
    const char *at = bytes;
    const char *expected_at = expected;
    int names = 0;
    for (; at < bytes + size; names++) {
        struct text line = next_line(&at, bytes + size);
        struct text expected_line = next_line(&expected_at, expected + expected_size);
        char out[256];
        struct text result;
        assert_true(converter_room(gb, line.size) <= sizeof out);
        assert_true(converter_apply(gb, line, out, &result));
        assert_true(text_equal(result, expected_line));
        assert_true(text_valid_utf8(expected_line));
    }
    assert_int_equal(names, NAMES);
    assert_ptr_equal(expected_at, expected + expected_size);
    /* And as one value, with its line ends. */
    char *out = malloc(converter_room(gb, size));
    struct text result;
    assert_non_null(out);
    assert_true(converter_apply(gb, (struct text){bytes, size}, out, &result));
    assert_true(text_equal(result, (struct text){expected, expected_size}));
    free(out);
    free(bytes);
    free(expected);
}

static int set_up(void **state)
{
    (void)state;
    struct error err;
    models_init();
    return !converter_new(ENCODING_GB18030, &gb, &err) ||
           !converter_new(ENCODING_UTF8, &utf8, &err);
}

static int tear_down(void **state)
{
    (void)state;
    converter_free(gb);
    converter_free(utf8);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_two_byte_code),
        cmocka_unit_test(test_four_byte_codes),
        cmocka_unit_test(test_known_gb18030_texts),
        cmocka_unit_test(test_malformed_gb18030_is_refused),
        cmocka_unit_test(test_every_short_utf8_sequence),
        cmocka_unit_test(test_utf8_is_passed_on_as_it_is),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_real_names_agree),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
