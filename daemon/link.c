/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/link.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c && strchr("-._~", c));
}

const char *link_make(const char *family, const char *name, int64_t number, char out[LINK_SIZE])
{
    static const char digits[] = "0123456789ABCDEF";
    size_t used = (size_t)snprintf(out, LINK_SIZE, "/api/v1/%s/", family);
    for (const char *c = name; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        assert(used + 4 < LINK_SIZE);
        if (is_unreserved(*c)) {
            out[used++] = *c;
            continue;
        }
        out[used++] = '%';
        out[used++] = digits[byte >> 4];
        out[used++] = digits[byte & 15];
    }
    out[used] = '\0';
    if (number > 0) {
        int printed = snprintf(out + used, LINK_SIZE - used, "/%" PRId64, number);
        assert(printed > 0 && (size_t)printed < LINK_SIZE - used);
    }
    return out;
}

bool link_can_name(const char *name)
{
    return !strchr(name, '/') && !strchr(name, '\\') && strcmp(name, ".") != 0 &&
           strcmp(name, "..") != 0;
}
