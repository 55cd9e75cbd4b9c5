/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/xlsx_strings.h"

#include <stdlib.h>
#include <string.h>

#include "etl/source/xlsx_part.h"

enum { FIRST_ROOM = 64 * 1024, FIRST_COUNT = 4096, ESCAPE_SIZE = 7, HEX_DIGITS = 4 };

struct reader {
    struct xlsx_strings *strings;
    size_t start;   /* of the string being read */
    bool in_string; /* <si> */
    bool in_text;   /* <t> */
    int phonetic;   /* open <rPh> */
};

static bool reserve_bytes(struct xlsx_strings *strings, size_t size)
{
    if (strings->size + size <= strings->room)
        return true;
    size_t room = strings->room + strings->room / 2 + size + FIRST_ROOM;
    char *larger = realloc(strings->data, room);
    if (!larger)
        return false;
    strings->data = larger;
    strings->room = room;
    return true;
}

static bool reserve_count(struct xlsx_strings *strings)
{
    if (strings->count < strings->count_room)
        return true;
    size_t room = 2 * strings->count_room + FIRST_COUNT;
    uint32_t *larger = realloc(strings->ends, room * sizeof *larger);
    if (!larger)
        return false;
    strings->ends = larger;
    strings->count_room = room;
    return true;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The code of an escape at data, -1 if there is none. Only what XML cannot hold is escaped, and the
 * underscore itself, so codes from 0x80 on stay as they are. */
static int escaped_code(const char *data, size_t size)
{
    int code = 0;
    if (size < ESCAPE_SIZE || data[0] != '_' || data[1] != 'x' || data[ESCAPE_SIZE - 1] != '_')
        return -1;
    for (int i = 0; i < HEX_DIGITS; i++) {
        int digit = hex_value(data[2 + i]);
        if (digit < 0)
            return -1;
        code = 16 * code + digit;
    }
    return code > 0 && code < 0x80 ? code : -1;
}

size_t xlsx_strings_unescape(char *data, size_t size)
{
    char *at = size > 0 ? memchr(data, '_', size) : NULL;
    if (!at)
        return size;
    size_t written = (size_t)(at - data);
    for (size_t i = written; i < size;) {
        int code = escaped_code(data + i, size - i);
        data[written++] = code < 0 ? data[i] : (char)code;
        i += code < 0 ? 1 : ESCAPE_SIZE;
    }
    return written;
}

static void on_start(struct xml *xml, void *reader, const char *name, const char **attributes)
{
    struct reader *r = reader;
    (void)xml;
    (void)attributes;
    if (strcmp(name, "si") == 0) {
        r->in_string = true;
        r->start = r->strings->size;
    } else if (strcmp(name, "t") == 0) {
        r->in_text = r->in_string && r->phonetic == 0;
    } else if (strcmp(name, "rPh") == 0) {
        r->phonetic++;
    }
}

static void on_text(struct xml *xml, void *reader, const char *data, size_t size)
{
    struct reader *r = reader;
    struct xlsx_strings *strings = r->strings;
    if (!r->in_text)
        return;
    if (strings->size + size > XLSX_STRING_BYTES_CAP)
        xml_fail(xml, ERROR_LIMIT, "shared strings have at most %d bytes, found more",
                 XLSX_STRING_BYTES_CAP);
    else if (!reserve_bytes(strings, size))
        xml_fail(xml, ERROR_MEMORY, "no memory");
    else {
        memcpy(strings->data + strings->size, data, size);
        strings->size += size;
    }
}

static void end_string(struct xml *xml, struct reader *r)
{
    struct xlsx_strings *strings = r->strings;
    r->in_string = false;
    if (strings->count == XLSX_STRINGS_CAP) {
        xml_fail(xml, ERROR_LIMIT, "at most %d shared strings, found more", XLSX_STRINGS_CAP);
        return;
    }
    if (!reserve_count(strings)) {
        xml_fail(xml, ERROR_MEMORY, "no memory");
        return;
    }
    if (strings->size > r->start)
        strings->size =
            r->start + xlsx_strings_unescape(strings->data + r->start, strings->size - r->start);
    strings->ends[strings->count++] = (uint32_t)strings->size;
}

static void on_end(struct xml *xml, void *reader, const char *name)
{
    struct reader *r = reader;
    if (strcmp(name, "si") == 0 && r->in_string)
        end_string(xml, r);
    else if (strcmp(name, "t") == 0)
        r->in_text = false;
    else if (strcmp(name, "rPh") == 0)
        r->phonetic--;
}

bool xlsx_strings_read(struct archive *archive, const char *path, int64_t entry,
                       struct xlsx_strings *strings, struct error *err)
{
    static const struct xml_events events = {on_start, on_end, on_text};
    struct reader reader = {.strings = strings};
    *strings = (struct xlsx_strings){0};
    return entry < 0 ||
           xlsx_part_read(archive, path, entry, "shared strings", &events, &reader, err);
}

void xlsx_strings_free(struct xlsx_strings *strings)
{
    free(strings->data);
    free(strings->ends);
    *strings = (struct xlsx_strings){0};
}

bool xlsx_strings_at(const struct xlsx_strings *strings, int64_t number, struct text *out)
{
    if (number < 0 || (uint64_t)number >= strings->count)
        return false;
    size_t start = number > 0 ? strings->ends[number - 1] : 0;
    *out = (struct text){strings->data ? strings->data + start : "", strings->ends[number] - start};
    return true;
}
