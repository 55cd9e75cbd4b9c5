/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file of records, whatever its format, container and encoding: the columns it has and then its
 * records one by one. What the line of a record counts is the format's: physical lines (csv,
 * jsonl), rows of the sheet (xlsx), elements (json, xml); it rises from record to record.
 *
 *   format   columns                       container                encoding
 *   csv      named by the header           plain, gzip, zip         utf-8, gb18030, utf-16
 *   xlsx     named by the header           the workbook itself      its own
 *   json     those that are asked for      plain, gzip, zip         utf-8, gb18030, utf-16
 *   jsonl    those that are asked for      plain, gzip, zip         utf-8, gb18030, utf-16
 *   xml      those that are asked for      plain, gzip, zip         utf-8, gb18030, utf-16
 *
 * A header of several rows names a column by its texts from top to bottom with '/' between them,
 * blank ones and repetitions of the one above left out.
 */
#ifndef HENG_ETL_SOURCE_SOURCE_H
#define HENG_ETL_SOURCE_SOURCE_H

#include "etl/source/encoding.h"
#include "etl/source/record.h"
#include "etl/source/stream.h"
#include "models/core/arena.h"

enum { SOURCE_HEADER_ROWS_CAP = 8, SOURCE_HEADER_ROW_CAP = 1000, SOURCE_SHEET_CAP = 1024 };

enum source_format { SOURCE_CSV, SOURCE_XLSX, SOURCE_JSON, SOURCE_JSONL, SOURCE_XML };

/* How a file is to be read. Strings stay the caller's. */
struct source_form {
    const int *descriptor; /* NULL: the path is opened; else this file, which the path names;
                            * not of xlsx */
    enum source_format format;
    enum encoding encoding; /* not of xlsx */
    char delimiter;         /* csv */
    const char *member;     /* of a zip archive; NULL: its only file */
    const char *sheet;      /* xlsx: name; NULL: by position */
    int sheet_position;     /* from 1 */
    int header_first;       /* csv, xlsx: lines of the header */
    int header_last;
    const char *record_path;    /* json (may be NULL), xml */
    const struct text *columns; /* json, jsonl, xml: what is asked for */
    size_t column_count;
};

/* What a format can be told, by its row of the table in source.c. */
struct source_traits {
    const char *name;
    bool has_encoding;
    bool has_header;
    bool has_sheet;
    bool has_record_path;
    bool needs_record_path;
    bool raw_is_record; /* the raw form of a record says more than its fields */
};

const struct source_traits *source_traits_of(enum source_format format);
ERROR_CHECKED bool source_format_of(struct text name, enum source_format *out);

struct source;

/* Names of columns live in the arena. form stays the caller's. */
ERROR_CHECKED bool source_open(const char *path, const struct source_form *form,
                               struct arena *arena, struct source **out, struct error *err);
void source_close(struct source *source);

/* The file as it lies on disk. */
const struct stream *source_stream(const struct source *source);

/* The names of the columns, in UTF-8. */
const struct text *source_columns(const struct source *source, size_t *count);

/* The lines of a csv header as they stand in the file, without the last line end; "" for others. */
struct text source_header(const struct source *source);

/* The encoding of the fields and raw forms of records. */
enum encoding source_encoding(const struct source *source);

/* The next record; *end is set instead when there is none. */
ERROR_CHECKED bool source_next(struct source *source, struct source_record *record, bool *end,
                               struct error *err);

#endif
