/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Slices of text (not NUL terminated, not owned) and the few operations that records need:
 * trimming, full-width folding, UTF-8 checking, numbers read without locale.
 */
#ifndef HENG_MODELS_CORE_TEXT_H
#define HENG_MODELS_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
    const char *data;
    size_t size;
};

#define TEXT_LITERAL(s) ((struct text){(s), sizeof(s) - 1})

struct text text_of(const char *c_string);
bool text_equal(struct text a, struct text b);
bool text_is(struct text a, const char *c_string);

/* memcmp order, the shorter first on an equal prefix. */
int text_compare(struct text a, struct text b);

/* Without leading and trailing ASCII white space and U+3000 (ideographic space). */
struct text text_trim(struct text value);

/* Writes value with U+FF01…U+FF5E folded to ASCII and U+3000 to a blank into out (at least
 * value.size bytes). Returns the slice of out. */
struct text text_fold_width(struct text value, char *out);

/* Well-formed UTF-8 (no overlong form, no surrogate, at most U+10FFFF) without NUL. */
bool text_valid_utf8(struct text value);

/* Decimal integer, optional sign, nothing else; false on anything else or overflow. */
bool text_to_i64(struct text value, int64_t *out);

/* A decimal number ("1,234.50" allowed: commas must group by three) times 10^scale as an integer;
 * false when it is not a number, needs more decimals than scale, or overflows. */
bool text_to_scaled(struct text value, int scale, int64_t *out);

/* Lower-case hexadecimal; out has room for 2 * size + 1. */
void text_hex(const unsigned char *bytes, size_t size, char *out);

/* Writes the parts, up to a NULL, one after the other into out with a final NUL; false when size
 * bytes do not hold them. */
bool text_join(char *out, size_t size, const char *const *parts);

/* Exactly 2 * size hexadecimal digits, lower case. */
bool text_unhex(struct text value, unsigned char *out, size_t size);

#endif
