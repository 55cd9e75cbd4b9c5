/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/reject_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = 24 };

static const char *number(char *buffer, int64_t value)
{
    snprintf(buffer, NUMBER_SIZE, "%" PRId64, value);
    return buffer;
}

bool reject_store_list(struct db *db, const struct reject_filter *filter, struct db_rows **rows,
                       struct error *err)
{
    char batch_id[NUMBER_SIZE];
    char limit[NUMBER_SIZE];
    const char *parameters[] = {
        filter->source, filter->batch_id ? number(batch_id, filter->batch_id) : NULL,
        filter->reason, filter->taken ? "t" : "f", number(limit, filter->limit)};
    return db_run(db, "reject/list.sql", parameters, 5, 9, rows, NULL, err);
}

struct writing {
    reject_write *write;
    void *context;
    struct reject_file *out;
};

static bool write_line(const struct writing *writing, const void *bytes, size_t size,
                       struct error *err)
{
    return writing->write(writing->context, bytes, size, err) &&
           writing->write(writing->context, "\n", 1, err);
}

static bool write_record(void *context, const struct db_field *fields, struct error *err)
{
    struct writing *writing = context;
    if (!fields[0].data) {
        writing->out->unkept++;
        return true;
    }
    writing->out->rows++;
    return write_line(writing, fields[0].data, (size_t)fields[0].size, err);
}

static bool write_header(const struct writing *writing, const char *hex, struct arena *arena,
                         struct error *err)
{
    size_t size = strlen(hex) / 2;
    unsigned char *bytes = arena_alloc(arena, size + 1);
    if (!bytes)
        return arena_error(arena, err);
    return (text_unhex(text_of(hex), bytes, size) ||
            error_set(err, ERROR_INTERNAL, "header", "expected hexadecimal digits")) &&
           write_line(writing, bytes, size, err);
}

/* Reads what the batch says of its file and begins with the header. */
static bool begin_file(const struct writing *writing, const struct db_rows *rows, int64_t batch_id,
                       struct arena *arena, struct error *err)
{
    char id[NUMBER_SIZE];
    if (db_rows_count(rows) == 0)
        return error_set(err, ERROR_NOT_FOUND, NULL, "there is no batch %" PRId64, batch_id);
    if (db_is_null(rows, 0, 2))
        return error_set(err, ERROR_CONFLICT, number(id, batch_id),
                         "the batch is older than the keeping of headers: its rejects cannot be "
                         "written as they came");
    struct reject_file *out = writing->out;
    out->name = arena_copy(arena, db_text(rows, 0, 0), strlen(db_text(rows, 0, 0)));
    out->encoding = arena_copy(arena, db_text(rows, 0, 1), strlen(db_text(rows, 0, 1)));
    return ((out->name && out->encoding) || arena_error(arena, err)) &&
           write_header(writing, db_text(rows, 0, 2), arena, err);
}

bool reject_store_export(struct db *db, int64_t batch_id, const char *reason, reject_write *write,
                         void *context, struct arena *arena, struct reject_file *out,
                         struct error *err)
{
    char id[NUMBER_SIZE];
    const char *parameters[] = {number(id, batch_id), reason};
    struct writing writing = {write, context, out};
    struct db_rows *rows;
    *out = (struct reject_file){.rows = 0};
    if (!db_run(db, "reject/file.sql", parameters, 1, 3, &rows, NULL, err))
        return false;
    bool good = begin_file(&writing, rows, batch_id, arena, err);
    db_rows_free(rows);
    return good &&
           db_stream(db, "reject/records.sql", parameters, 2, 1, write_record, &writing, err);
}
