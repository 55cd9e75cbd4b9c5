/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Elements of an XML document as records, for example the superviseObject elements of a task
 * message of joint supervision. The record path names the element from the root on
 * ("taskInfo/superviseObjects/superviseObject"). A column is a path below it: child elements and at
 * the end an attribute ("code", "address/city", "@no", "address/@zip"); one that begins with '/' is
 * a path from the root and has the value last seen there before the record ends
 * ("/taskInfo/taskNo"), until the element around it begins anew. Prefixes of namespaces are left
 * out.
 *
 * A value is an element's own text, trimmed; of an element that repeats the values with '|' between
 * them, and a problem if one of them holds '|' itself. The line of a record is its number in the
 * document. XML that is not well formed is an error of the file, at its line.
 */
#ifndef HENG_ETL_SOURCE_XML_RECORDS_H
#define HENG_ETL_SOURCE_XML_RECORDS_H

#include "etl/source/record.h"
#include "etl/source/stream.h"

enum {
    XML_PATH_CAP = 16,        /* elements of a path */
    XML_OUTER_CAP = 64 * 1024 /* bytes of a value from outside the record */
};

struct xml_records;

struct xml_form {
    const char *record_path;
    const struct text *columns;
    size_t column_count;
};

/* Stream and form stay the caller's. Content must be UTF-8, whatever the document declares. */
ERROR_CHECKED bool xml_records_open(struct stream *stream, const struct xml_form *form,
                                    struct xml_records **out, struct error *err);
void xml_records_close(struct xml_records *records);

ERROR_CHECKED bool xml_records_next(struct xml_records *records, struct source_record *record,
                                    bool *end, struct error *err);

#endif
