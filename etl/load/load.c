/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/load/batch.h"
#include "etl/load/codes.h"
#include "etl/source/source.h"

enum { PROGRESS_ROWS = 8192 };

/* Everything that one file needs while it is loaded. */
struct loader {
    struct db *db;
    const struct load_options *options;
    struct arena arena;
    struct mapping *mapping;
    struct source *source;
    const struct stream *stream; /* the source's file */
    struct converter *converter;
    struct codelist regions;
    struct codelist industries;
    struct row_reader *reader;
    struct batch batch;
    const char *header; /* hexadecimal */
    const char *columns;
    int64_t record; /* number of the next record, from 1 */
    int64_t rows_done;
};

static bool keep_text(struct loader *loader, struct text value, const char **out, struct error *err)
{
    *out = arena_copy(&loader->arena, value.data ? value.data : "", value.size);
    return *out || arena_error(&loader->arena, err);
}

static bool keep_hex(struct loader *loader, struct text value, const char **out, struct error *err)
{
    char *hex = arena_alloc(&loader->arena, 2 * value.size + 1);
    if (!hex)
        return arena_error(&loader->arena, err);
    text_hex((const unsigned char *)value.data, value.size, hex);
    *out = hex;
    return true;
}

/* The header as it stands in the file, or the names of the columns where a format has none. */
static bool keep_header(struct loader *loader, const struct text *names, size_t count,
                        struct error *err)
{
    struct bytes line = {0};
    for (size_t i = 0; i < count; i++) {
        bytes_append(&line, ",", i > 0);
        row_cell(&line, ',', names[i]);
    }
    const struct text columns = {line.data ? line.data : "", line.size};
    struct text header = source_header(loader->source);
    bool ok = (bytes_ok(&line) || error_memory(err)) &&
              keep_text(loader, columns, &loader->columns, err) &&
              keep_hex(loader, header.size > 0 ? header : columns, &loader->header, err);
    bytes_free(&line);
    return ok;
}

static bool bind_columns(struct loader *loader, const char *path, struct error *err)
{
    size_t count;
    const struct text *names = source_columns(loader->source, &count);
    return keep_header(loader, names, count, err) &&
           mapping_bind(loader->mapping, names, count, &loader->arena, path, err);
}

static bool open_file(struct loader *loader, const char *path, struct error *err)
{
    loader->mapping->form.descriptor = loader->options->descriptor;
    if (!source_open(path, &loader->mapping->form, &loader->arena, &loader->source, err) ||
        !converter_new(source_encoding(loader->source), &loader->converter, err) ||
        !bind_columns(loader, path, err) ||
        !codes_fetch(loader->db, &loader->regions, &loader->industries, err))
        return false;
    loader->stream = source_stream(loader->source);
    struct value_lists lists = {&loader->regions, &loader->industries};
    return row_reader_new(loader->mapping, loader->converter, &lists,
                          loader->options->known_at ? loader->options->known_at
                                                    : loader->options->now,
                          loader->options->utc_offset_minutes, &loader->reader, err) &&
           batch_init(&loader->batch, loader->db, loader->mapping, err);
}

static void close_file(struct loader *loader)
{
    batch_free(&loader->batch);
    row_reader_free(loader->reader);
    codelist_free(&loader->regions);
    codelist_free(&loader->industries);
    converter_free(loader->converter);
    source_close(loader->source);
    arena_reset(&loader->arena);
}

static void show_progress(const struct loader *loader)
{
    const struct load_options *options = loader->options;
    if (options->progress)
        options->progress(options->context, loader->rows_done, stream_position(loader->stream),
                          stream_bytes(loader->stream));
}

/* Passes over the records that earlier batches committed. */
static bool skip_committed(struct loader *loader, int64_t next_record, struct error *err)
{
    struct source_record record;
    bool end = false;
    while (loader->record < next_record) {
        if (!source_next(loader->source, &record, &end, err))
            return false;
        if (end)
            return error_set(err, ERROR_INTERNAL, stream_path(loader->stream),
                             "%lld records are committed but the file has only %lld",
                             (long long)(next_record - 1), (long long)(loader->record - 1));
        loader->record++;
    }
    return true;
}

