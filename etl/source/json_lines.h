/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lines of a stream that are not blank, without their end (LF or CRLF). A line of more than
 * SOURCE_RECORD_CAP bytes comes back cut, with a problem.
 */
#ifndef HENG_ETL_SOURCE_JSON_LINES_H
#define HENG_ETL_SOURCE_JSON_LINES_H

#include "etl/source/splitter.h"
#include "etl/source/window.h"

struct json_lines {
    struct window window;
    int64_t line;
    bool skipping;
};

ERROR_CHECKED bool json_lines_init(struct json_lines *lines, struct stream *stream,
                                   struct error *err);
void json_lines_free(struct json_lines *lines);

/* The number of the element is that of its line. */
ERROR_CHECKED bool json_lines_next(struct json_lines *lines, struct element *element, bool *end,
                                   struct error *err);

#endif
