/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/record/bytes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 64 * 1024 };

void bytes_reset(struct bytes *bytes)
{
    bytes->size = 0;
    bytes->failed = false;
}

void bytes_free(struct bytes *bytes)
{
    free(bytes->data);
    *bytes = (struct bytes){0};
}

bool bytes_ok(const struct bytes *bytes)
{
    return !bytes->failed;
}

/* Makes room for size more bytes and returns where they go, NULL if there is none. */
static char *reserve(struct bytes *bytes, size_t size)
{
    if (bytes->failed)
        return NULL;
    if (bytes->room - bytes->size >= size)
        return bytes->data + bytes->size;
    size_t room = bytes->room ? bytes->room : FIRST_ROOM;
    while (room - bytes->size < size && room <= BYTES_CAP)
        room *= 2;
    char *grown = room <= BYTES_CAP ? realloc(bytes->data, room) : NULL;
    if (!grown) {
        bytes->failed = true;
        return NULL;
    }
    bytes->data = grown;
    bytes->room = room;
    return grown + bytes->size;
}

void bytes_append(struct bytes *bytes, const char *data, size_t size)
{
    char *at = size > 0 ? reserve(bytes, size) : NULL;
    if (!at)
        return;
    memcpy(at, data, size);
    bytes->size += size;
}

void bytes_column_null(struct bytes *bytes)
{
    bytes_append(bytes, "\\N\t", 3);
}

/* The character behind the backslash, 0 for a character that stands for itself. */
static char escape_of(char c)
{
    switch (c) {
    case '\\':
        return '\\';
    case '\t':
        return 't';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    default:
        return 0;
    }
}

void bytes_column_text(struct bytes *bytes, struct text value)
{
    char *at = reserve(bytes, 2 * value.size + 1);
    if (!at)
        return;
    char *out = at;
    for (size_t i = 0; i < value.size; i++) {
        char escape = escape_of(value.data[i]);
        if (escape)
            *out++ = '\\';
        *out++ = escape ? escape : value.data[i];
    }
    *out++ = '\t';
    bytes->size += (size_t)(out - at);
}

void bytes_column_binary(struct bytes *bytes, struct text value)
{
    char *at = reserve(bytes, 2 * value.size + 4);
    if (!at)
        return;
    memcpy(at, "\\\\x", 3);
    text_hex((const unsigned char *)value.data, value.size, at + 3);
    at[2 * value.size + 3] = '\t';
    bytes->size += 2 * value.size + 4;
}

void bytes_column_integer(struct bytes *bytes, int64_t value)
{
    char digits[24];
    char *at = digits + sizeof digits;
    uint64_t magnitude = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    *--at = '\t';
    do {
        *--at = (char)('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude > 0);
    if (value < 0)
        *--at = '-';
    bytes_append(bytes, at, (size_t)(digits + sizeof digits - at));
}

void bytes_end_row(struct bytes *bytes)
{
    if (bytes->failed)
        return;
    assert(bytes->size > 0 && bytes->data[bytes->size - 1] == '\t');
    bytes->data[bytes->size - 1] = '\n';
}
