/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/record/row.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/record/row_internal.h"
#include "models/codes/uscc.h"

/* A row's values are at most a few copies of its bytes, in at most twice their size. */
enum { SCRATCH_SIZE = 12 * SOURCE_RECORD_CAP };

bool row_reader_new(const struct mapping *mapping, struct converter *converter,
                    const struct value_lists *lists, const char *default_known_at,
                    int utc_offset_minutes, struct row_reader **out, struct error *err)
{
    struct row_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return error_memory(err);
    reader->mapping = mapping;
    reader->converter = converter;
    reader->lists = *lists;
    snprintf(reader->default_known_at, sizeof reader->default_known_at, "%s", default_known_at);
    char moment[MOMENT_TEXT_SIZE];
    day_end_moment(0, utc_offset_minutes, moment);
    snprintf(reader->offset, sizeof reader->offset, "%.6s", moment + strlen("1970-01-02 00:00:00"));
    reader->scratch.data = malloc(SCRATCH_SIZE);
    reader->scratch.room = SCRATCH_SIZE;
    reader->digest = digest_new(DIGEST_SHA256);
    if (!reader->scratch.data || !reader->digest) {
        row_reader_free(reader);
        return error_memory(err);
    }
    *out = reader;
    return true;
}

void row_reader_free(struct row_reader *reader)
{
    if (!reader)
        return;
    digest_free(reader->digest);
    free(reader->scratch.data);
    free(reader);
}

static int64_t identity(const unsigned char digest[DIGEST_SIZE])
{
    return (int64_t)(digest_prefix(digest) & INT64_MAX);
}

static void hash_identity(struct digest *digest, struct text scheme, struct text code,
                          unsigned char out[DIGEST_SIZE])
{
    digest_start(digest);
    digest_update(digest, scheme.data, scheme.size);
    digest_update(digest, ":", 1);
    digest_update(digest, code.data, code.size);
    digest_finish(digest, out);
}

int64_t row_entity_id(struct text scheme, struct text code)
{
    unsigned char hash[DIGEST_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert(digest);
    hash_identity(digest, scheme, code, hash);
    digest_free(digest);
    return identity(hash);
}

/* Fills reader->columns from the record. */
static bool convert_columns(struct row_reader *reader, const struct source_record *record,
                            struct reject *reject)
{
    const struct mapping *mapping = reader->mapping;
    reader->scratch.used = 0;
    if (record->problem)
        return reject_set(reject, REJECT_FORM, "", "a record of the mapping's format",
                          text_of(record->problem));
    if (record->count != mapping->column_count) {
        char expected[64];
        snprintf(expected, sizeof expected, "%zu columns", mapping->column_count);
        char found[32];
        snprintf(found, sizeof found, "%zu columns", record->count);
        return reject_set(reject, REJECT_COLUMNS, "", expected, text_of(found));
    }
    for (size_t i = 0; i < record->count; i++) {
        reader->whole[i] = reader->columns[i] = TEXT_LITERAL("");
        if (mapping->dropped[i])
            continue;
        size_t room = converter_room(reader->converter, record->fields[i].size);
        char *space = scratch_take(&reader->scratch, room);
        struct text value;
        if (!space || !converter_apply(reader->converter, record->fields[i], space, &value)) {
            char column[24];
            snprintf(column, sizeof column, "column %zu", i + 1);
            return reject_set(reject, REJECT_ENCODING, column,
                              "text in the encoding of the mapping", TEXT_LITERAL("other bytes"));
        }
        reader->whole[i] = value;
        reader->columns[i] = text_trim(value);
    }
    return true;
}

static bool check_credit_code(struct row_reader *reader, const char *field, struct text *code,
                              struct reject *reject)
{
    struct uscc uscc;
    char why[160];
    uscc_check(*code, &uscc);
    if (uscc.verdict != USCC_VALID) {
        reject_set(reject, REJECT_CREDIT_CODE, field, "", *code);
        snprintf(reject->message, sizeof reject->message, "%s",
                 uscc_explain(&uscc, why, sizeof why));
        return false;
    }
    char *copy = scratch_take(&reader->scratch, USCC_SIZE);
    if (!copy)
        return reject_set(reject, REJECT_TOO_LONG, field, "a shorter row", *code);
    memcpy(copy, uscc.code, USCC_SIZE);
    *code = (struct text){copy, USCC_LENGTH};
    return true;
}

/* Upper case ASCII, white space collapsed to one blank. Returns the new size. */
static size_t normalise_address(char *data, size_t size)
{
    size_t kept = 0;
    for (size_t i = 0; i < size; i++) {
        char c = data[i];
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            if (kept > 0 && data[kept - 1] != ' ')
                data[kept++] = ' ';
        } else {
            data[kept++] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
        }
    }
    while (kept > 0 && data[kept - 1] == ' ')
        kept--;
    return kept;
}

