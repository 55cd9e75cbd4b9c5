/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/core/error.h"

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

static const struct error_meaning meanings[ERROR_KIND_COUNT] = {
    [ERROR_NONE] = {"none", 0, 200, false},
    [ERROR_USAGE] = {"usage", 2, 400, false},
    [ERROR_CONFIG] = {"config", 3, 500, false},
    [ERROR_INPUT] = {"input", 4, 422, false},
    [ERROR_NOT_FOUND] = {"not-found", 5, 404, false},
    [ERROR_CONFLICT] = {"conflict", 6, 409, false},
    [ERROR_LIMIT] = {"limit", 7, 413, false},
    [ERROR_IO] = {"io", 8, 500, false},
    [ERROR_DATABASE] = {"database", 9, 500, false},
    [ERROR_UNAVAILABLE] = {"unavailable", 10, 503, true},
    [ERROR_MEMORY] = {"memory", 11, 503, true},
    [ERROR_INTERNAL] = {"internal", 12, 500, false},
    [ERROR_INTERRUPTED] = {"interrupted", 13, 503, true},
    [ERROR_CHECK] = {"check", 14, 500, false},
    [ERROR_INVALID] = {"invalid", 20, 422, false},
    [ERROR_NOT_REVEALED] = {"not-revealed", 21, 409, false},
    [ERROR_SCHEMA] = {"schema", 6, 503, false},
};

/* Cuts an incomplete UTF-8 sequence off the end of a text that snprintf may have truncated. */
static void cut_partial_character(char *text)
{
    size_t end = strlen(text);
    size_t start = end;
    while (start > 0 && end - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
        start--;
    if (start == 0)
        return;
    unsigned char lead = (unsigned char)text[start - 1];
    size_t need = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    if (end - (start - 1) < need)
        text[start - 1] = '\0';
}

bool error_set(struct error *err, enum error_kind kind, const char *subject, const char *format,
               ...)
{
    if (!err)
        return false;
    err->kind = kind;
    snprintf(err->subject, sizeof err->subject, "%s", subject ? subject : "");
    cut_partial_character(err->subject);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    cut_partial_character(err->message);
    return false;
}

bool error_memory(struct error *err)
{
    return error_set(err, ERROR_MEMORY, NULL, "out of memory");
}

bool error_errno(struct error *err, const char *subject, const char *what, int errno_value)
{
    const char *description = strerrordesc_np(errno_value);
    return error_set(err, ERROR_IO, subject, "%s: %s", what,
                     description ? description : "unknown error");
}

const struct error_meaning *error_meaning_of(enum error_kind kind)
{
    if ((int)kind < 0 || kind >= ERROR_KIND_COUNT)
        kind = ERROR_INTERNAL;
    return &meanings[kind];
}
