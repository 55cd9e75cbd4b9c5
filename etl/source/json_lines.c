/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/json_lines.h"

#include <string.h>

#include "etl/source/record.h"

bool json_lines_init(struct json_lines *lines, struct stream *stream, struct error *err)
{
    *lines = (struct json_lines){0};
    /* One byte more than a line with its end, so that a line at the cap is seen to end. */
    if (!window_init(&lines->window, stream, SOURCE_RECORD_CAP + 2, err) ||
        !window_fill(&lines->window, err))
        return false;
    window_pass_mark(&lines->window);
    return true;
}

void json_lines_free(struct json_lines *lines)
{
    window_free(&lines->window);
}

static bool is_blank(struct text line)
{
    return text_trim(line).size == 0;
}

/* Passes what is left of a line that was given up. */
static void skip_rest(struct json_lines *lines)
{
    struct text view = window_view(&lines->window);
    const char *stop = memchr(view.data, '\n', view.size);
    lines->skipping = !stop;
    window_pass(&lines->window, stop ? (size_t)(stop - view.data) + 1 : view.size);
}

bool json_lines_next(struct json_lines *lines, struct element *element, bool *end,
                     struct error *err)
{
    for (;;) {
        if (!window_fill(&lines->window, err))
            return false;
        struct text view = window_view(&lines->window);
        *end = view.size == 0;
        if (*end)
            return true;
        if (lines->skipping) {
            skip_rest(lines);
            continue;
        }
        const char *stop = memchr(view.data, '\n', view.size);
        size_t size = stop ? (size_t)(stop - view.data) : view.size;
        struct text raw = {view.data, size};
        if (raw.size > 0 && raw.data[raw.size - 1] == '\r')
            raw.size--;
        *element =
            (struct element){.raw = raw, .number = ++lines->line, .offset = lines->window.offset};
        if (raw.size > SOURCE_RECORD_CAP) {
            element->raw.size = SOURCE_RECORD_CAP;
            element->problem = "a line of more than 1 MiB";
        }
        lines->skipping = !stop && !lines->window.finished;
        window_pass(&lines->window, stop ? size + 1 : size);
        if (element->problem || !is_blank(raw))
            return true;
    }
}
