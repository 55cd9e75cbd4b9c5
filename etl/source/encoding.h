/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Field bytes to UTF-8. GB18030-2022 text is converted with a table of the two-byte codes (filled
 * once from the C library's iconv) and iconv itself for the four-byte ones; UTF-8 is checked.
 * Text that is not well formed, or holds a NUL, is refused, never repaired. UTF-16 has no converter
 * of fields: a whole stream of it is turned into UTF-8 by transcoder.h.
 */
#ifndef HENG_ETL_SOURCE_ENCODING_H
#define HENG_ETL_SOURCE_ENCODING_H

#include <stdbool.h>

#include "models/core/error.h"
#include "models/core/text.h"

enum encoding { ENCODING_UTF8, ENCODING_GB18030, ENCODING_UTF16 };

struct converter;

ERROR_CHECKED bool encoding_of(struct text name, enum encoding *out);
const char *encoding_name(enum encoding encoding);

ERROR_CHECKED bool converter_new(enum encoding encoding, struct converter **out, struct error *err);
void converter_free(struct converter *converter);

/* Bytes that `size` bytes of input can become at most. */
size_t converter_room(const struct converter *converter, size_t size);

/* Converts value into out (converter_room() bytes; may be value.data itself for UTF-8, where the
 * result is the input). False when the bytes are not well formed. */
bool converter_apply(struct converter *converter, struct text value, char *out,
                     struct text *result);

/* GB18030 only: appends the UTF-8 form of the character at p, which is not ASCII, to out; returns
 * how many bytes it took, 0 if there is none. */
size_t converter_take(struct converter *converter, const unsigned char *p, size_t left, char *out,
                      size_t *written);

#endif
