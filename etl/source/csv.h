/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * CSV as in RFC 4180, streamed: fields in double quotes may hold the delimiter, line breaks and
 * doubled quotes; a quote inside an unquoted field is an ordinary character; lines end in LF or
 * CRLF; blank lines are passed over. The bytes stay in the file's encoding: in UTF-8 and GB18030
 * no byte of a longer character equals a quote, comma, semicolon, tab or line end. The line of a
 * record is its first physical one; `raw` has the bytes without the line end, `fields` are
 * unquoted.
 *
 * A record that cannot be read (text behind a closing quote, a quote that never closes, longer
 * than SOURCE_RECORD_CAP with its line end) comes back with `problem` set and only its first
 * physical line consumed, so that one bad quote cannot swallow the file.
 */
#ifndef HENG_ETL_SOURCE_CSV_H
#define HENG_ETL_SOURCE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "etl/source/record.h"
#include "etl/source/stream.h"
#include "models/core/error.h"

struct csv;

/* The stream stays the caller's. delimiter is ',', ';', '\t' or (UTF-8 only) '|'. */
ERROR_CHECKED bool csv_open(struct stream *stream, char delimiter, struct csv **out,
                            struct error *err);
/* The same with another cap and another number of bytes read at a time: tests use small ones. */
ERROR_CHECKED bool csv_open_sized(struct stream *stream, char delimiter, size_t record_cap,
                                  size_t block_size, struct csv **out, struct error *err);
void csv_close(struct csv *csv);

/* The next record; *end is set instead when there is none. A byte order mark at the start of the
 * file (UTF-8 or GB18030) is passed over. */
ERROR_CHECKED bool csv_next(struct csv *csv, struct source_record *record, bool *end,
                            struct error *err);

/* The bytes of one record without its line end, instead of the next record of a stream (which may
 * be NULL). More than one record in them is a problem of the record. */
ERROR_CHECKED bool csv_one(struct csv *csv, struct text bytes, struct source_record *record,
                           struct error *err);

#endif
