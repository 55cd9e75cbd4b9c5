/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Records of "key=value" lines in a fixed order: one table of fields writes a struct and reads it
 * back. A record has exactly the lines of its table; what is read and written again gives the
 * same bytes.
 */
#ifndef HENG_MODELS_DRAW_RECORD_H
#define HENG_MODELS_DRAW_RECORD_H

#include "models/draw/lines.h"

enum record_kind {
    RECORD_LITERAL, /* always the same value; no member */
    RECORD_ID,      /* struct text, see lines_is_id() */
    RECORD_TEXT,    /* struct text, see lines_is_text(); may be empty */
    RECORD_NUMBER,  /* int64_t, 0 or more */
    RECORD_DAY,     /* day */
    RECORD_DIGEST,  /* 32 bytes in hexadecimal */
    RECORD_CHOICE   /* int, index of a name */
};

struct record_field {
    const char *key;
    enum record_kind kind;
    size_t offset;
    const char *literal;      /* RECORD_LITERAL */
    const char *const *names; /* RECORD_CHOICE, NULL ends the list */
    int64_t max;              /* RECORD_NUMBER */
};

void record_write(const struct record_field *fields, size_t count, const void *record,
                  struct lines_writer *writer);

/* Texts point into the content that is read. */
ERROR_CHECKED bool record_read(const struct record_field *fields, size_t count,
                               struct lines_reader *reader, void *record, struct error *err);

/* Does a record that was not read, but filled by a caller, fit its table? ERROR_INPUT if not. */
ERROR_CHECKED bool record_check(const struct record_field *fields, size_t count, const void *record,
                                struct error *err);

#endif