/* The code of a place: source, then the address folded to half width, in upper case and with single
 * blanks. Missing when the address is empty. */
static bool read_place(struct row_reader *reader, const struct mapped_subject *subject,
                       struct text *code, struct reject *reject)
{
    char joined[ROW_PLACE_CAP];
    size_t size = 0;
    for (size_t i = 0; i < subject->column_count; i++) {
        struct text part = reader->columns[subject->columns[i].index];
        if (part.size == 0)
            continue;
        if (size + part.size + 1 > sizeof joined)
            return reject_set(reject, REJECT_TOO_LONG, subject->columns[i].column,
                              "an address of at most 400 bytes", part);
        if (size > 0)
            joined[size++] = ' ';
        size += text_fold_width(part, joined + size).size;
    }
    size = normalise_address(joined, size);
    *code = VALUE_MISSING;
    if (size == 0)
        return true;
    size_t before = strlen(reader->mapping->source) + 1;
    char *copy = scratch_take(&reader->scratch, before + size);
    if (!copy)
        return reject_set(reject, REJECT_TOO_LONG, "", "a shorter row", TEXT_LITERAL(""));
    memcpy(copy, reader->mapping->source, before - 1);
    copy[before - 1] = ':';
    memcpy(copy + before, joined, size);
    *code = (struct text){copy, before + size};
    return true;
}

static bool read_one_subject(struct row_reader *reader, const struct mapped_subject *subject,
                             struct text *code, struct reject *reject)
{
    if (subject->place)
        return read_place(reader, subject, code, reject);
    const struct mapped_value *value = &subject->columns[0];
    struct text raw = reader->columns[value->index];
    char *room = scratch_take(&reader->scratch, raw.size);
    if (!room)
        return reject_set(reject, REJECT_TOO_LONG, value->column, "a shorter row", raw);
    raw = text_trim(text_fold_width(raw, room));
    if (!value_clean(value, raw, &reader->scratch, code, reject))
        return false;
    if (code->size > ROW_KEY_CAP)
        return reject_set(reject, REJECT_TOO_LONG, value->column, "at most 400 bytes", *code);
    if (code->data && strcmp(subject->scheme, "uscc") == 0)
        return check_credit_code(reader, value->column, code, reject);
    return true;
}

static bool read_subject(struct row_reader *reader, struct row *row, struct reject *reject)
{
    const struct mapping *mapping = reader->mapping;
    for (size_t i = 0; i < mapping->subject_count; i++) {
        if (!read_one_subject(reader, &mapping->subjects[i], &row->code, reject))
            return false;
        if (row->code.data) {
            row->scheme = text_of(mapping->subjects[i].scheme);
            return true;
        }
    }
    return reject_set(reject, REJECT_SUBJECT, "subject", "a code or place that names the entity",
                      TEXT_LITERAL(""));
}

static bool read_fields(struct row_reader *reader, struct row *row, struct reject *reject)
{
    const struct kind *kind = reader->mapping->kind;
    for (size_t i = 0; i < kind->field_count; i++) {
        const struct mapped_value *mapped = &reader->mapping->fields[i];
        row->fields[i] = VALUE_MISSING;
        if (!mapped->used)
            continue;
        struct text raw = mapped->column ? reader->columns[mapped->index] : TEXT_LITERAL("");
        if (!value_parse(&kind->fields[i], mapped, raw, &reader->lists, &reader->scratch,
                         &row->fields[i], reject))
            return false;
    }
    return true;
}

