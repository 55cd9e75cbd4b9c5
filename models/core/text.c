/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/core/text.h"

#include <string.h>

static const char ideographic_space[] = "\xE3\x80\x80";

struct text text_of(const char *c_string)
{
    return (struct text){c_string, c_string ? strlen(c_string) : 0};
}

bool text_equal(struct text a, struct text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool text_is(struct text a, const char *c_string)
{
    return text_equal(a, text_of(c_string));
}

int text_compare(struct text a, struct text b)
{
    size_t shared = a.size < b.size ? a.size : b.size;
    int order = shared ? memcmp(a.data, b.data, shared) : 0;
    if (order != 0)
        return order;
    return (a.size > b.size) - (a.size < b.size);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text text_trim(struct text value)
{
    for (;;) {
        if (value.size >= 1 && is_blank(value.data[0])) {
            value.data++;
            value.size--;
        } else if (value.size >= 3 && memcmp(value.data, ideographic_space, 3) == 0) {
            value.data += 3;
            value.size -= 3;
        } else {
            break;
        }
    }
    for (;;) {
        if (value.size >= 1 && is_blank(value.data[value.size - 1]))
            value.size--;
        else if (value.size >= 3 && memcmp(value.data + value.size - 3, ideographic_space, 3) == 0)
            value.size -= 3;
        else
            break;
    }
    return value;
}

/* U+FF01…U+FF5E are EF BC 81 … EF BD 9E. */
struct text text_fold_width(struct text value, char *out)
{
    size_t written = 0;
    for (size_t i = 0; i < value.size;) {
        const unsigned char *p = (const unsigned char *)value.data + i;
        size_t left = value.size - i;
        if (left >= 3 && p[0] == 0xEF && (p[1] == 0xBC || p[1] == 0xBD)) {
            unsigned code = ((p[1] & 0x3Fu) << 6) | (p[2] & 0x3Fu);
            code |= 0xF000u;
            if (code >= 0xFF01u && code <= 0xFF5Eu) {
                out[written++] = (char)(code - 0xFEE0u);
                i += 3;
                continue;
            }
        } else if (left >= 3 && memcmp(p, ideographic_space, 3) == 0) {
            out[written++] = ' ';
            i += 3;
            continue;
        }
        out[written++] = (char)p[0];
        i++;
    }
    return (struct text){out, written};
}

/* The table of well-formed byte sequences: Unicode 15.0, section 3.9, table 3-7. */
static size_t sequence_length(const unsigned char *p, size_t left)
{
    if (p[0] < 0x80)
        return p[0] != 0 ? 1 : 0;
    size_t length = p[0] >= 0xF0 ? 4 : p[0] >= 0xE0 ? 3 : 2;
    if (p[0] < 0xC2 || p[0] > 0xF4 || left < length)
        return 0;
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (p[0] == 0xE0)
        low = 0xA0;
    else if (p[0] == 0xED)
        high = 0x9F;
    else if (p[0] == 0xF0)
        low = 0x90;
    else if (p[0] == 0xF4)
        high = 0x8F;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

bool text_valid_utf8(struct text value)
{
    const unsigned char *p = (const unsigned char *)value.data;
    size_t left = value.size;
    while (left > 0) {
        size_t length = sequence_length(p, left);
        if (length == 0)
            return false;
        p += length;
        left -= length;
    }
    return true;
}

/* Appends a decimal digit to the magnitude of a number of the given sign. */
static bool push_digit(int64_t *value, bool negative, int digit)
{
    if (__builtin_mul_overflow(*value, (int64_t)10, value))
        return false;
    return negative ? !__builtin_sub_overflow(*value, (int64_t)digit, value)
                    : !__builtin_add_overflow(*value, (int64_t)digit, value);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool text_to_i64(struct text value, int64_t *out)
{
    return text_to_scaled(value, 0, out) && memchr(value.data, ',', value.size) == NULL &&
           memchr(value.data, '.', value.size) == NULL;
}

/* Reads the digits before the decimal point; commas must stand before groups of three. */
static bool read_whole_part(struct text value, size_t *at, bool negative, int64_t *out)
{
    size_t digits = 0;
    size_t since_comma = 0;
    bool grouped = false;
    for (; *at < value.size; (*at)++) {
        char c = value.data[*at];
        if (c == ',') {
            if (digits == 0 || (grouped ? since_comma != 3 : digits > 3))
                return false;
            grouped = true;
            since_comma = 0;
        } else if (is_digit(c)) {
            if (!push_digit(out, negative, c - '0'))
                return false;
            digits++;
            since_comma++;
        } else {
            break;
        }
    }
    return digits > 0 && (!grouped || since_comma == 3);
}

bool text_to_scaled(struct text value, int scale, int64_t *out)
{
    int64_t number = 0;
    size_t at = 0;
    bool negative = value.size > 0 && value.data[0] == '-';
    if (value.size > 0 && (value.data[0] == '-' || value.data[0] == '+'))
        at = 1;
    if (!read_whole_part(value, &at, negative, &number))
        return false;
    int decimals = 0;
    if (at < value.size && value.data[at] == '.') {
        size_t first = ++at;
        for (; at < value.size && is_digit(value.data[at]); at++) {
            if (decimals < scale) {
                if (!push_digit(&number, negative, value.data[at] - '0'))
                    return false;
                decimals++;
            } else if (value.data[at] != '0') {
                return false;
            }
        }
        if (at == first)
            return false;
    }
    for (; decimals < scale; decimals++) {
        if (!push_digit(&number, negative, 0))
            return false;
    }
    *out = number;
    return at == value.size;
}

void text_hex(const unsigned char *bytes, size_t size, char *out)
{
    static const char digits[] = "0123456789abcdef";
    for (size_t i = 0; i < size; i++) {
        out[2 * i] = digits[bytes[i] >> 4];
        out[2 * i + 1] = digits[bytes[i] & 15];
    }
    out[2 * size] = '\0';
}

bool text_join(char *out, size_t size, const char *const *parts)
{
    size_t used = 0;
    for (; *parts; parts++) {
        size_t part = strlen(*parts);
        if (part >= size - used)
            return false;
        memcpy(out + used, *parts, part);
        used += part;
    }
    out[used] = '\0';
    return true;
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool text_unhex(struct text value, unsigned char *out, size_t size)
{
    if (value.size != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = hex_value(value.data[2 * i]);
        int low = hex_value(value.data[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}
