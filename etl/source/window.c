/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/window.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 1024 * 1024 };

bool window_init(struct window *window, struct stream *stream, size_t least, struct error *err)
{
    *window = (struct window){.stream = stream, .least = least, .room = least + BLOCK_SIZE};
    window->buffer = malloc(window->room);
    return window->buffer != NULL || error_memory(err);
}

void window_free(struct window *window)
{
    free(window->buffer);
    window->buffer = NULL;
}

bool window_fill(struct window *window, struct error *err)
{
    if (window->finished || window->end - window->begin >= window->least)
        return true;
    memmove(window->buffer, window->buffer + window->begin, window->end - window->begin);
    window->end -= window->begin;
    window->begin = 0;
    while (!window->finished && window->end < window->room) {
        size_t got;
        if (!stream_read(window->stream, window->buffer + window->end, window->room - window->end,
                         &got, err))
            return false;
        window->finished = got == 0;
        window->end += got;
    }
    return true;
}

struct text window_view(const struct window *window)
{
    return (struct text){window->buffer + window->begin, window->end - window->begin};
}

void window_pass(struct window *window, size_t size)
{
    assert(size <= window->end - window->begin);
    window->begin += size;
    window->offset += (int64_t)size;
}

void window_pass_mark(struct window *window)
{
    struct text view = window_view(window);
    if (view.size >= 3 && memcmp(view.data, "\xEF\xBB\xBF", 3) == 0)
        window_pass(window, 3);
}