/* The other end of a relation, or the earlier number of an alias: spelt as a subject is. */
static bool read_other(struct row_reader *reader, struct row *row, struct reject *reject)
{
    const struct field *fields = reader->mapping->kind->fields;
    struct text *code = &row->fields[1];
    if (reader->mapping->kind->first_column == 0)
        return true;
    if (!mapping_name_valid(row->fields[0]))
        return reject_set(reject, REJECT_CODE, fields[0].name, "a scheme of characters a-z, 0-9, _",
                          row->fields[0]);
    char *room = scratch_take(&reader->scratch, code->size);
    if (!room)
        return reject_set(reject, REJECT_TOO_LONG, fields[1].name, "a shorter row", *code);
    *code = text_trim(text_fold_width(*code, room));
    if (code->size > ROW_KEY_CAP)
        return reject_set(reject, REJECT_TOO_LONG, fields[1].name, "at most 400 bytes", *code);
    return !text_is(row->fields[0], "uscc") ||
           check_credit_code(reader, fields[1].name, code, reject);
}

static bool read_known_at(struct row_reader *reader, struct row *row, struct reject *reject)
{
    static const struct field known_at = {"known_at", FIELD_DAY, true, NULL};
    const struct mapped_value *mapped = &reader->mapping->known_at;
    row->known_at = text_of(reader->default_known_at);
    if (!mapped->used)
        return true;
    struct text raw = mapped->column ? reader->columns[mapped->index] : TEXT_LITERAL("");
    struct text value;
    if (!value_parse(&known_at, mapped, raw, &reader->lists, &reader->scratch, &value, reject))
        return false;
    char *moment = scratch_take(&reader->scratch, MOMENT_TEXT_SIZE);
    if (!moment)
        return reject_set(reject, REJECT_TOO_LONG, "known_at", "a shorter row", raw);
    int size = snprintf(moment, MOMENT_TEXT_SIZE, "%.*s 00:00:00%s", (int)value.size, value.data,
                        reader->offset);
    row->known_at = (struct text){moment, (size_t)size};
    return true;
}

/* Joins parts into the key; the separator cannot be typed into a cell by accident. */
static bool append_key(char *key, size_t *size, struct text part, struct reject *reject)
{
    if (*size + part.size + 1 > ROW_KEY_CAP)
        return reject_set(reject, REJECT_TOO_LONG, "key", "a key of at most 400 bytes", part);
    if (*size > 0)
        key[(*size)++] = ROW_KEY_SEPARATOR;
    if (part.size > 0)
        memcpy(key + *size, part.data, part.size);
    *size += part.size;
    return true;
}

static bool key_of_columns(struct row_reader *reader, char *key, size_t *size,
                           struct reject *reject)
{
    const struct mapping *mapping = reader->mapping;
    bool empty = true;
    for (size_t i = 0; i < mapping->key_count; i++) {
        struct text part = reader->columns[mapping->key_indices[i]];
        char *room = scratch_take(&reader->scratch, part.size);
        if (!room)
            return reject_set(reject, REJECT_TOO_LONG, "key", "a shorter row", part);
        part = text_trim(text_fold_width(part, room));
        empty = empty && part.size == 0;
        if (!append_key(key, size, part, reject))
            return false;
    }
    return !empty ||
           reject_set(reject, REJECT_REQUIRED, mapping->key_columns[0], "a key", TEXT_LITERAL(""));
}

static void key_of_hash(struct row_reader *reader, char *key, size_t *size)
{
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE];
    const char separator = ROW_KEY_SEPARATOR;
    digest_start(reader->digest);
    for (size_t i = 0; i < reader->mapping->column_count; i++) {
        digest_update(reader->digest, reader->whole[i].data, reader->whole[i].size);
        digest_update(reader->digest, &separator, 1);
    }
    digest_finish(reader->digest, hash);
    text_hex(hash, DIGEST_SIZE, hex);
    *size = (size_t)snprintf(key, ROW_KEY_CAP, "sha256:%.32s", hex);
}

static bool key_of_fields(const struct row_reader *reader, const struct row *row, char *key,
                          size_t *size, struct reject *reject)
{
    const struct kind *kind = reader->mapping->kind;
    if (kind->subject_is_key || kind->subject_in_key) {
        if (!append_key(key, size, row->scheme, reject) ||
            !append_key(key, size, row->code, reject))
            return false;
    }
    for (size_t i = 0; kind->key_fields[i] >= 0; i++) {
        if (!append_key(key, size, row->fields[kind->key_fields[i]], reject))
            return false;
    }
    return true;
}

