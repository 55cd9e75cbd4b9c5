/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A stream of bytes in UTF-16 or GB18030 as a stream of UTF-8, for formats whose marks can only be
 * found in UTF-8. Nothing is repaired: what is not text in the encoding becomes bytes that are not
 * UTF-8 (a lone surrogate its three-byte form, anything else 0xFF), so that the record that holds
 * it is refused, and no other.
 *
 * UTF-16 needs its byte order mark, which is taken away.
 */
#ifndef HENG_ETL_SOURCE_TRANSCODER_H
#define HENG_ETL_SOURCE_TRANSCODER_H

#include <stdbool.h>
#include <stddef.h>

#include "etl/source/encoding.h"

enum { TRANSCODER_UNIT = 4 }; /* bytes that one character takes at most, on either side */

struct transcoder;

ERROR_CHECKED bool transcoder_new(enum encoding encoding, struct transcoder **out,
                                  struct error *err);
void transcoder_free(struct transcoder *transcoder);

/* Converts what there is and fits into out; returns the bytes written and sets *taken. last: no
 * byte follows. Without last up to TRANSCODER_UNIT - 1 bytes may stay for the next call. */
size_t transcoder_apply(struct transcoder *transcoder, struct text in, bool last, char *out,
                        size_t room, size_t *taken);

/* False when the first bytes of UTF-16 are no byte order mark; known after the first call. */
bool transcoder_marked(const struct transcoder *transcoder);

#endif
