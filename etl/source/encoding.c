/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/encoding.h"

#include <assert.h>
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/* Two-byte codes: lead 81…FE, trail 40…7E and 80…FE. */
enum { LEAD_FIRST = 0x81, LEAD_COUNT = 126, TRAIL_FIRST = 0x40, TRAIL_COUNT = 191 };

struct pair {
    char bytes[4];      /* UTF-8: a code of the private use area may need four bytes */
    unsigned char size; /* 0: not a code */
};

struct converter {
    enum encoding encoding;
    iconv_t handle; /* GB18030 only */
    struct pair pairs[LEAD_COUNT * TRAIL_COUNT];
};

static const char *const names[] = {
    [ENCODING_UTF8] = "utf-8", [ENCODING_GB18030] = "gb18030", [ENCODING_UTF16] = "utf-16"};

bool encoding_of(struct text name, enum encoding *out)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (text_is(name, names[i])) {
            *out = (enum encoding)i;
            return true;
        }
    }
    return false;
}

const char *encoding_name(enum encoding encoding)
{
    return names[encoding];
}

/* Converts one code with iconv; returns the size of the result, 0 if it is not a code. */
static size_t convert_code(iconv_t handle, const char *code, size_t size, char *out, size_t room)
{
    char copy[4];
    memcpy(copy, code, size);
    char *in = copy;
    size_t in_left = size;
    size_t out_left = room;
    iconv(handle, NULL, NULL, NULL, NULL);
    if (iconv(handle, &in, &in_left, &out, &out_left) != 0 || in_left != 0)
        return 0;
    return room - out_left;
}

static void fill_pairs(struct converter *converter)
{
    for (int lead = 0; lead < LEAD_COUNT; lead++) {
        for (int trail = 0; trail < TRAIL_COUNT; trail++) {
            struct pair *pair = &converter->pairs[lead * TRAIL_COUNT + trail];
            char code[2] = {(char)(lead + LEAD_FIRST), (char)(trail + TRAIL_FIRST)};
            pair->size = (unsigned char)convert_code(converter->handle, code, 2, pair->bytes,
                                                     sizeof pair->bytes);
        }
    }
}

bool converter_new(enum encoding encoding, struct converter **out, struct error *err)
{
    assert(encoding != ENCODING_UTF16);
    struct converter *converter = calloc(1, sizeof *converter);
    if (!converter)
        return error_memory(err);
    converter->encoding = encoding;
    converter->handle = (iconv_t)-1;
    if (encoding == ENCODING_GB18030) {
        converter->handle = iconv_open("UTF-8", "GB18030");
        if (converter->handle == (iconv_t)-1) {
            int reason = errno;
            free(converter);
            return error_errno(err, "GB18030", "this system cannot convert the encoding", reason);
        }
        fill_pairs(converter);
    }
    *out = converter;
    return true;
}

void converter_free(struct converter *converter)
{
    if (!converter)
        return;
    if (converter->handle != (iconv_t)-1)
        iconv_close(converter->handle);
    free(converter);
}

size_t converter_room(const struct converter *converter, size_t size)
{
    /* Two bytes become at most four, one stays one. */
    return converter->encoding == ENCODING_UTF8 ? size : 2 * size;
}

size_t converter_take(struct converter *converter, const unsigned char *p, size_t left, char *out,
                      size_t *written)
{
    if (left < 2 || p[0] < LEAD_FIRST || p[0] == 0xFF)
        return 0;
    if (p[1] >= TRAIL_FIRST && p[1] != 0xFF) {
        const struct pair *pair =
            &converter->pairs[(p[0] - LEAD_FIRST) * TRAIL_COUNT + (p[1] - TRAIL_FIRST)];
        memcpy(out + *written, pair->bytes, pair->size);
        *written += pair->size;
        return pair->size ? 2 : 0;
    }
    if (left < 4)
        return 0;
    size_t size = convert_code(converter->handle, (const char *)p, 4, out + *written, 4);
    *written += size;
    return size ? 4 : 0;
}

bool converter_apply(struct converter *converter, struct text value, char *out, struct text *result)
{
    if (converter->encoding == ENCODING_UTF8) {
        *result = value;
        return text_valid_utf8(value);
    }
    size_t written = 0;
    for (size_t i = 0; i < value.size;) {
        unsigned char c = (unsigned char)value.data[i];
        if (c == 0)
            return false;
        if (c < 0x80) {
            out[written++] = (char)c;
            i++;
            continue;
        }
        size_t taken = converter_take(converter, (const unsigned char *)value.data + i,
                                      value.size - i, out, &written);
        if (taken == 0)
            return false;
        i += taken;
    }
    *result = (struct text){out, written};
    return true;
}
