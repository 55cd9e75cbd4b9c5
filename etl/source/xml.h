/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * XML read event by event in constant memory: the only door to expat. A reader may pause between
 * two events and go on later, so that records can be asked for one by one. A DTD, elements nested
 * deeper than XML_DEPTH_CAP, and a tag, comment or the like of more than XML_TOKEN_CAP bytes are
 * errors. Names come without their namespace prefix.
 */
#ifndef HENG_ETL_SOURCE_XML_H
#define HENG_ETL_SOURCE_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/error.h"

enum { XML_DEPTH_CAP = 64, XML_TOKEN_CAP = 1024 * 1024 };

struct xml;

/* Where the bytes come from; *size 0 means the end. path and part (NULL if it is the file itself)
 * name them in errors. */
struct xml_input {
    bool (*read)(void *context, char *buffer, size_t capacity, size_t *size, struct error *err);
    void *context;
    const char *path;
    const char *part;
    bool utf8; /* whatever the document says of its encoding */
};

/* What happens at an event; each may be NULL. attributes: name, value, name, value …, NULL. */
struct xml_events {
    void (*start)(struct xml *xml, void *reader, const char *name, const char **attributes);
    void (*end)(struct xml *xml, void *reader, const char *name);
    void (*text)(struct xml *xml, void *reader, const char *data, size_t size);
};

/* Everything passed stays the caller's. */
ERROR_CHECKED bool xml_open(const struct xml_input *input, const struct xml_events *events,
                            void *reader, struct xml **out, struct error *err);
void xml_close(struct xml *xml);

/* Goes on until an event pauses, or to the end of the document (*end). */
ERROR_CHECKED bool xml_run(struct xml *xml, bool *end, struct error *err);

/* The whole document through the events. */
ERROR_CHECKED bool xml_read_all(const struct xml_input *input, const struct xml_events *events,
                                void *reader, struct error *err);

/* For events. Failing ends the run with an error that names the line. */
void xml_pause(struct xml *xml);
void xml_fail(struct xml *xml, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Of the event, in the bytes read: its first byte and the one behind it. */
int64_t xml_begin(const struct xml *xml);
int64_t xml_end(const struct xml *xml);

/* The value of an attribute by its local name; NULL if there is none. */
const char *xml_attribute(const char **attributes, const char *name);

/* A name without its prefix. */
const char *xml_local(const char *name);

#endif
