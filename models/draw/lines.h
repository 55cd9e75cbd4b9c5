/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The text of a bundle: UTF-8 lines that each end with LF, fields separated by one TAB. Written
 * into an arena; read strictly, an error names the file, the line, what was expected and found.
 * Reading errors are ERROR_INVALID.
 */
#ifndef HENG_MODELS_DRAW_LINES_H
#define HENG_MODELS_DRAW_LINES_H

#include "models/core/arena.h"
#include "models/core/text.h"

enum { LINES_ID_CAP = 128, LINES_TEXT_CAP = 1024, LINES_FIELD_CAP = 40 };

struct lines_writer {
    struct arena *arena;
    char *data;
    size_t size;
    size_t room;
    bool failed; /* no memory: everything after is ignored, lines_finish() reports it */
};

/* room is a guess of the final size. */
void lines_start(struct lines_writer *writer, struct arena *arena, size_t room);
void lines_put(struct lines_writer *writer, struct text value);
void lines_put_name(struct lines_writer *writer, const char *value);
void lines_put_number(struct lines_writer *writer, int64_t value);
void lines_put_hex(struct lines_writer *writer, const unsigned char *bytes, size_t size);
void lines_tab(struct lines_writer *writer);
void lines_end(struct lines_writer *writer);
ERROR_CHECKED bool lines_finish(struct lines_writer *writer, struct text *out, struct error *err);

struct lines_reader {
    const char *file;
    struct text rest;
    size_t number; /* of the line last read, from 1 */
};

struct lines_reader lines_reader_of(const char *file, struct text content);
bool lines_more(const struct lines_reader *reader);
size_t lines_count(struct text content);

ERROR_CHECKED bool lines_next(struct lines_reader *reader, struct text *line, struct error *err);

/* The next line, which must have exactly count fields (at most LINES_FIELD_CAP). */
ERROR_CHECKED bool lines_fields(struct lines_reader *reader, struct text *fields, size_t count,
                                struct error *err);

/* A canonical decimal integer: no sign, no leading zero. */
ERROR_CHECKED bool lines_number(const struct lines_reader *reader, struct text field,
                                const char *name, int64_t min, int64_t max, int64_t *out,
                                struct error *err);
ERROR_CHECKED bool lines_id(const struct lines_reader *reader, struct text field, const char *name,
                            struct error *err);

/* An error about the line last read. Returns false. */
bool lines_invalid(const struct lines_reader *reader, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* 1 to LINES_ID_CAP bytes of UTF-8 without control characters and commas. */
bool lines_is_id(struct text value);

/* At most LINES_TEXT_CAP bytes of UTF-8 without control characters. */
bool lines_is_text(struct text value);

/* Are the two contents the same? If not, the error names the first line that differs. */
ERROR_CHECKED bool lines_same(const char *file, struct text expected, struct text found,
                              struct error *err);

#endif
