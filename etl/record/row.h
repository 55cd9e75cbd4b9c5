/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One record of a file becomes one staged row, or a reject with its reason.
 *
 *   entity_id     first 8 bytes (big endian) of SHA-256("scheme:code"), top bit cleared
 *   id            the same of "kind:source:key"
 *   content_hash  first 16 bytes of SHA-256 over the subject, the jurisdiction and every field in
 *                 the kind's order, each as one presence byte, its length (8 bytes, big endian)
 *                 and its stored spelling: two records are identical exactly if these agree
 *
 * A row_reader works for one file; values in a struct row live until the next row_read().
 */
#ifndef HENG_ETL_RECORD_ROW_H
#define HENG_ETL_RECORD_ROW_H

#include "etl/record/bytes.h"
#include "etl/record/mapping.h"
#include "etl/record/reject.h"
#include "etl/record/value.h"
#include "etl/source/record.h"

enum { ROW_KEY_CAP = 400, ROW_PLACE_CAP = 400, ROW_CONTENT_SIZE = 16 };

struct row {
    int64_t entity_id;       /* 0 for kinds without subject */
    int64_t other_entity_id; /* of fields[0]:fields[1], 0 if the kind has none */
    int64_t id;
    unsigned char content[ROW_CONTENT_SIZE];
    struct text scheme;
    struct text code;
    struct text key; /* as the source writes it */
    struct text known_at;
    struct text fields[KIND_FIELDS_CAP]; /* data NULL = missing */
    int64_t line;
};

struct row_reader;

/* default_known_at: the moment of the load, as text; utc_offset_minutes places the days of a
 * back-fill. The mapping (bound), converter and lists stay the caller's. */
ERROR_CHECKED bool row_reader_new(const struct mapping *mapping, struct converter *converter,
                                  const struct value_lists *lists, const char *default_known_at,
                                  int utc_offset_minutes, struct row_reader **out,
                                  struct error *err);
void row_reader_free(struct row_reader *reader);

/* False = rejected: *reject says why and row_raw() has the row. */
bool row_read(struct row_reader *reader, const struct source_record *record, struct row *row,
              struct reject *reject);

/* One mapped field of the record of the last row_read(), whatever was wrong with others: its column
 * as it stands there (a constant as the mapping has it) and the value. False = it cannot hold it.
 * Not after a record that could not be told apart into columns. */
bool row_field(struct row_reader *reader, size_t index, struct text *raw, struct text *value,
               struct reject *reject);

const struct mapping *row_mapping(const struct row_reader *reader);
const struct value_lists *row_lists(const struct row_reader *reader);

/* The record of the last row_read() in UTF-8: JSON and XML as it stands in the file, other formats,
 * and every format of which columns are dropped, as CSV of its columns with the dropped ones blank.
 * Where a mapping drops columns and the record cannot be told apart into columns, only a note is
 * kept. */
void row_raw(struct row_reader *reader, const struct source_record *record, struct bytes *out);

/* The same as a record of a CSV file: of csv in the file's own encoding and with its delimiter, the
 * bytes as they stand there unless the mapping drops columns; of other formats their columns in
 * UTF-8 with commas. False, and nothing written, for what may not be kept or is no record. */
bool row_record(const struct row_reader *reader, const struct source_record *record,
                struct bytes *out);

/* The delimiter of these records. */
char row_delimiter(const struct mapping *mapping);

/* One field of a record, in quotes where it needs them. */
void row_cell(struct bytes *out, char delimiter, struct text value);

/* Appends the row for COPY, in the column order of the kind's staging table. */
void row_write(const struct row_reader *reader, const struct row *row, int version,
               int64_t batch_id, struct bytes *out);

/* The identity of scheme:code. */
int64_t row_entity_id(struct text scheme, struct text code);

#endif
