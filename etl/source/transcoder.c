/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/transcoder.h"

#include <stdint.h>
#include <stdlib.h>

enum { HIGH_FIRST = 0xD800, LOW_FIRST = 0xDC00, LOW_LAST = 0xDFFF, BEYOND = 0x10000 };

enum order { ORDER_UNKNOWN, ORDER_LITTLE, ORDER_BIG, ORDER_MISSING };

struct transcoder {
    enum encoding encoding;
    enum order order;            /* UTF-16 only */
    struct converter *converter; /* GB18030 only */
};

bool transcoder_new(enum encoding encoding, struct transcoder **out, struct error *err)
{
    struct transcoder *transcoder = calloc(1, sizeof *transcoder);
    if (!transcoder)
        return error_memory(err);
    transcoder->encoding = encoding;
    if (encoding == ENCODING_GB18030 && !converter_new(encoding, &transcoder->converter, err)) {
        free(transcoder);
        return false;
    }
    *out = transcoder;
    return true;
}

void transcoder_free(struct transcoder *transcoder)
{
    if (!transcoder)
        return;
    converter_free(transcoder->converter);
    free(transcoder);
}

bool transcoder_marked(const struct transcoder *transcoder)
{
    return transcoder->order != ORDER_MISSING;
}

static uint32_t unit_at(const struct transcoder *transcoder, const unsigned char *p)
{
    return transcoder->order == ORDER_LITTLE ? (uint32_t)(p[0] | p[1] << 8)
                                             : (uint32_t)(p[0] << 8 | p[1]);
}

/* The UTF-8 form of a code, or what it would be for a lone surrogate. */
static size_t put_code(uint32_t code, char *out)
{
    if (code < 0x80) {
        out[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
        return 2;
    }
    if (code < BEYOND) {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code >> 18);
    out[1] = (char)(0x80 | (code >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code & 0x3F));
    return 4;
}

/* Bytes of the mark to be passed over. */
static size_t read_mark(struct transcoder *transcoder, struct text in)
{
    const unsigned char *p = (const unsigned char *)in.data;
    if (in.size >= 2 && p[0] == 0xFF && p[1] == 0xFE)
        transcoder->order = ORDER_LITTLE;
    else if (in.size >= 2 && p[0] == 0xFE && p[1] == 0xFF)
        transcoder->order = ORDER_BIG;
    else
        transcoder->order = ORDER_MISSING;
    return transcoder->order == ORDER_MISSING ? 0 : 2;
}

/* One character of UTF-16; returns the bytes taken, 0 if more are needed. */
static size_t take_utf16(const struct transcoder *transcoder, const unsigned char *p, size_t left,
                         bool last, char *out, size_t *written)
{
    if (left < 2) {
        out[0] = (char)0xFF;
        *written = 1;
        return last ? 1 : 0;
    }
    uint32_t unit = unit_at(transcoder, p);
    bool high = unit >= HIGH_FIRST && unit < LOW_FIRST;
    if (high && left < 4 && !last)
        return 0;
    uint32_t next = high && left >= 4 ? unit_at(transcoder, p + 2) : 0;
    if (next >= LOW_FIRST && next <= LOW_LAST) {
        *written = put_code(BEYOND + ((unit - HIGH_FIRST) << 10) + (next - LOW_FIRST), out);
        return 4;
    }
    *written = put_code(unit, out);
    return 2;
}

/* One character of GB18030 above ASCII. */
static size_t take_gb18030(struct transcoder *transcoder, const unsigned char *p, size_t left,
                           bool last, char *out, size_t *written)
{
    if (left < TRANSCODER_UNIT && !last && (left < 2 || p[1] < '@'))
        return 0;
    *written = 0;
    size_t taken = converter_take(transcoder->converter, p, left, out, written);
    if (taken > 0)
        return taken;
    out[0] = (char)0xFF;
    *written = 1;
    return 1;
}

size_t transcoder_apply(struct transcoder *transcoder, struct text in, bool last, char *out,
                        size_t room, size_t *taken)
{
    const unsigned char *p = (const unsigned char *)in.data;
    bool wide = transcoder->encoding == ENCODING_UTF16;
    size_t written = 0;
    size_t at = 0;
    if (wide && transcoder->order == ORDER_UNKNOWN)
        at = read_mark(transcoder, in);
    while (at < in.size && written + TRANSCODER_UNIT <= room) {
        if (!wide && p[at] < 0x80) {
            out[written++] = (char)p[at++];
            continue;
        }
        size_t size;
        size_t step =
            wide ? take_utf16(transcoder, p + at, in.size - at, last, out + written, &size)
                 : take_gb18030(transcoder, p + at, in.size - at, last, out + written, &size);
        if (step == 0)
            break;
        at += step;
        written += size;
    }
    *taken = at;
    return written;
}
