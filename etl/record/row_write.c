/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>

#include "etl/record/row_internal.h"
#include "models/credit/decision.h"

enum { UUID_HEX_SIZE = 2 * ROW_CONTENT_SIZE + 1 };

static void write_optional(struct bytes *out, struct text value)
{
    if (value.data)
        bytes_column_text(out, value);
    else
        bytes_column_null(out);
}

/* The key as people write it: the inner separator is shown as '/'. */
static void write_key(struct bytes *out, struct text key)
{
    char shown[ROW_KEY_CAP + DIGEST_HEX_SIZE];
    for (size_t i = 0; i < key.size; i++)
        shown[i] = key.data[i] == ROW_KEY_SEPARATOR ? '/' : key.data[i];
    bytes_column_text(out, (struct text){shown, key.size});
}

static void write_head(const struct row_reader *reader, enum head head, const struct row *row,
                       int version, struct bytes *out)
{
    switch (head) {
    case HEAD_END:
        return;
    case HEAD_VERSION:
        bytes_column_integer(out, version);
        return;
    case HEAD_SUBJECT_SCHEME:
        bytes_column_text(out, row->scheme);
        return;
    case HEAD_SUBJECT_CODE:
        bytes_column_text(out, row->code);
        return;
    case HEAD_JURISDICTION:
        bytes_column_text(out, text_of(reader->mapping->jurisdiction));
        return;
    case HEAD_FIRST_FIELD:
        write_optional(out, row->fields[0]);
        return;
    case HEAD_SECOND_FIELD:
        write_optional(out, row->fields[1]);
        return;
    case HEAD_ID:
        bytes_column_integer(out, row->id);
        return;
    case HEAD_ENTITY_ID:
        bytes_column_integer(out, row->entity_id);
        return;
    case HEAD_OTHER_ENTITY_ID:
        bytes_column_integer(out, row->other_entity_id);
        return;
    case HEAD_RECORD_KEY:
        write_key(out, row->key);
        return;
    case HEAD_TRUE:
        bytes_column_text(out, TEXT_LITERAL("t"));
        return;
    }
}

/* Which decision the record is of, for records that name one. */
static void write_decision(const struct row_reader *reader, const struct row *row,
                           struct bytes *out)
{
    const struct kind *kind = reader->mapping->kind;
    int64_t decision;
    if (decision_id(reader->digest, row->fields[kind_field(kind, TEXT_LITERAL("record_kind"))],
                    row->fields[kind_field(kind, TEXT_LITERAL("document_no"))],
                    row->fields[kind_field(kind, TEXT_LITERAL("agency"))], &decision))
        bytes_column_integer(out, decision);
    else
        bytes_column_null(out);
}

void row_write(const struct row_reader *reader, const struct row *row, int version,
               int64_t batch_id, struct bytes *out)
{
    const struct kind *kind = reader->mapping->kind;
    char content[UUID_HEX_SIZE];
    for (size_t i = 0; i < KIND_HEAD_CAP && kind->heads[i] != HEAD_END; i++)
        write_head(reader, kind->heads[i], row, version, out);
    for (size_t i = (size_t)kind->first_column; i < kind->field_count; i++)
        write_optional(out, row->fields[i]);
    bytes_column_integer(out, batch_id);
    bytes_column_integer(out, row->line);
    bytes_column_text(out, row->known_at);
    text_hex(row->content, ROW_CONTENT_SIZE, content);
    bytes_column_text(out, (struct text){content, UUID_HEX_SIZE - 1});
    if (kind->has_decision)
        write_decision(reader, row, out);
    bytes_end_row(out);
}

void row_cell(struct bytes *out, char delimiter, struct text value)
{
    bool quoted = false;
    for (size_t i = 0; i < value.size && !quoted; i++)
        quoted = value.data[i] == '"' || value.data[i] == delimiter || value.data[i] == '\n' ||
                 value.data[i] == '\r';
    if (!quoted) {
        bytes_append(out, value.data, value.size);
        return;
    }
    bytes_append(out, "\"", 1);
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '"')
            bytes_append(out, "\"", 1);
        bytes_append(out, value.data + i, 1);
    }
    bytes_append(out, "\"", 1);
}

/* Each byte outside printable ASCII as \xHH; out holds four times the size. */
static struct text escape_bytes(struct text bytes, char *out)
{
    size_t size = 0;
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        if (c >= ' ' && c < 0x7F) {
            out[size++] = (char)c;
        } else {
            char hex[3];
            text_hex(&c, 1, hex);
            out[size++] = '\\';
            out[size++] = 'x';
            out[size++] = hex[0];
            out[size++] = hex[1];
        }
    }
    return (struct text){out, size};
}

/* Text that a database stores: the converted bytes, or the escaped ones if they are no text. */
static struct text storable(struct row_reader *reader, struct text bytes)
{
    struct text converted;
    char *room = scratch_take(&reader->scratch, 4 * bytes.size);
    assert(room && converter_room(reader->converter, bytes.size) <= 4 * bytes.size);
    if (converter_apply(reader->converter, bytes, room, &converted))
        return converted;
    return escape_bytes(bytes, room);
}

void row_raw(struct row_reader *reader, const struct source_record *record, struct bytes *out)
{
    const struct mapping *mapping = reader->mapping;
    const struct text withheld = TEXT_LITERAL(
        "(withheld: the row cannot be told apart into columns and the mapping drops some)");
    bool unknown = record->problem || record->count != mapping->column_count;
    reader->scratch.used = 0;
    if (unknown ||
        (source_traits_of(mapping->form.format)->raw_is_record && mapping->drop_count == 0)) {
        struct text raw = mapping->drop_count > 0 ? withheld : storable(reader, record->raw);
        bytes_append(out, raw.data, raw.size);
        return;
    }
    for (size_t i = 0; i < record->count; i++) {
        if (i > 0)
            bytes_append(out, ",", 1);
        if (!mapping->dropped[i])
            row_cell(out, ',', storable(reader, record->fields[i]));
    }
}

char row_delimiter(const struct mapping *mapping)
{
    return mapping->form.format == SOURCE_CSV ? mapping->form.delimiter : ',';
}

bool row_record(const struct row_reader *reader, const struct source_record *record,
                struct bytes *out)
{
    const struct mapping *mapping = reader->mapping;
    char delimiter = row_delimiter(mapping);
    if (mapping->form.format == SOURCE_CSV && mapping->drop_count == 0) {
        bytes_append(out, record->raw.data, record->raw.size);
        return true;
    }
    if (record->problem || record->count != mapping->column_count)
        return false;
    for (size_t i = 0; i < record->count; i++) {
        if (i > 0)
            bytes_append(out, &delimiter, 1);
        if (!mapping->dropped[i])
            row_cell(out, delimiter, record->fields[i]);
    }
    return true;
}
