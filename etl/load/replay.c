/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/replay.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/load/batch.h"
#include "etl/load/codes.h"
#include "etl/source/csv.h"
#include "etl/source/source.h"

enum { NUMBER_SIZE = 24 };

/* One kept row and what became of it. */
struct kept {
    int64_t reject_id;
    int64_t line;
    bool failed;
    struct reject reject;
};

/* Everything that a replay needs. */
struct replay {
    struct db *db;
    const struct replay_request *request;
    struct arena arena;
    struct arena batch_arena; /* one batch's header and its columns */
    struct mapping *mapping;
    struct csv *names_csv; /* of the columns */
    struct csv *csv;       /* of the kept rows; it and the converter are those of one batch */
    struct converter *converter;
    struct codelist regions;
    struct codelist industries;
    struct row_reader *reader;
    struct batch batch;
    struct kept *rows; /* REPLAY_ROWS_CAP */
    int row_count;
    struct batch_file file;
    int64_t from_batch; /* looked at last */
    int64_t from_reject;
    int64_t rows_all;
    char raw[SOURCE_RECORD_CAP];
};

static bool open_replay(struct replay *replay, struct error *err)
{
    const struct replay_request *request = replay->request;
    replay->rows = calloc(REPLAY_ROWS_CAP, sizeof *replay->rows);
    if (!replay->rows)
        return error_memory(err);
    return mapping_read(request->mapping_bytes, request->mapping_size, request->mapping_name,
                        &replay->arena, &replay->mapping, err) &&
           csv_open(NULL, ',', &replay->names_csv, err) &&
           codes_fetch(replay->db, &replay->regions, &replay->industries, err) &&
           batch_init(&replay->batch, replay->db, replay->mapping, err);
}

static void close_replay(struct replay *replay)
{
    if (replay->mapping)
        batch_free(&replay->batch);
    row_reader_free(replay->reader);
    codelist_free(&replay->regions);
    codelist_free(&replay->industries);
    converter_free(replay->converter);
    csv_close(replay->csv);
    csv_close(replay->names_csv);
    free(replay->rows);
    arena_reset(&replay->batch_arena);
    arena_reset(&replay->arena);
}

static const char *number(char *buffer, int64_t value)
{
    snprintf(buffer, NUMBER_SIZE, "%" PRId64, value);
    return buffer;
}

static bool count_rows(struct replay *replay, struct replay_report *report, struct error *err)
{
    char batch_id[NUMBER_SIZE];
    const struct replay_request *request = replay->request;
    const char *parameters[] = {replay->mapping->source,
                                request->batch_id ? number(batch_id, request->batch_id) : NULL,
                                request->reason};
    struct db_rows *rows;
    if (!db_run(replay->db, "reject/count.sql", parameters, 3, 3, &rows, NULL, err))
        return false;
    replay->rows_all = db_integer(rows, 0, 0);
    report->unkept = db_integer(rows, 0, 1);
    report->refused = db_integer(rows, 0, 2);
    db_rows_free(rows);
    return true;
}

static const char *keep(struct replay *replay, const char *value)
{
    return arena_copy(&replay->batch_arena, value, strlen(value));
}

static bool read_batch(struct replay *replay, const struct db_rows *rows, struct error *err)
{
    int64_t batch_id = db_integer(rows, 0, 0);
    if (batch_id != replay->from_batch)
        replay->from_reject = 0;
    replay->from_batch = batch_id;
    replay->file = (struct batch_file){
        .name = keep(replay, db_text(rows, 0, 1)),
        .sha256 = keep(replay, db_text(rows, 0, 2)),
        .bytes = db_integer(rows, 0, 3),
        .batch_in_file = db_integer(rows, 0, 4),
        .first_record = db_integer(rows, 0, 5),
        .header = keep(replay, db_text(rows, 0, 6)),
        .columns = keep(replay, db_text(rows, 0, 8)),
        .format = keep(replay, db_text(rows, 0, 9)),
        .encoding = keep(replay, db_text(rows, 0, 10)),
        .delimiter = db_text(rows, 0, 11)[0],
        .replay_of = batch_id,
        .now = replay->request->now,
        .known_at =
            db_is_null(rows, 0, 7) ? replay->request->now : keep(replay, db_text(rows, 0, 7)),
    };
    replay->batch.backfill = !db_is_null(rows, 0, 7) || replay->mapping->known_at.used;
    return (replay->file.name && replay->file.sha256 && replay->file.header &&
            replay->file.known_at && replay->file.columns && replay->file.format &&
            replay->file.encoding) ||
           arena_error(&replay->batch_arena, err);
}

