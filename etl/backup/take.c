/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "etl/backup/backup.h"
#include "etl/backup/pack.h"
#include "etl/backup/tally.h"
#include "etl/store/audit_store.h"
#include "etl/store/db_table.h"
#include "etl/store/sql.h"

enum { HEAD_SIZE = 24 + DIGEST_HEX_SIZE };

struct take {
    struct db *db;
    const char *folder;
    struct backup_watch *watch;
    struct arena *arena;
    struct manifest *manifest;
    struct tally tally;
    struct pack *pack; /* of the table being copied */
};

/* A scoring run empties one of them: held as briefly as possible. */
static bool is_score(const char *table)
{
    return strcmp(table, "score_one") == 0 || strcmp(table, "score_two") == 0;
}

static const char *copy_text(struct take *take, const char *text)
{
    return arena_copy(take->arena, text, strlen(text));
}

/* The names of the catalogue of tables, behind its head. */
static bool list_tables(struct take *take, struct error *err)
{
    struct manifest *manifest = take->manifest;
    const char *line = strchr(sql_text("tables.csv"), '\n');
    manifest->tables = arena_array(take->arena, MANIFEST_TABLES_CAP, sizeof *manifest->tables);
    if (!manifest->tables)
        return arena_error(take->arena, err);
    for (; line && line[1]; line = strchr(line + 1, '\n')) {
        if (manifest->table_count == MANIFEST_TABLES_CAP)
            return error_set(err, ERROR_LIMIT, "tables.csv", "at most %d tables, found more",
                             MANIFEST_TABLES_CAP);
        const char *name = arena_copy(take->arena, line + 1, strcspn(line + 1, ","));
        if (!name)
            return arena_error(take->arena, err);
        manifest->tables[manifest->table_count++].name = name;
    }
    return true;
}

static bool lock_tables(struct take *take, bool scores, struct error *err)
{
    for (int i = 0; i < take->manifest->table_count; i++) {
        const char *table = take->manifest->tables[i].name;
        if (is_score(table) == scores && !db_table_run(take->db, "backup/lock.sql", table, err))
            return false;
    }
    return true;
}

/* The locks come before the snapshot, so that it sees no table half emptied or changed. */
static bool open_snapshot(struct take *take, struct error *err)
{
    return db_begin_snapshot(take->db, err) &&
           db_script(take->db, "backup/format.sql", NULL, 0, NULL, err) &&
           lock_tables(take, false, err) &&
           db_run(take->db, "backup/savepoint.sql", NULL, 0, 0, NULL, NULL, err) &&
           lock_tables(take, true, err);
}

static bool read_origin(struct take *take, struct error *err)
{
    struct manifest *manifest = take->manifest;
    struct db_rows *rows = NULL;
    if (!db_run(take->db, "backup/origin.sql", NULL, 0, 4, &rows, NULL, err))
        return false;
    manifest->server = copy_text(take, db_text(rows, 0, 0));
    manifest->database = copy_text(take, db_text(rows, 0, 1));
    manifest->identity = copy_text(take, db_text(rows, 0, 2));
    manifest->database_bytes = db_integer(rows, 0, 3);
    db_rows_free(rows);
    return (manifest->server && manifest->database && manifest->identity) ||
           arena_error(take->arena, err);
}

bool backup_identity(struct db *db, char *out, struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(db, "backup/origin.sql", NULL, 0, 4, &rows, NULL, err))
        return false;
    snprintf(out, BACKUP_IDENTITY_SIZE, "%s", db_text(rows, 0, 2));
    db_rows_free(rows);
    return true;
}

static bool read_size(struct take *take, struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(take->db, "backup/size.sql", NULL, 0, 1, &rows, NULL, err))
        return false;
    backup_watch_phase(take->watch, BACKUP_COPYING, db_integer(rows, 0, 0));
    db_rows_free(rows);
    return true;
}

