/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/draw_tar.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/bundle/tar.h"
#include "models/draw/bundle.h"

enum { NUMBER_SIZE = 24, LOG_BYTES_CAP = 4096 };

struct draw_tar {
    char *authority;
    char number[NUMBER_SIZE];
    int64_t changed_at_s;
    int64_t sizes[BUNDLE_FILE_COUNT]; /* -1: not there */
    unsigned char log[LOG_BYTES_CAP];
    int file;       /* the one that comes next */
    int64_t offset; /* bytes of it that are out */
    unsigned char part[TAR_BLOCK_BYTES + DRAW_TAR_PART_BYTES + TAR_BLOCK_BYTES + TAR_END_BYTES];
    size_t used;
};

static void skip_absent(struct draw_tar *tar)
{
    while (tar->file < BUNDLE_FILE_COUNT && tar->sizes[tar->file] < 0)
        tar->file++;
}

static bool take_row(struct draw_tar *tar, const struct db_rows *rows, int row, struct error *err)
{
    enum bundle_file file;
    const char *name = db_text(rows, row, 0);
    struct text log = text_of(db_text(rows, row, 2));
    if (!bundle_file_of(name, &file) || log.size > 2 * sizeof tar->log ||
        !text_unhex(log, tar->log, log.size / 2))
        return error_set(err, ERROR_INTERNAL, name, "is not a file of a bundle");
    tar->sizes[file] = db_integer(rows, row, 1);
    tar->changed_at_s = db_integer(rows, row, 3);
    return true;
}

static bool read_sizes(struct draw_tar *tar, struct db *db, struct error *err)
{
    const char *parameters[] = {tar->authority, tar->number};
    struct db_rows *rows = NULL;
    for (int i = 0; i < BUNDLE_FILE_COUNT; i++)
        tar->sizes[i] = -1;
    if (!db_run(db, "draw/file_sizes.sql", parameters, 2, 4, &rows, NULL, err))
        return false;
    bool good = db_rows_count(rows) > 0 || error_set(err, ERROR_NOT_FOUND, tar->authority,
                                                     "has no draw number %s", tar->number);
    for (int i = 0; good && i < db_rows_count(rows); i++)
        good = take_row(tar, rows, i, err);
    db_rows_free(rows);
    skip_absent(tar);
    return good;
}

bool draw_tar_open(struct db *db, const char *authority, int64_t number, struct draw_tar **out,
                   struct error *err)
{
    struct draw_tar *tar = calloc(1, sizeof *tar);
    if (tar)
        tar->authority = strdup(authority);
    if (!tar || !tar->authority) {
        draw_tar_close(tar);
        return error_memory(err);
    }
    snprintf(tar->number, sizeof tar->number, "%" PRId64, number);
    if (!read_sizes(tar, db, err)) {
        draw_tar_close(tar);
        return false;
    }
    *out = tar;
    return true;
}

void draw_tar_close(void *context)
{
    struct draw_tar *tar = context;
    if (tar)
        free(tar->authority);
    free(tar);
}

static void put_zeros(struct draw_tar *tar, size_t count)
{
    memset(tar->part + tar->used, 0, count);
    tar->used += count;
}

static void put_header(struct draw_tar *tar)
{
    char name[TAR_NAME_CAP + 1];
    snprintf(name, sizeof name, "draw-%s/%s", tar->number, bundle_rules[tar->file].name);
    tar_header(name, tar->sizes[tar->file], tar->changed_at_s, tar->part + tar->used);
    tar->used += TAR_BLOCK_BYTES;
}

static bool read_slice(struct draw_tar *tar, struct db *db, int64_t size, struct error *err)
{
    char from[NUMBER_SIZE];
    char count[NUMBER_SIZE];
    struct db_rows *rows = NULL;
    snprintf(from, sizeof from, "%" PRId64, tar->offset + 1);
    snprintf(count, sizeof count, "%" PRId64, size);
    const char *name = bundle_rules[tar->file].name;
    const char *parameters[] = {tar->authority, tar->number, name, from, count};
    if (!db_run(db, "draw/file_slice.sql", parameters, 5, 1, &rows, NULL, err))
        return false;
    bool good = db_rows_count(rows) == 1 &&
                text_unhex(text_of(db_text(rows, 0, 0)), tar->part + tar->used, (size_t)size);
    db_rows_free(rows);
    return good || error_set(err, ERROR_INTERNAL, name, "is not as long as it was");
}

static bool put_slice(struct draw_tar *tar, struct db *db, struct error *err)
{
    int64_t size = tar->sizes[tar->file] - tar->offset;
    if (size > DRAW_TAR_PART_BYTES)
        size = DRAW_TAR_PART_BYTES;
    if (tar->file == BUNDLE_LOG)
        memcpy(tar->part + tar->used, tar->log, (size_t)size); /* at most LOG_BYTES_CAP */
    else if (size > 0 && !read_slice(tar, db, size, err))
        return false;
    tar->used += (size_t)size;
    tar->offset += size;
    return true;
}

bool draw_tar_next(void *context, struct db *db, const char **bytes, size_t *size, bool *last,
                   struct error *err)
{
    struct draw_tar *tar = context;
    assert(tar->file < BUNDLE_FILE_COUNT);
    tar->used = 0;
    if (tar->offset == 0)
        put_header(tar);
    if (!put_slice(tar, db, err))
        return false;
    if (tar->offset == tar->sizes[tar->file]) {
        put_zeros(tar, tar_padding(tar->offset));
        tar->offset = 0;
        tar->file++;
        skip_absent(tar);
    }
    *last = tar->file == BUNDLE_FILE_COUNT;
    if (*last)
        put_zeros(tar, TAR_END_BYTES);
    *bytes = (const char *)tar->part;
    *size = tar->used;
    return true;
}
