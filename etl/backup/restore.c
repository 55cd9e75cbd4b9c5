/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "etl/backup/backup.h"
#include "etl/backup/tally.h"
#include "etl/backup/unpack.h"
#include "etl/store/alert_store.h"
#include "etl/store/audit_store.h"
#include "etl/store/db_table.h"

enum { NUMBER_SIZE = 24, SHOWN = 5 /* by backup/found.sql */ };

struct restore {
    struct db *db;
    const struct backup_wish *wish;
    struct backup_watch *watch;
    struct manifest manifest;
    struct tally tally;
    bool put_failed; /* then the COPY is over already */
};

static bool refuse_full(struct db *db, const char *way_out, struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(db, "backup/found.sql", NULL, 0, 2, &rows, NULL, err))
        return false;
    int64_t things = db_integer(rows, 0, 0);
    if (things > 0)
        error_set(err, ERROR_CONFLICT, "database",
                  "a restore needs an empty database, found %" PRId64 " things in it: %s%s; %s",
                  things, db_text(rows, 0, 1), things > SHOWN ? " …" : "", way_out);
    db_rows_free(rows);
    return things == 0;
}

static bool has_table(const struct manifest *manifest, const char *name)
{
    for (int i = 0; i < manifest->table_count; i++) {
        if (strcmp(manifest->tables[i].name, name) == 0)
            return true;
    }
    return false;
}

/* The tables of the schema and of the backup are the same. */
static bool compare_tables(struct restore *restore, struct error *err)
{
    const struct manifest *manifest = &restore->manifest;
    struct db_rows *rows = NULL;
    if (!db_run(restore->db, "backup/tables.sql", NULL, 0, 1, &rows, NULL, err))
        return false;
    int count = db_rows_count(rows);
    bool good = count == manifest->table_count ||
                error_set(err, ERROR_CHECK, MANIFEST_FILE,
                          "the schema has %d tables, the backup %d", count, manifest->table_count);
    for (int i = 0; good && i < count; i++) {
        if (!has_table(manifest, db_text(rows, i, 0)))
            good = error_set(err, ERROR_CHECK, MANIFEST_FILE, "the backup has no table %s",
                             db_text(rows, i, 0));
    }
    db_rows_free(rows);
    return good;
}

/* What the migrations put in comes from the backup too. */
static bool empty_tables(struct restore *restore, struct error *err)
{
    for (int i = 0; i < restore->manifest.table_count; i++) {
        if (!db_table_run(restore->db, "backup/empty.sql", restore->manifest.tables[i].name, err))
            return false;
    }
    return true;
}

static bool make_schema(struct restore *restore, struct error *err)
{
    const struct manifest *manifest = &restore->manifest;
    return migrate_rebuild(restore->db, manifest->migrations, manifest->migration_count,
                           restore->wish->now_utc, err) &&
           compare_tables(restore, err) && empty_tables(restore, err);
}

static int64_t count_lines(const char *bytes, size_t size)
{
    int64_t lines = 0;
    for (const char *end = bytes + size;
         (bytes = memchr(bytes, '\n', (size_t)(end - bytes))) != NULL; bytes++)
        lines++;
    return lines;
}

static bool put_part(void *context, const char *bytes, size_t size, struct error *err)
{
    struct restore *restore = context;
    restore->put_failed = !db_copy_put(restore->db, bytes, size, err);
    return !restore->put_failed && backup_watch_rows(restore->watch, count_lines(bytes, size), err);
}

static bool fill_table(struct restore *restore, const struct manifest_table *table,
                       struct error *err)
{
    char path[PLACE_PATH_SIZE];
    unsigned char sha256[DIGEST_SIZE];
    int64_t rows = 0;
    restore->put_failed = false;
    if (!manifest_path(restore->wish->folder, table, path, err) ||
        !backup_watch_table(restore->watch, table->name, err) ||
        !db_table_write(restore->db, "backup/copy_in.sql", table->name, err))
        return false;
    if (!unpack_file(path, put_part, restore, sha256, err)) {
        if (!restore->put_failed)
            db_copy_abort(restore->db);
        return false;
    }
    return db_copy_close(restore->db, &rows, err) &&
           ((rows == table->rows && memcmp(sha256, table->sha256, DIGEST_SIZE) == 0) ||
            error_set(err, ERROR_CHECK, path, "the file has changed since it was checked"));
}

static bool fill_tables(struct restore *restore, struct error *err)
{
    backup_watch_phase(restore->watch, BACKUP_FILLING, manifest_rows(&restore->manifest));
    for (int i = 0; i < restore->manifest.table_count; i++) {
        if (!fill_table(restore, &restore->manifest.tables[i], err))
            return false;
    }
    return true;
}

static bool set_sequences(struct restore *restore, struct error *err)
{
    char last[NUMBER_SIZE];
    for (int i = 0; i < restore->manifest.sequence_count; i++) {
        const struct manifest_sequence *sequence = &restore->manifest.sequences[i];
        snprintf(last, sizeof last, "%" PRId64, sequence->last);
        const char *parameters[] = {sequence->name, last};
        if (!db_run(restore->db, "backup/sequence_set.sql", parameters, 2, 1, NULL, NULL, err))
            return false;
    }
    return true;
}