static bool stop_requested(const struct loader *loader, struct error *err)
{
    if (!loader->options->stop || !loader->options->stop(loader->options->context))
        return false;
    error_set(err, ERROR_INTERRUPTED, stream_path(loader->stream),
              "stopped before record %lld; what was committed stays, and the same command goes on "
              "from there",
              (long long)loader->record);
    return true;
}

static bool add_record(struct loader *loader, const struct source_record *record, struct error *err)
{
    struct row row;
    struct reject reject;
    struct profile *profile = loader->options->profile;
    bool read = row_read(loader->reader, record, &row, &reject);
    if (profile &&
        !profile_add(profile, loader->reader, read ? &row : NULL, &reject, record->line, err))
        return false;
    if (read)
        return batch_add(&loader->batch, loader->reader, &row, err);
    return batch_add_reject(&loader->batch, loader->reader, record, &reject, err);
}

static bool fill_batch(struct loader *loader, bool *end, struct error *err)
{
    int64_t cap = loader->options->batch_cap ? loader->options->batch_cap : LOAD_BATCH_CAP;
    struct source_record record;
    *end = false;
    while (loader->batch.rows_in < cap && loader->batch.rejects.size < LOAD_REJECT_BYTES) {
        if (!source_next(loader->source, &record, end, err))
            return false;
        if (*end)
            return true;
        if (!add_record(loader, &record, err))
            return false;
        loader->record++;
        loader->rows_done++;
        if (loader->rows_done % PROGRESS_ROWS == 0) {
            show_progress(loader);
            if (stop_requested(loader, err))
                return false;
        }
    }
    return true;
}

/* Whether so many rows of a file's beginning are rejected that the mapping cannot be its own. */
static bool is_refused(const struct loader *loader, int batch_in_file)
{
    const struct batch *batch = &loader->batch;
    int64_t limit_ppm = loader->options->reject_share_ppm;
    return limit_ppm > 0 && batch_in_file == 1 &&
           batch->rejected * 1000000 > batch->rows_in * limit_ppm;
}

/* Keeps the rejects and nothing else. */
static bool refuse(struct loader *loader, struct batch_file *file, struct load_report *report,
                   struct error *err)
{
    const struct load_report nothing = {0};
    const struct batch *batch = &loader->batch;
    const struct quality *quality = &batch->quality;
    file->refused = true;
    file->last_in_file = false;
    if (!batch_store(&loader->batch, file, &nothing, err) ||
        !batch_commit(&loader->batch, &nothing, report, err))
        return false;
    return error_set(err, ERROR_INPUT, stream_path(loader->stream),
                     "refused: %lld of the first %lld records are rejected, more than %lld ppm "
                     "(load.reject_share_ppm), most for %s; first line %lld, %s: %s. Nothing was "
                     "stored; the rejects are kept as batch %lld: mend the mapping, or say --force",
                     (long long)batch->rejected, (long long)batch->rows_in,
                     (long long)loader->options->reject_share_ppm,
                     reject_code(quality_main_reason(quality)), (long long)quality->first_line,
                     quality->first.field[0] ? quality->first.field : "the row",
                     quality->first.message, (long long)batch->batch_id);
}

/* What the batch would have done; what comes after it sees that. */
static bool check_batch(struct loader *loader, int batch_in_file, struct load_report *report,
                        struct error *err)
{
    struct load_report account = {0};
    loader->options->profile->refused |= is_refused(loader, batch_in_file);
    if (!batch_merge(&loader->batch, &account, err) ||
        !db_script(loader->db, "load/check_reset.sql", NULL, 0, NULL, err))
        return false;
    batch_report(&loader->batch, &account, report);
    return true;
}

