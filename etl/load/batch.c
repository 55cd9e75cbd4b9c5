/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/batch.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { NUMBER_SIZE = 24, FLUSH_BYTES = 256 * 1024, REOPEN_TRIES = 60, REOPEN_PAUSE_SECONDS = 1 };

/* The row counts of the last four statements of each merge script. */
enum merge_step { MERGE_IDENTICAL, MERGE_REPLACED, MERGE_SUPERSEDED, MERGE_CURRENT, MERGE_STEPS };

bool batch_init(struct batch *batch, struct db *db, const struct mapping *mapping,
                struct error *err)
{
    *batch = (struct batch){.db = db, .mapping = mapping};
    return version_map_init(&batch->versions) || error_memory(err);
}

void batch_free(struct batch *batch)
{
    version_map_free(&batch->versions);
    bytes_free(&batch->rows);
    bytes_free(&batch->rejects);
}

/* One value of a statement that returns one row. */
static bool fetch_batch_id(struct batch *batch, struct error *err)
{
    struct db_rows *rows;
    if (!db_run(batch->db, "load/batch_id.sql", NULL, 0, 1, &rows, NULL, err))
        return false;
    batch->batch_id = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return true;
}

static bool lock_source(struct batch *batch, const char *now, struct error *err)
{
    const struct mapping *mapping = batch->mapping;
    const char *parameters[] = {mapping->source, mapping->kind->name, mapping->jurisdiction, now};
    struct db_rows *rows;
    if (!db_run(batch->db, "load/source_lock.sql", parameters, 4, 2, &rows, NULL, err))
        return false;
    batch->source_id = db_integer(rows, 0, 0);
    bool same_kind = strcmp(db_text(rows, 0, 1), mapping->kind->name) == 0;
    if (!same_kind)
        error_set(err, ERROR_CONFLICT, mapping->source,
                  "the source has records of kind %s; the mapping is for kind %s",
                  db_text(rows, 0, 1), mapping->kind->name);
    db_rows_free(rows);
    return same_kind;
}

/* A file that was loaded to its end is not loaded again by itself: what came since is newer. */
static bool fetch_complete(struct batch *batch, const struct stream *stream,
                           struct batch_position *position, struct error *err)
{
    char file_hex[DIGEST_HEX_SIZE];
    char mapping_hex[DIGEST_HEX_SIZE];
    struct db_rows *rows;
    text_hex(stream_sha256(stream), DIGEST_SIZE, file_hex);
    text_hex(batch->mapping->sha256, DIGEST_SIZE, mapping_hex);
    const char *parameters[] = {batch->mapping->source, file_hex, mapping_hex};
    if (!db_run(batch->db, "load/batch_complete.sql", parameters, 3, 4, &rows, NULL, err))
        return false;
    if (db_rows_count(rows) > 0) {
        position->complete = true;
        position->rows_in = db_integer(rows, 0, 0);
        position->rejected = db_integer(rows, 0, 1);
        position->newer_files = db_bool(rows, 0, 3);
    }
    db_rows_free(rows);
    return true;
}

static bool same_hash(const struct db_rows *rows, int column, const unsigned char hash[DIGEST_SIZE])
{
    char hex[DIGEST_HEX_SIZE];
    text_hex(hash, DIGEST_SIZE, hex);
    return strcmp(db_text(rows, 0, column), hex) == 0;
}

static bool fetch_position(struct batch *batch, const struct stream *stream,
                           struct batch_position *position, struct error *err)
{
    const char *parameters[] = {batch->mapping->source};
    struct db_rows *rows;
    if (!db_run(batch->db, "load/batch_newest.sql", parameters, 1, 7, &rows, NULL, err))
        return false;
    *position = (struct batch_position){.next_record = 1};
    if (db_rows_count(rows) > 0 && !db_bool(rows, 0, 4) &&
        same_hash(rows, 0, stream_sha256(stream)) && same_hash(rows, 1, batch->mapping->sha256)) {
        *position = (struct batch_position){
            .same_file = true,
            .batch_in_file = (int)db_integer(rows, 0, 2),
            .next_record = db_integer(rows, 0, 3),
            .rows_in = db_integer(rows, 0, 5),
            .rejected = db_integer(rows, 0, 6),
        };
    }
    db_rows_free(rows);
    return position->same_file || fetch_complete(batch, stream, position, err);
}