static bool sum_line(void *context, const char *line, size_t size, struct error *err)
{
    struct restore *restore = context;
    tally_add(&restore->tally, line, size);
    return backup_watch_row(restore->watch, err);
}

/* What the database now holds, read back, against what it held when the backup was made. */
static bool compare_table(struct restore *restore, const struct manifest_table *table,
                          struct error *err)
{
    const struct tally *tally = &restore->tally;
    tally_start(&restore->tally);
    if (!backup_watch_table(restore->watch, table->name, err) ||
        !db_table_read(restore->db, "backup/copy_out.sql", table->name, sum_line, restore, err))
        return false;
    if (tally_rows(tally) != table->rows)
        return error_set(err, ERROR_CHECK, table->name,
                         "the backup has %" PRId64 " rows, found %" PRId64 " restored", table->rows,
                         tally_rows(tally));
    return memcmp(tally->sum, table->checksum, DIGEST_SIZE) == 0 ||
           error_set(err, ERROR_CHECK, table->name,
                     "the checksum of the %" PRId64 " restored rows is not that of the backup",
                     table->rows);
}

static bool compare_all(struct restore *restore, struct error *err)
{
    backup_watch_phase(restore->watch, BACKUP_COMPARING, manifest_rows(&restore->manifest));
    for (int i = 0; i < restore->manifest.table_count; i++) {
        if (!compare_table(restore, &restore->manifest.tables[i], err))
            return false;
    }
    return true;
}

/* Both chains, by the rules of this program, on its schema. */
static bool verify_chains(struct restore *restore, struct backup_restored *out, struct error *err)
{
    struct audit_check check;
    struct alert_verdict verdict;
    audit_check_init(&check);
    if (!audit_verify_within(restore->db, &check, err))
        return false;
    out->entries = check.sequence;
    if (!alert_store_verify_within(restore->db, &verdict, err))
        return false;
    out->steps = verdict.transitions;
    return verdict.valid ||
           error_set(err, ERROR_INVALID, "alert", "step %" PRId64 ", alert %" PRId64 ": %s",
                     verdict.transition_id, verdict.alert_id, verdict.flaw);
}

/* A chain that was broken already must not keep a user from the only copy of a register, but that
 * has to be said. */
static bool judge_chains(struct restore *restore, struct backup_restored *out, struct error *err)
{
    struct error flaw = {.kind = ERROR_NONE};
    if (verify_chains(restore, out, &flaw))
        return true;
    if (flaw.kind == ERROR_INVALID && restore->wish->broken_chain) {
        snprintf(out->flaw, sizeof out->flaw, "%.200s: %.500s", flaw.subject, flaw.message);
        return true;
    }
    if (flaw.kind != ERROR_INVALID) {
        *err = flaw;
        return false;
    }
    return error_set(err, ERROR_INVALID, flaw.subject,
                     "%.600s; it was so when the backup was made: --broken-chain restores it all "
                     "the same",
                     flaw.message);
}

static bool record(struct restore *restore, struct error *err)
{
    const char *name = strrchr(restore->wish->folder, '/');
    const struct audit_event event = {.at = restore->wish->now_utc,
                                      .actor = restore->wish->actor,
                                      .action = "backup.restore",
                                      .subject = name && name[1] ? name + 1 : restore->wish->folder,
                                      .detail = restore->manifest.made_at,
                                      .request_id = ""};
    return audit_append(restore->db, &event, err);
}

static bool restore_all(struct restore *restore, struct backup_restored *out, struct error *err)
{
    out->version = manifest_version(&restore->manifest);
    out->rows = manifest_rows(&restore->manifest);
    return db_begin(restore->db, err) &&
           db_script(restore->db, "backup/format.sql", NULL, 0, NULL, err) &&
           refuse_full(restore->db, restore->wish->way_out, err) && make_schema(restore, err) &&
           fill_tables(restore, err) && set_sequences(restore, err) && compare_all(restore, err) &&
           migrate_complete(restore->db, restore->wish->now_utc, &out->migrated, err) &&
           judge_chains(restore, out, err) &&
           db_run(restore->db, "backup/close_sessions.sql", NULL, 0, 0, NULL, NULL, err) &&
           record(restore, err) &&
           db_run(restore->db, "backup/analyze.sql", NULL, 0, 0, NULL, NULL, err) &&
           db_commit(restore->db, err);
}

bool backup_restore(struct db *db, const struct backup_wish *wish, struct backup_watch *watch,
                    struct arena *arena, struct backup_restored *out, struct error *err)
{
    struct restore restore = {.db = db, .wish = wish, .watch = watch};
    *out = (struct backup_restored){.version = 0};
    if (!refuse_full(db, wish->way_out, err) ||
        !backup_check(wish->folder, watch, arena, &restore.manifest, err) ||
        !tally_init(&restore.tally, err))
        return false;
    bool good = restore_all(&restore, out, err);
    if (!good)
        db_rollback(db);
    tally_reset(&restore.tally);
    return good;
}
