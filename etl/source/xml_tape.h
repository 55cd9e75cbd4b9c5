/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The last bytes that an XML reader was given, so that a record can be shown as it stands. */
#ifndef HENG_ETL_SOURCE_XML_TAPE_H
#define HENG_ETL_SOURCE_XML_TAPE_H

#include "etl/source/stream.h"
#include "models/core/text.h"

struct xml_tape {
    struct stream *stream;
    char *data;
    size_t size;
    int64_t base; /* offset of data in the content */
    int64_t keep; /* bytes from here on are still needed, if they are not too many */
};

ERROR_CHECKED bool xml_tape_init(struct xml_tape *tape, struct stream *stream, struct error *err);
void xml_tape_free(struct xml_tape *tape);

/* For struct xml_input: context is the tape. */
bool xml_tape_read(void *context, char *buffer, size_t capacity, size_t *size, struct error *err);

/* The bytes between two offsets, cut to SOURCE_RECORD_CAP; empty if they are gone. */
struct text xml_tape_cut(const struct xml_tape *tape, int64_t begin, int64_t end);

#endif
