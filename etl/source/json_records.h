/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON objects as records: the elements of an array (splitter.h) or the lines of a file. A column
 * is a member by its name, or else by a dotted path ("agency.code"). A text is handed over as it
 * is, a number as it is spelt (an exponent is written out), true and false as such, null and an
 * absent member as nothing, an array of these with '|' between them; an object where a value is
 * wanted, or an item that holds '|' itself, is a problem of the record.
 *
 * The line of a record is its line (JSON lines) or its number in the array. A record is a problem
 * if it is not an object, not valid JSON, repeats a member's name, is nested deeper than
 * JSON_DEPTH_CAP or longer than SOURCE_RECORD_CAP; the text of the problem names its byte.
 */
#ifndef HENG_ETL_SOURCE_JSON_RECORDS_H
#define HENG_ETL_SOURCE_JSON_RECORDS_H

#include "etl/source/record.h"
#include "etl/source/stream.h"

struct json_records;

struct json_form {
    bool lines;              /* one object a line; otherwise an array */
    const char *record_path; /* to the array; NULL: the document itself */
    const struct text *columns;
    size_t column_count;
};

/* Stream and form stay the caller's. Content must be UTF-8. */
ERROR_CHECKED bool json_records_open(struct stream *stream, const struct json_form *form,
                                     struct json_records **out, struct error *err);
void json_records_close(struct json_records *records);

ERROR_CHECKED bool json_records_next(struct json_records *records, struct source_record *record,
                                     bool *end, struct error *err);

#endif
