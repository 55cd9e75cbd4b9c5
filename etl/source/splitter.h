/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A JSON document taken apart into the elements of one array before anything is parsed, so that
 * memory is one element. The array is the document itself or, by a dotted path ("data.records"), a
 * member of objects; what stands beside it is passed over. Content must be UTF-8.
 *
 * Brackets must match and strings must close: where they do not, elements cannot be told apart and
 * the document is an error that names element and byte. What is inside an element is not judged,
 * except that one of more than SOURCE_RECORD_CAP bytes comes back with a problem.
 */
#ifndef HENG_ETL_SOURCE_SPLITTER_H
#define HENG_ETL_SOURCE_SPLITTER_H

#include "etl/source/stream.h"
#include "models/core/text.h"

struct splitter;

struct element {
    struct text raw;     /* valid until the next call */
    int64_t number;      /* in the array, from 1 */
    int64_t offset;      /* of its first byte in the content */
    const char *problem; /* NULL, or why raw is not the whole element */
};

/* The stream and the path (NULL: the document is the array) stay the caller's. */
ERROR_CHECKED bool splitter_open(struct stream *stream, const char *path, struct splitter **out,
                                 struct error *err);
void splitter_close(struct splitter *splitter);

/* At the end of the array the rest of the document is checked too. */
ERROR_CHECKED bool splitter_next(struct splitter *splitter, struct element *element, bool *end,
                                 struct error *err);

#endif
