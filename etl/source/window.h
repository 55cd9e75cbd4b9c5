/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A view that slides over a stream: at least `least` bytes ahead, or all that is left. */
#ifndef HENG_ETL_SOURCE_WINDOW_H
#define HENG_ETL_SOURCE_WINDOW_H

#include "etl/source/stream.h"

struct window {
    struct stream *stream;
    char *buffer;
    size_t room;
    size_t least;
    size_t begin;   /* first byte not yet passed */
    size_t end;     /* behind the last byte read */
    int64_t offset; /* of begin in the content */
    bool finished;  /* nothing follows end */
};

/* The stream stays the caller's. */
ERROR_CHECKED bool window_init(struct window *window, struct stream *stream, size_t least,
                               struct error *err);
void window_free(struct window *window);

/* What was seen before may have moved afterwards. */
ERROR_CHECKED bool window_fill(struct window *window, struct error *err);

/* What is in view, not yet passed. */
struct text window_view(const struct window *window);

void window_pass(struct window *window, size_t size);

/* Passes a byte order mark in UTF-8; for the first bytes only. */
void window_pass_mark(struct window *window);

#endif