static bool read_key(struct row_reader *reader, struct row *row, struct reject *reject)
{
    char *key = scratch_take(&reader->scratch, ROW_KEY_CAP + DIGEST_HEX_SIZE);
    size_t size = 0;
    if (!key)
        return reject_set(reject, REJECT_TOO_LONG, "key", "a shorter row", TEXT_LITERAL(""));
    if (reader->mapping->key_is_hash)
        key_of_hash(reader, key, &size);
    else if (reader->mapping->key_count > 0) {
        if (!key_of_columns(reader, key, &size, reject))
            return false;
    } else if (!key_of_fields(reader, row, key, &size, reject)) {
        return false;
    }
    row->key = (struct text){key, size};
    return true;
}

static void hash_part(struct digest *digest, struct text value)
{
    unsigned char head[9] = {value.data != NULL};
    for (int i = 0; i < 8; i++)
        head[8 - i] = (unsigned char)((uint64_t)value.size >> (8 * i));
    digest_update(digest, head, sizeof head);
    digest_update(digest, value.data ? value.data : "", value.size);
}

static void hash_row(struct row_reader *reader, struct row *row)
{
    const struct kind *kind = reader->mapping->kind;
    unsigned char hash[DIGEST_SIZE];
    digest_start(reader->digest);
    hash_part(reader->digest, row->scheme);
    hash_part(reader->digest, row->code);
    hash_part(reader->digest, text_of(reader->mapping->jurisdiction));
    for (size_t i = 0; i < kind->field_count; i++)
        hash_part(reader->digest, row->fields[i]);
    digest_finish(reader->digest, hash);
    memcpy(row->content, hash, ROW_CONTENT_SIZE);
}

static void identify(struct row_reader *reader, struct row *row)
{
    const struct kind *kind = reader->mapping->kind;
    unsigned char hash[DIGEST_SIZE];
    if (kind->has_subject) {
        hash_identity(reader->digest, row->scheme, row->code, hash);
        row->entity_id = identity(hash);
    }
    if (kind->first_column > 0) {
        hash_identity(reader->digest, row->fields[0], row->fields[1], hash);
        row->other_entity_id = identity(hash);
    }
    digest_start(reader->digest);
    digest_update(reader->digest, kind->name, strlen(kind->name));
    digest_update(reader->digest, ":", 1);
    digest_update(reader->digest, reader->mapping->source, strlen(reader->mapping->source));
    digest_update(reader->digest, ":", 1);
    digest_update(reader->digest, row->key.data, row->key.size);
    digest_finish(reader->digest, hash);
    row->id = identity(hash);
}

bool row_read(struct row_reader *reader, const struct source_record *record, struct row *row,
              struct reject *reject)
{
    const struct kind *kind = reader->mapping->kind;
    *row = (struct row){.line = record->line};
    if (!convert_columns(reader, record, reject) ||
        (kind->has_subject && !read_subject(reader, row, reject)) ||
        !read_fields(reader, row, reject) || !read_other(reader, row, reject) ||
        !read_known_at(reader, row, reject) || !read_key(reader, row, reject))
        return false;
    identify(reader, row);
    hash_row(reader, row);
    return true;
}

bool row_field(struct row_reader *reader, size_t index, struct text *raw, struct text *value,
               struct reject *reject)
{
    const struct mapped_value *mapped = &reader->mapping->fields[index];
    size_t used = reader->scratch.used;
    *raw = mapped->column ? reader->columns[mapped->index] : text_of(mapped->constant);
    bool good = value_parse(&reader->mapping->kind->fields[index], mapped,
                            mapped->column ? *raw : TEXT_LITERAL(""), &reader->lists,
                            &reader->scratch, value, reject);
    reader->scratch.used = used; /* the value lives until the next call */
    return good;
}

const struct mapping *row_mapping(const struct row_reader *reader)
{
    return reader->mapping;
}

const struct value_lists *row_lists(const struct row_reader *reader)
{
    return &reader->lists;
}