/* The next batch with rejects to look at; *found = false after the last. */
static bool find_batch(struct replay *replay, bool *found, struct error *err)
{
    char numbers[4][NUMBER_SIZE];
    const struct replay_request *request = replay->request;
    const char *parameters[] = {number(numbers[0], replay->batch.source_id),
                                request->batch_id ? number(numbers[1], request->batch_id) : NULL,
                                request->reason, number(numbers[2], replay->from_batch),
                                number(numbers[3], replay->from_reject)};
    struct db_rows *rows;
    if (!db_run(replay->db, "reject/next_batch.sql", parameters, 5, 12, &rows, NULL, err))
        return false;
    *found = db_rows_count(rows) > 0;
    bool good = !*found || read_batch(replay, rows, err);
    db_rows_free(rows);
    return good;
}

/* The bytes of a hexadecimal text, in replay->raw. */
static struct text unhex(struct replay *replay, const char *hex)
{
    struct text value = text_of(hex);
    size_t size = value.size / 2;
    if (size > sizeof replay->raw || !text_unhex(value, (unsigned char *)replay->raw, size))
        size = 0;
    return (struct text){replay->raw, size};
}

/* How the kept rows are read: as they were kept. Of CSV files the mapping says it, since its
 * mistake may be just that; UTF-16 was kept as UTF-8. */
static bool open_rows(struct replay *replay, struct error *err)
{
    const struct source_form *form = &replay->mapping->form;
    enum encoding encoding = ENCODING_UTF8;
    if (strcmp(replay->file.format, "csv") == 0 && form->format == SOURCE_CSV) {
        encoding = form->encoding == ENCODING_UTF16 ? ENCODING_UTF8 : form->encoding;
        replay->file.delimiter = form->delimiter;
        replay->file.encoding = encoding_name(encoding);
    } else if (!encoding_of(text_of(replay->file.encoding), &encoding)) {
        return error_set(err, ERROR_INTERNAL, replay->file.name, "no encoding is called \"%.40s\"",
                         replay->file.encoding);
    }
    csv_close(replay->csv);
    converter_free(replay->converter);
    replay->csv = NULL;
    replay->converter = NULL;
    return csv_open(NULL, replay->file.delimiter, &replay->csv, err) &&
           converter_new(encoding, &replay->converter, err);
}

static bool bind_columns(struct replay *replay, struct error *err)
{
    struct source_record record;
    if (!csv_one(replay->names_csv, text_of(replay->file.columns), &record, err))
        return false;
    if (record.problem)
        return error_set(err, ERROR_INTERNAL, replay->file.name, "columns: %s", record.problem);
    return mapping_bind(replay->mapping, record.fields, record.count, &replay->batch_arena,
                        replay->file.name, err);
}

static bool open_reader(struct replay *replay, struct error *err)
{
    struct value_lists lists = {&replay->regions, &replay->industries};
    row_reader_free(replay->reader);
    replay->reader = NULL;
    return row_reader_new(replay->mapping, replay->converter, &lists, replay->file.known_at,
                          replay->request->utc_offset_minutes, &replay->reader, err);
}

static bool fetch_rows(struct replay *replay, struct db_rows **rows, struct error *err)
{
    char numbers[3][NUMBER_SIZE];
    const char *parameters[] = {number(numbers[0], replay->from_batch), replay->request->reason,
                                number(numbers[1], replay->from_reject),
                                number(numbers[2], REPLAY_ROWS_CAP)};
    return db_run(replay->db, "reject/rows.sql", parameters, 4, 3, rows, NULL, err);
}

static void fail_row(struct replay *replay, struct kept *kept)
{
    kept->failed = true;
    replay->batch.rows_in++;
    replay->batch.rejected++;
    quality_add_reject(&replay->batch.quality, kept->line, &kept->reject);
}

static bool read_rows(struct replay *replay, const struct db_rows *rows, struct error *err)
{
    struct source_record record;
    struct row row;
    for (int i = 0; i < db_rows_count(rows); i++) {
        struct kept *kept = &replay->rows[replay->row_count++];
        *kept = (struct kept){.reject_id = db_integer(rows, i, 0), .line = db_integer(rows, i, 1)};
        replay->from_reject = kept->reject_id;
        if (!csv_one(replay->csv, unhex(replay, db_text(rows, i, 2)), &record, err))
            return false;
        record.line = kept->line;
        if (!row_read(replay->reader, &record, &row, &kept->reject))
            fail_row(replay, kept);
        else if (!batch_add(&replay->batch, replay->reader, &row, err))
            return false;
    }
    return true;
}

static struct kept *find_line(struct replay *replay, int64_t line)
{
    for (int i = 0; i < replay->row_count; i++) {
        if (replay->rows[i].line == line && !replay->rows[i].failed)
            return &replay->rows[i];
    }
    return NULL;
}