static bool load_batch(struct loader *loader, int batch_in_file, bool *end,
                       struct load_report *report, struct error *err)
{
    const char *path = stream_path(loader->stream);
    const char *slash = strrchr(path, '/');
    char sha256[DIGEST_HEX_SIZE];
    struct batch_file file = {
        .name = slash ? slash + 1 : path,
        .sha256 = sha256,
        .header = loader->header,
        .columns = loader->columns,
        .format = source_traits_of(loader->mapping->form.format)->name,
        .encoding = encoding_name(source_encoding(loader->source)),
        .delimiter = row_delimiter(loader->mapping),
        .bytes = stream_bytes(loader->stream),
        .batch_in_file = batch_in_file,
        .first_record = loader->record,
        .now = loader->options->now,
        .known_at = loader->options->known_at ? loader->options->known_at : loader->options->now,
        .options = loader->options,
    };
    text_hex(stream_sha256(loader->stream), DIGEST_SIZE, sha256);
    /* What is committed is of the file whose hash the batch row has. */
    if (!batch_start(&loader->batch, err) || !fill_batch(loader, end, err) ||
        !stream_check(loader->stream, err) || !batch_end_rows(&loader->batch, err))
        return false;
    file.last_in_file = *end;
    if (loader->options->profile)
        return check_batch(loader, batch_in_file, report, err);
    if (is_refused(loader, batch_in_file))
        return refuse(loader, &file, report, err);
    struct load_report account = {0};
    return batch_merge(&loader->batch, &account, err) &&
           batch_store(&loader->batch, &file, &account, err) &&
           batch_commit(&loader->batch, &account, report, err);
}

/* Begins the next batch, unless another load of the source has committed one since the last. */
static bool open_next(struct loader *loader, int batch_in_file, struct error *err)
{
    struct batch_position position;
    if (loader->options->profile)
        return batch_continue(&loader->batch, err);
    if (!batch_open(&loader->batch, loader->stream, loader->options->now, &position, err))
        return false;
    if (position.same_file && position.batch_in_file == batch_in_file &&
        position.next_record == loader->record)
        return true;
    return error_set(err, ERROR_CONFLICT, stream_path(loader->stream),
                     "another load of source %s came in between; the first %lld records are "
                     "committed: load the file again when the other is done",
                     loader->mapping->source, (long long)(loader->record - 1));
}

/* All batches of the file; the transaction of the first is open when this is called. */
static bool load_batches(struct loader *loader, const struct batch_position *position,
                         struct load_report *report, struct error *err)
{
    int batch_in_file = position->batch_in_file;
    bool end = false;
    report->resumed_after = position->next_record - 1;
    if (!skip_committed(loader, position->next_record, err))
        return false;
    for (;;) {
        if (!load_batch(loader, ++batch_in_file, &end, report, err))
            return false;
        show_progress(loader);
        if (end)
            return true;
        if (!open_next(loader, batch_in_file, err))
            return false;
    }
}

static void report_nothing_new(const struct batch_position *position, struct load_report *report)
{
    report->nothing_new = true;
    report->newer_files = position->newer_files;
    report->rows_in = position->rows_in;
    report->identical = position->rows_in - position->rejected;
    report->rejected = position->rejected;
}

static bool check(struct loader *loader, const struct batch_position *position,
                  struct load_report *report, struct error *err)
{
    const struct batch_position beginning = {.next_record = 1};
    loader->options->profile->loaded_before = position->complete;
    bool good = load_batches(loader, &beginning, report, err);
    batch_abort(&loader->batch);
    return good;
}

static bool run(struct loader *loader, const char *path, struct load_report *report,
                struct error *err)
{
    struct batch_position position;
    if (!open_file(loader, path, err) ||
        !batch_open(&loader->batch, loader->stream, loader->options->now, &position, err))
        return false;
    loader->batch.backfill = loader->options->known_at || loader->mapping->known_at.used;
    if (loader->options->profile)
        return check(loader, &position, report, err);
    if (!position.complete || loader->options->again)
        return load_batches(loader, &position, report, err);
    report_nothing_new(&position, report);
    batch_abort(&loader->batch);
    return true;
}

bool load_file(struct db *db, const char *mapping_name, const char *mapping_bytes,
               size_t mapping_size, const char *path, const struct load_options *options,
               struct load_report *report, struct error *err)
{
    struct loader *loader = calloc(1, sizeof *loader);
    if (!loader)
        return error_memory(err);
    *loader = (struct loader){.db = db, .options = options, .record = 1};
    *report = (struct load_report){0};
    arena_init(&loader->arena, LOAD_ARENA_CAP);
    bool ok = mapping_read(mapping_bytes, mapping_size, mapping_name, &loader->arena,
                           &loader->mapping, err);
    if (ok) {
        snprintf(report->source, sizeof report->source, "%s", loader->mapping->source);
        report->kind = loader->mapping->kind->name;
        ok = run(loader, path, report, err);
    }
    if (!ok)
        db_rollback(db);
    close_file(loader);
    free(loader);
    return ok;
}