static void empty(struct batch *batch)
{
    version_map_clear(&batch->versions);
    bytes_reset(&batch->rows);
    bytes_reset(&batch->rejects);
    quality_reset(&batch->quality);
    batch->rows_in = batch->repeated = batch->rejected = 0;
}

bool batch_begin(struct batch *batch, const char *now, struct error *err)
{
    empty(batch);
    return db_begin(batch->db, err) && lock_source(batch, now, err) && fetch_batch_id(batch, err);
}

bool batch_continue(struct batch *batch, struct error *err)
{
    empty(batch);
    return fetch_batch_id(batch, err);
}

bool batch_open(struct batch *batch, const struct stream *stream, const char *now,
                struct batch_position *position, struct error *err)
{
    return batch_begin(batch, now, err) && fetch_position(batch, stream, position, err);
}

bool batch_start(struct batch *batch, struct error *err)
{
    return db_run(batch->db, batch->mapping->kind->stage_statement, NULL, 0, 0, NULL, NULL, err) &&
           db_copy_open(batch->db, "load/copy_stage.sql", err);
}

static bool flush(struct batch *batch, size_t least, struct error *err)
{
    if (!bytes_ok(&batch->rows))
        return error_memory(err);
    if (batch->rows.size < least)
        return true;
    bool ok = db_copy_put(batch->db, batch->rows.data, batch->rows.size, err);
    bytes_reset(&batch->rows);
    return ok;
}

bool batch_add(struct batch *batch, const struct row_reader *reader, const struct row *row,
               struct error *err)
{
    int version;
    bool repeats;
    batch->rows_in++;
    if (!version_map_enter(&batch->versions, row->id, row->content, &version, &repeats))
        return error_memory(err);
    quality_add(&batch->quality, batch->mapping->kind, row);
    batch->quality.duplicates += repeats || version > 0;
    /* Said once more at another moment of knowledge it is not the same. */
    if (repeats && batch->mapping->known_at.used) {
        version++;
    } else if (repeats) {
        batch->repeated++;
        return true;
    }
    row_write(reader, row, version, batch->batch_id, &batch->rows);
    return flush(batch, FLUSH_BYTES, err);
}

bool batch_add_reject(struct batch *batch, struct row_reader *reader,
                      const struct source_record *record, const struct reject *reject,
                      struct error *err)
{
    struct bytes raw = {0};
    struct bytes whole = {0};
    batch->rows_in++;
    batch->rejected++;
    quality_add_reject(&batch->quality, record->line, reject);
    bytes_column_integer(&batch->rejects, batch->batch_id);
    bytes_column_integer(&batch->rejects, record->line);
    bytes_column_text(&batch->rejects, text_of(reject->field));
    bytes_column_text(&batch->rejects, text_of(reject_code(reject->reason)));
    bytes_column_text(&batch->rejects, text_of(reject->message));
    row_raw(reader, record, &raw);
    bytes_column_text(&batch->rejects, (struct text){raw.data ? raw.data : "", raw.size});
    if (row_record(reader, record, &whole))
        bytes_column_binary(&batch->rejects, (struct text){whole.data, whole.size});
    else
        bytes_column_null(&batch->rejects);
    bytes_end_row(&batch->rejects);
    bool ok = bytes_ok(&raw) && bytes_ok(&whole) && bytes_ok(&batch->rejects);
    bytes_free(&raw);
    bytes_free(&whole);
    return ok || error_memory(err);
}

static bool check_clash(struct batch *batch, const char *statement, struct error *err)
{
    struct db_rows *rows;
    if (!db_run(batch->db, statement, NULL, 0, 2, &rows, NULL, err))
        return false;
    bool clash = db_rows_count(rows) > 0;
    if (clash)
        error_set(err, ERROR_CONFLICT, db_text(rows, 0, 0),
                  "two codes have the same entity_id; the other is %s: the batch is refused",
                  db_text(rows, 0, 1));
    db_rows_free(rows);
    return !clash;
}

/* Earlier numbers become the entity's own, unknown entities become stubs. */
static bool resolve_end(struct batch *batch, const char *clash, const char *alias, const char *stub,
                        int64_t *stubs, struct error *err)
{
    int64_t made = 0;
    if (!check_clash(batch, clash, err) || !db_run(batch->db, alias, NULL, 0, 0, NULL, NULL, err) ||
        !db_run(batch->db, stub, NULL, 0, 0, NULL, &made, err))
        return false;
    *stubs += made;
    return true;
}

