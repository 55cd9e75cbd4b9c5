/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/draw_file.h"

#include <stdio.h>
#include <string.h>

#include "etl/record/bytes.h"

enum { NUMBER_SIZE = 24 };

static const char *number_text(int64_t value, char *out)
{
    snprintf(out, NUMBER_SIZE, "%lld", (long long)value);
    return out;
}

static bool write_file(struct bytes *rows, const char *authority, int64_t draw_number,
                       const char *name, struct text content, struct error *err)
{
    static const char digits[] = "0123456789abcdef";
    char byte[2];
    bytes_column_text(rows, text_of(authority));
    bytes_column_integer(rows, draw_number);
    bytes_column_text(rows, text_of(name));
    bytes_append(rows, "\\\\x", 3);
    for (size_t i = 0; i < content.size; i++) {
        unsigned char c = (unsigned char)content.data[i];
        byte[0] = digits[c >> 4];
        byte[1] = digits[c & 15];
        bytes_append(rows, byte, 2);
    }
    bytes_append(rows, "\t", 1);
    bytes_end_row(rows);
    return bytes_ok(rows) ||
           error_set(err, ERROR_LIMIT, name, "a file of a draw has at most %d bytes, found %zu",
                     BYTES_CAP / 2, content.size);
}

bool draw_file_store(const struct draw_context *context, const char *authority, int64_t draw_number,
                     const struct bundle *bundle, struct error *err)
{
    struct bytes rows = {0};
    bool ok = db_run(context->db, "draw/file_stage.sql", NULL, 0, 0, NULL, NULL, err) &&
              db_copy_open(context->db, "draw/file_copy.sql", err);
    for (int i = 0; ok && i < BUNDLE_FILE_COUNT; i++) {
        if (!bundle->files[i].data)
            continue;
        bytes_reset(&rows);
        ok = write_file(&rows, authority, draw_number, bundle_rules[i].name, bundle->files[i],
                        err) &&
             db_copy_put(context->db, rows.data, rows.size, err);
    }
    bytes_free(&rows);
    return ok && db_copy_close(context->db, NULL, err) &&
           db_run(context->db, "draw/file_merge.sql", NULL, 0, 0, NULL, NULL, err);
}

static bool add_file(const struct draw_context *context, const char *name, const char *hex,
                     struct bundle *out, struct error *err)
{
    enum bundle_file file;
    size_t size = strlen(hex) / 2;
    char *content = arena_alloc(context->arena, size + 1);
    if (!content)
        return arena_error(context->arena, err);
    if (!bundle_file_of(name, &file) ||
        !text_unhex((struct text){hex, 2 * size}, (unsigned char *)content, size))
        return error_set(err, ERROR_INTERNAL, name, "is not a file of a bundle");
    out->files[file] = (struct text){content, size};
    return true;
}

bool draw_file_bundle(const struct draw_context *context, const char *authority,
                      int64_t draw_number, struct bundle *out, struct error *err)
{
    char number[NUMBER_SIZE];
    const char *parameters[] = {authority, number_text(draw_number, number)};
    struct db_rows *rows;
    *out = (struct bundle){0};
    if (!db_run(context->db, "draw/files.sql", parameters, 2, 2, &rows, NULL, err))
        return false;
    bool ok =
        db_rows_count(rows) > 0 || error_set(err, ERROR_NOT_FOUND, authority,
                                             "has no draw number %lld", (long long)draw_number);
    for (int i = 0; ok && i < db_rows_count(rows); i++)
        ok = add_file(context, db_text(rows, i, 0), db_text(rows, i, 1), out, err);
    db_rows_free(rows);
    return ok;
}

bool draw_file_commit(const struct draw_context *context, const char *authority,
                      int64_t draw_number, struct commit *out, struct error *err)
{
    char number[NUMBER_SIZE];
    const char *parameters[] = {authority, number_text(draw_number, number)};
    struct db_rows *rows;
    struct bundle bundle = {0};
    if (!db_run(context->db, "draw/commit_file.sql", parameters, 2, 2, &rows, NULL, err))
        return false;
    bool ok = db_rows_count(rows) == 1
                  ? add_file(context, db_text(rows, 0, 0), db_text(rows, 0, 1), &bundle, err)
                  : error_set(err, ERROR_NOT_FOUND, authority, "has no draw number %lld",
                              (long long)draw_number);
    db_rows_free(rows);
    return ok && commit_read(bundle.files[BUNDLE_COMMIT], context->arena, out, err);
}
