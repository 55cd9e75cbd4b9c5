/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GB18030 and UTF-16: whole, in pieces, and against the C library's own conversion. */
#include <assert.h>
#include <iconv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "etl/source/encoding.h"
#include "etl/source/transcoder.h"
#include "models/models.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SIZE_CAP = 8192, ROOM = 4 * SIZE_CAP + 64 };

static char whole[ROOM];
static char pieces[ROOM];
static char library[ROOM];

/* Filling the converter's table takes longer than a run. */
static struct converter *shared_converter(void)
{
    static struct converter *converter;
    struct error err;
    if (!converter && !converter_new(ENCODING_GB18030, &converter, &err))
        abort();
    return converter;
}

static void compare_with_library(struct text in)
{
    static iconv_t handle;
    struct text out;
    char *from = (char *)(uintptr_t)in.data;
    char *to = library;
    size_t from_left = in.size;
    size_t to_left = sizeof library;
    if (!handle)
        handle = iconv_open("UTF-8", "GB18030");
    iconv(handle, NULL, NULL, NULL, NULL);
    bool good = iconv(handle, &from, &from_left, &to, &to_left) != (size_t)-1 && from_left == 0;
    bool ours = converter_apply(shared_converter(), in, whole, &out);
    if (memchr(in.data, 0, in.size))
        good = false;
    assert(good == ours);
    assert(!ours || (text_valid_utf8(out) && out.size == sizeof library - to_left &&
                     memcmp(out.data, library, out.size) == 0));
}

static size_t transcode(enum encoding encoding, struct text in, size_t step, char *out)
{
    struct transcoder *transcoder;
    struct error err;
    size_t written = 0;
    size_t begin = 0;
    size_t end = 0;
    if (!transcoder_new(encoding, &transcoder, &err))
        abort();
    while (begin < in.size) {
        size_t taken;
        end = end + step < in.size ? end + step : in.size;
        struct text piece = {in.data + begin, end - begin};
        written += transcoder_apply(transcoder, piece, end == in.size, out + written,
                                    ROOM - written, &taken);
        begin += taken;
        assert(taken > 0 || end < in.size);
    }
    transcoder_free(transcoder);
    return written;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct text in = {(const char *)data, size < SIZE_CAP ? size : SIZE_CAP};
    models_init();
    if (in.size == 0)
        return 0;
    compare_with_library(in);
    if (in.size < 4)
        return 0;
    size_t at_once = transcode(ENCODING_UTF16, in, in.size, whole);
    size_t piecewise = transcode(ENCODING_UTF16, in, 4 + in.size % 3, pieces);
    assert(at_once == piecewise && memcmp(whole, pieces, at_once) == 0);
    return 0;
}