static bool resolve_subjects(struct batch *batch, int64_t *stubs, struct error *err)
{
    const struct kind *kind = batch->mapping->kind;
    if (!kind->has_subject)
        return true;
    if (kind->subject_is_key)
        return check_clash(batch, "load/clash.sql", err);
    if (!resolve_end(batch, "load/clash.sql", "load/alias.sql", "load/stub.sql", stubs, err))
        return false;
    return !kind->clash_of_other ||
           resolve_end(batch, "load/relation_clash.sql", "load/relation_alias.sql",
                       "load/relation_stub.sql", stubs, err);
}

/* Runs the kind's scripts and turns their row counts into the account of the batch. */
bool batch_merge(struct batch *batch, struct load_report *account, struct error *err)
{
    enum { SCRIPT_COUNTS_CAP = 32 };
    const struct kind *kind = batch->mapping->kind;
    bool backfill = batch->backfill && kind->backfill_script;
    const char *script = backfill ? kind->backfill_script : kind->merge_script;
    int64_t counts[SCRIPT_COUNTS_CAP] = {0};
    int done = 0;
    if (!db_script(batch->db, "load/merge_lock.sql", NULL, 0, NULL, err) ||
        !resolve_subjects(batch, &account->stubs, err) ||
        !db_script(batch->db, script, counts, SCRIPT_COUNTS_CAP, &done, err))
        return false;
    if (done < MERGE_STEPS || done > SCRIPT_COUNTS_CAP)
        return error_set(err, ERROR_INTERNAL, script, "expected at least %d statements, found %d",
                         MERGE_STEPS, done);
    const int64_t *steps = counts + done - MERGE_STEPS;
    account->identical = steps[MERGE_IDENTICAL] + batch->repeated;
    account->inserted = steps[MERGE_CURRENT] - steps[MERGE_REPLACED];
    account->updated = steps[MERGE_SUPERSEDED] + steps[MERGE_REPLACED];
    if (!kind->after_script)
        return true;
    if (!db_script(batch->db, kind->after_script, counts, SCRIPT_COUNTS_CAP, &done, err))
        return false;
    account->merged = done > 0 && done <= SCRIPT_COUNTS_CAP ? counts[done - 1] : 0;
    return true;
}

static bool store_rejects(struct batch *batch, struct error *err)
{
    return batch->rejects.size == 0 ||
           (db_copy_open(batch->db, "load/copy_reject.sql", err) &&
            db_copy_put(batch->db, batch->rejects.data, batch->rejects.size, err) &&
            db_copy_close(batch->db, NULL, err));
}

/* Decimal text for a parameter. */
static const char *number(char (*buffers)[NUMBER_SIZE], int slot, int64_t value)
{
    snprintf(buffers[slot], NUMBER_SIZE, "%lld", (long long)value);
    return buffers[slot];
}

/* What could have been stored of a refused file. */
static int64_t withheld_of(const struct batch *batch, const struct batch_file *file)
{
    return file->refused ? batch->rows_in - batch->rejected : 0;
}

static bool store_batch_row(struct batch *batch, const struct batch_file *file,
                            const struct load_report *account, struct error *err)
{
    char numbers[13][NUMBER_SIZE];
    char mapping_hex[DIGEST_HEX_SIZE];
    const char delimiter[] = {file->delimiter, '\0'};
    text_hex(batch->mapping->sha256, DIGEST_SIZE, mapping_hex);
    const char *parameters[] = {
        number(numbers, 0, batch->batch_id),
        number(numbers, 1, batch->source_id),
        file->name,
        file->sha256,
        number(numbers, 2, file->bytes),
        mapping_hex,
        number(numbers, 3, file->batch_in_file),
        number(numbers, 4, file->first_record),
        file->last_in_file ? "t" : "f",
        number(numbers, 5, batch->rows_in),
        number(numbers, 6, account->inserted),
        number(numbers, 7, account->updated),
        number(numbers, 8, account->identical),
        number(numbers, 9, batch->rejected),
        number(numbers, 10, account->stubs),
        file->known_at,
        file->now,
        file->encoding,
        delimiter,
        file->header,
        file->columns,
        file->format,
        file->replay_of ? number(numbers, 11, file->replay_of) : NULL,
        file->refused ? "t" : "f",
        number(numbers, 12, withheld_of(batch, file)),
    };
    return db_run(batch->db, "load/batch_insert.sql", parameters,
                  (int)(sizeof parameters / sizeof parameters[0]), 0, NULL, NULL, err);
}