/* Rows that are older than what is stored of their record fail; a back-fill has its own order. */
static bool drop_outdated(struct replay *replay, struct error *err)
{
    char batch_id[NUMBER_SIZE];
    const char *parameters[] = {number(batch_id, replay->from_batch)};
    struct db_rows *rows;
    struct bytes lines = {0};
    if (replay->batch.backfill)
        return true;
    if (!db_run(replay->db, replay->mapping->kind->outdated_statement, parameters, 1, 1, &rows,
                NULL, err))
        return false;
    bytes_append(&lines, "{", 1);
    for (int i = 0; i < db_rows_count(rows); i++) {
        struct kept *kept = find_line(replay, db_integer(rows, i, 0));
        if (!kept)
            continue;
        reject_set(&kept->reject, REJECT_OUTDATED, "",
                   "a row that no later line of the source says otherwise", TEXT_LITERAL("one"));
        fail_row(replay, kept);
        replay->batch.rows_in--; /* counted when it was read */
        bytes_append(&lines, ",", lines.size > 1 ? 1 : 0);
        bytes_append(&lines, db_text(rows, i, 0), strlen(db_text(rows, i, 0)));
    }
    db_rows_free(rows);
    bytes_append(&lines, "}", 2); /* with the final NUL */
    const char *dropped[] = {lines.data};
    bool good = bytes_ok(&lines) || error_memory(err);
    good = good && db_run(replay->db, "reject/stage_drop.sql", dropped, 1, 0, NULL, NULL, err);
    bytes_free(&lines);
    return good;
}

static bool put_verdicts(struct replay *replay, struct error *err)
{
    struct bytes out = {0};
    for (int i = 0; i < replay->row_count; i++) {
        const struct kept *kept = &replay->rows[i];
        bytes_column_integer(&out, kept->reject_id);
        bytes_column_text(&out, kept->failed ? TEXT_LITERAL("t") : TEXT_LITERAL("f"));
        if (kept->failed) {
            bytes_column_text(&out, text_of(kept->reject.field));
            bytes_column_text(&out, text_of(reject_code(kept->reject.reason)));
            bytes_column_text(&out, text_of(kept->reject.message));
        } else {
            bytes_append(&out, "\\N\t\\N\t\\N\t", 9);
        }
        bytes_end_row(&out);
    }
    bool good = bytes_ok(&out) || error_memory(err);
    good = good && db_copy_put(replay->db, out.data, out.size, err);
    bytes_free(&out);
    return good;
}

static bool settle(struct replay *replay, struct error *err)
{
    char batch_id[NUMBER_SIZE];
    const char *parameters[] = {number(batch_id, replay->batch.batch_id)};
    return db_run(replay->db, "reject/verdict_stage.sql", NULL, 0, 0, NULL, NULL, err) &&
           db_copy_open(replay->db, "reject/verdict_copy.sql", err) && put_verdicts(replay, err) &&
           db_copy_close(replay->db, NULL, err) &&
           db_run(replay->db, "reject/settle.sql", parameters, 1, 0, NULL, NULL, err);
}

/* Up to REPLAY_ROWS_CAP rows of the batch that was found, as a batch. */
static bool replay_batch(struct replay *replay, struct load_report *report, struct error *err)
{
    struct load_report account = {0};
    struct db_rows *rows;
    replay->row_count = 0;
    if (!open_rows(replay, err) || !bind_columns(replay, err) || !open_reader(replay, err) ||
        !fetch_rows(replay, &rows, err))
        return false;
    bool good = batch_start(&replay->batch, err) && read_rows(replay, rows, err);
    db_rows_free(rows);
    return good && batch_end_rows(&replay->batch, err) && drop_outdated(replay, err) &&
           batch_merge(&replay->batch, &account, err) && settle(replay, err) &&
           batch_store(&replay->batch, &replay->file, &account, err) &&
           batch_commit(&replay->batch, &account, report, err);
}

static bool show_progress(const struct replay *replay, const struct load_report *report,
                          struct error *err)
{
    const struct replay_request *request = replay->request;
    return !request->progress ||
           request->progress(request->progress_context, report->rows_in, replay->rows_all, err);
}

static bool run(struct replay *replay, struct replay_report *report, struct error *err)
{
    if (!open_replay(replay, err))
        return false;
    snprintf(report->load.source, sizeof report->load.source, "%s", replay->mapping->source);
    report->load.kind = replay->mapping->kind->name;
    if (!count_rows(replay, report, err))
        return false;
    for (bool found = replay->rows_all > 0; found;) {
        arena_reset(&replay->batch_arena);
        if (!show_progress(replay, &report->load, err) ||
            !batch_begin(&replay->batch, replay->request->now, err) ||
            !find_batch(replay, &found, err) ||
            (found && !replay_batch(replay, &report->load, err)))
            return false;
        if (!found)
            batch_abort(&replay->batch);
    }
    return true;
}

bool replay_rejects(struct db *db, const struct replay_request *request,
                    struct replay_report *report, struct error *err)
{
    struct replay *replay = calloc(1, sizeof *replay);
    if (!replay)
        return error_memory(err);
    *report = (struct replay_report){.unkept = 0};
    replay->db = db;
    replay->request = request;
    arena_init(&replay->arena, LOAD_ARENA_CAP);
    arena_init(&replay->batch_arena, LOAD_ARENA_CAP);
    bool good = run(replay, report, err);
    if (!good)
        db_rollback(db);
    close_replay(replay);
    free(replay);
    return good;
}