static bool read_migrations(struct take *take, struct error *err)
{
    struct manifest *manifest = take->manifest;
    struct db_rows *rows = NULL;
    if (!db_run(take->db, "migrate/applied.sql", NULL, 0, 3, &rows, NULL, err))
        return false;
    int count = db_rows_count(rows);
    manifest->migrations = arena_array(take->arena, (size_t)count, sizeof *manifest->migrations);
    bool good = manifest->migrations != NULL;
    for (int i = 0; good && i < count; i++) {
        struct migrate_step *step = &manifest->migrations[i];
        step->version = (int)db_integer(rows, i, 0);
        step->name = copy_text(take, db_text(rows, i, 1));
        step->sha256 = copy_text(take, db_text(rows, i, 2));
        good = step->name && step->sha256;
    }
    manifest->migration_count = count;
    db_rows_free(rows);
    return good || arena_error(take->arena, err);
}

static bool read_sequences(struct take *take, struct error *err)
{
    struct manifest *manifest = take->manifest;
    struct db_rows *rows = NULL;
    if (!db_run(take->db, "backup/sequences.sql", NULL, 0, 2, &rows, NULL, err))
        return false;
    int count = db_rows_count(rows);
    manifest->sequences = arena_array(take->arena, (size_t)count + 1, sizeof *manifest->sequences);
    bool good = manifest->sequences != NULL;
    for (int i = 0; good && i < count; i++) {
        manifest->sequences[i].name = copy_text(take, db_text(rows, i, 0));
        manifest->sequences[i].last = db_integer(rows, i, 1);
        good = manifest->sequences[i].name != NULL;
    }
    manifest->sequence_count = count;
    db_rows_free(rows);
    if (!good)
        return arena_error(take->arena, err);
    return count <= MANIFEST_SEQUENCES_CAP ||
           error_set(err, ERROR_LIMIT, "sequences", "at most %d sequences, found %d",
                     MANIFEST_SEQUENCES_CAP, count);
}

static bool read_head(struct take *take, struct error *err)
{
    int64_t sequence = 0;
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE];
    char head[HEAD_SIZE];
    if (!audit_head(take->db, &sequence, hash, err))
        return false;
    text_hex(hash, DIGEST_SIZE, hex);
    snprintf(head, sizeof head, "%" PRId64 ":%s", sequence, hex);
    take->manifest->audit_head = copy_text(take, head);
    return take->manifest->audit_head || arena_error(take->arena, err);
}

static bool copy_line(void *context, const char *line, size_t size, struct error *err)
{
    struct take *take = context;
    tally_add(&take->tally, line, size);
    return pack_put(take->pack, line, size, err) && backup_watch_row(take->watch, err);
}

static bool copy_table(struct take *take, struct manifest_table *table, struct error *err)
{
    char path[PLACE_PATH_SIZE];
    tally_start(&take->tally);
    if (!manifest_path(take->folder, table, path, err) ||
        !backup_watch_table(take->watch, table->name, err) || !pack_open(path, &take->pack, err))
        return false;
    bool good = db_table_read(take->db, "backup/copy_out.sql", table->name, copy_line, take, err) &&
                pack_finish(take->pack, table->sha256, err);
    pack_close(take->pack);
    table->rows = tally_rows(&take->tally);
    table->bytes = take->tally.bytes;
    memcpy(table->checksum, take->tally.sum, DIGEST_SIZE);
    return good;
}

static bool copy_tables(struct take *take, bool scores, struct error *err)
{
    for (int i = 0; i < take->manifest->table_count; i++) {
        struct manifest_table *table = &take->manifest->tables[i];
        if (is_score(table->name) == scores && !copy_table(take, table, err))
            return false;
    }
    return true;
}

static bool copy_database(struct take *take, struct error *err)
{
    return open_snapshot(take, err) && read_origin(take, err) && read_size(take, err) &&
           copy_tables(take, true, err) &&
           db_run(take->db, "backup/unlock.sql", NULL, 0, 0, NULL, NULL, err) &&
           copy_tables(take, false, err) && read_migrations(take, err) &&
           read_sequences(take, err) && read_head(take, err);
}

bool backup_take(struct db *db, const char *folder, const char *made_at, struct backup_watch *watch,
                 struct arena *arena, struct manifest *out, struct error *err)
{
    struct take take = {
        .db = db, .folder = folder, .watch = watch, .arena = arena, .manifest = out};
    *out = (struct manifest){.program = HENG_VERSION, .made_at = made_at};
    if (!tally_init(&take.tally, err))
        return false;
    bool good = list_tables(&take, err) && copy_database(&take, err);
    db_rollback(db); /* it was read only */
    tally_reset(&take.tally);
    return good && manifest_store(out, folder, err) && place_sync(folder, err);
}