static bool note_batch(struct batch *batch, const struct batch_file *file, struct error *err)
{
    const struct load_options *options = file->options;
    const struct load_note note = {.batch_id = batch->batch_id,
                                   .file_sha256 = file->sha256,
                                   .last_in_file = file->last_in_file};
    return !options || !options->note || options->note(options->context, batch->db, &note, err);
}

/* The rejects of an earlier, refused try: this batch begins to read the whole file again. */
static bool take_refused(struct batch *batch, const struct batch_file *file, struct error *err)
{
    char numbers[2][NUMBER_SIZE];
    const char *parameters[] = {number(numbers, 0, batch->batch_id),
                                number(numbers, 1, batch->source_id), file->sha256};
    return file->replay_of || file->batch_in_file > 1 ||
           db_run(batch->db, "load/take_refused.sql", parameters, 3, 0, NULL, NULL, err);
}

bool batch_store(struct batch *batch, const struct batch_file *file,
                 const struct load_report *account, struct error *err)
{
    return store_rejects(batch, err) && store_batch_row(batch, file, account, err) &&
           take_refused(batch, file, err) &&
           quality_store(&batch->quality, batch->mapping->kind, batch->db, batch->batch_id,
                         file->now, err) &&
           note_batch(batch, file, err);
}

/* A server that lost a process takes a while to accept sessions again. */
static bool reopen(struct batch *batch, struct error *err)
{
    for (int i = 0; i < REOPEN_TRIES; i++) {
        if (db_reopen(batch->db, err))
            return true;
        nanosleep(&(struct timespec){.tv_sec = REOPEN_PAUSE_SECONDS}, NULL);
    }
    return false;
}

/* Whether the batch is there, once the server has made up its mind: the lock of a merge is held
 * until its transaction has ended. */
static bool ask(struct batch *batch, bool *committed, struct error *err)
{
    char id[1][NUMBER_SIZE];
    const char *parameters[] = {number(id, 0, batch->batch_id)};
    struct db_rows *rows;
    if (!reopen(batch, err) || !db_begin(batch->db, err) ||
        !db_script(batch->db, "load/merge_lock.sql", NULL, 0, NULL, err) ||
        !db_run(batch->db, "load/batch_exists.sql", parameters, 1, 1, &rows, NULL, err))
        return false;
    *committed = db_rows_count(rows) == 1;
    db_rows_free(rows);
    return db_commit(batch->db, err);
}

/* After a connection was lost during COMMIT only the database knows what became of it. */
static bool commit_or_ask(struct batch *batch, struct error *err)
{
    struct error asking;
    bool committed = false;
    if (db_commit(batch->db, err))
        return true;
    if (err->kind != ERROR_UNAVAILABLE)
        return false;
    if (ask(batch, &committed, &asking))
        return committed;
    return error_set(err, ERROR_UNAVAILABLE, batch->mapping->source,
                     "the connection was lost while batch %lld was committed, and the database "
                     "cannot be asked whether it was (%.120s): load the file again, it goes on "
                     "where it must",
                     (long long)batch->batch_id, asking.message);
}

void batch_report(const struct batch *batch, const struct load_report *account,
                  struct load_report *report)
{
    report->batches++;
    report->rows_in += batch->rows_in;
    report->inserted += account->inserted;
    report->updated += account->updated;
    report->identical += account->identical;
    report->rejected += batch->rejected;
    report->stubs += account->stubs;
    report->merged += account->merged;
}

bool batch_commit(struct batch *batch, const struct load_report *account,
                  struct load_report *report, struct error *err)
{
    if (!commit_or_ask(batch, err))
        return false;
    batch_report(batch, account, report);
    return true;
}

bool batch_end_rows(struct batch *batch, struct error *err)
{
    return flush(batch, 1, err) && db_copy_close(batch->db, NULL, err);
}

void batch_abort(struct batch *batch)
{
    db_rollback(batch->db);
}
