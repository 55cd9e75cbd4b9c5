/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/decimal.h"

#include <stdio.h>
#include <string.h>

enum {
    EXPONENT_CAP = 9999,
    SMALL_ZEROS = 5,
    DAY_DIGITS = 7,
    FRACTION_DIGITS = 10,
    DAY_SECONDS = 86400
};

#define FRACTION_ONE INT64_C(10000000000)

static bool is_digit(struct text value, size_t at)
{
    return at < value.size && value.data[at] >= '0' && value.data[at] <= '9';
}

static void trim_digits(struct decimal *decimal)
{
    while (decimal->count > 0 && decimal->digits[decimal->count - 1] == 0)
        decimal->count--;
    if (decimal->count == 0) {
        decimal->point = 0;
        decimal->negative = false;
    }
}

/* Digits from at on; those behind the point move it, those before it too. */
static size_t read_digits(struct text value, size_t at, bool behind_point, struct decimal *out)
{
    for (; is_digit(value, at); at++) {
        int digit = value.data[at] - '0';
        bool leading = out->count == 0 && digit == 0;
        if (!leading && out->count < DECIMAL_DIGITS_CAP)
            out->digits[out->count++] = (unsigned char)digit;
        if (out->point > -EXPONENT_CAP && out->point < EXPONENT_CAP)
            out->point += behind_point ? -leading : !leading;
    }
    return at;
}

static bool read_exponent(struct text value, size_t *at, int *exponent)
{
    bool negative = *at < value.size && value.data[*at] == '-';
    if (*at < value.size && (value.data[*at] == '-' || value.data[*at] == '+'))
        (*at)++;
    size_t first = *at;
    *exponent = 0;
    for (; is_digit(value, *at); (*at)++) {
        if (*exponent <= EXPONENT_CAP)
            *exponent = 10 * *exponent + (value.data[*at] - '0');
    }
    bool ok = *at > first && *exponent <= EXPONENT_CAP;
    *exponent = negative ? -*exponent : *exponent;
    return ok;
}

bool decimal_read(struct text value, struct decimal *out)
{
    size_t at = 0;
    int exponent = 0;
    *out = (struct decimal){0};
    if (value.size > 0 && (value.data[0] == '-' || value.data[0] == '+')) {
        out->negative = value.data[0] == '-';
        at = 1;
    }
    size_t first = at;
    at = read_digits(value, at, false, out);
    if (at == first)
        return false;
    if (at < value.size && value.data[at] == '.') {
        first = ++at;
        at = read_digits(value, at, true, out);
        if (at == first)
            return false;
    }
    if (at < value.size && (value.data[at] == 'e' || value.data[at] == 'E')) {
        at++;
        if (!read_exponent(value, &at, &exponent))
            return false;
    }
    out->point += exponent;
    trim_digits(out);
    return at == value.size;
}

void decimal_round(struct decimal *decimal, int digits)
{
    if (decimal->count <= digits)
        return;
    bool up = decimal->digits[digits] >= 5;
    decimal->count = digits;
    for (int i = digits - 1; up && i >= 0; i--) {
        decimal->digits[i] = (unsigned char)(decimal->digits[i] + 1);
        up = decimal->digits[i] == 10;
        if (up)
            decimal->digits[i] = 0;
    }
    if (up) {
        decimal->digits[0] = 1;
        decimal->count = 1;
        decimal->point++;
    }
    trim_digits(decimal);
}

static char digit_at(const struct decimal *decimal, int i)
{
    return (char)('0' + (i >= 0 && i < decimal->count ? decimal->digits[i] : 0));
}

static size_t write_plain(const struct decimal *decimal, char *out)
{
    size_t size = 0;
    int before = decimal->point > 0 ? decimal->point : 1;
    for (int i = 0; i < before; i++)
        out[size++] = decimal->point > 0 ? digit_at(decimal, i) : '0';
    if (decimal->count <= decimal->point)
        return size;
    out[size++] = '.';
    for (int i = decimal->point < 0 ? decimal->point : 0; i < 0; i++)
        out[size++] = '0';
    for (int i = decimal->point > 0 ? decimal->point : 0; i < decimal->count; i++)
        out[size++] = digit_at(decimal, i);
    return size;
}

static size_t write_scientific(const struct decimal *decimal, char *out)
{
    size_t size = 0;
    out[size++] = digit_at(decimal, 0);
    if (decimal->count > 1)
        out[size++] = '.';
    for (int i = 1; i < decimal->count; i++)
        out[size++] = digit_at(decimal, i);
    return size + (size_t)snprintf(out + size, 8, "E%+03d", decimal->point - 1);
}

struct text decimal_write(const struct decimal *decimal, int plain, char out[DECIMAL_TEXT_SIZE])
{
    size_t size = 0;
    if (decimal->count == 0)
        return TEXT_LITERAL("0");
    if (decimal->negative)
        out[size++] = '-';
    if (decimal->point > -SMALL_ZEROS && decimal->point <= plain)
        size += write_plain(decimal, out + size);
    else
        size += write_scientific(decimal, out + size);
    return (struct text){out, size};
}

bool decimal_serial(const struct decimal *decimal, int64_t *days, int *seconds)
{
    int64_t whole = 0;
    int64_t fraction = 0;
    if (decimal->negative || decimal->point > DAY_DIGITS)
        return false;
    for (int i = 0; i < decimal->point; i++)
        whole = 10 * whole + (digit_at(decimal, i) - '0');
    for (int i = 0; i < FRACTION_DIGITS; i++)
        fraction = 10 * fraction + (digit_at(decimal, decimal->point + i) - '0');
    int64_t scaled = (fraction * DAY_SECONDS + FRACTION_ONE / 2) / FRACTION_ONE;
    *days = whole + scaled / DAY_SECONDS;
    *seconds = (int)(scaled % DAY_SECONDS);
    return true;
}
