/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/migrate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/store/catalog_store.h"
#include "etl/store/sql.h"
#include "models/core/digest.h"

static const char folder[] = "migrations/";

static bool is_migration(const struct sql_document *document)
{
    return strncmp(document->name, folder, sizeof folder - 1) == 0;
}

static int version_of(const struct sql_document *document)
{
    return (int)strtol(document->name + sizeof folder - 1, NULL, 10);
}

static void hash_of(const struct sql_document *document, char hex[DIGEST_HEX_SIZE])
{
    unsigned char hash[DIGEST_SIZE];
    digest_of(DIGEST_SHA256, document->text, document->size, hash);
    text_hex(hash, DIGEST_SIZE, hex);
}

static int latest_version(void)
{
    int latest = 0;
    for (const struct sql_document *document = sql_all(); document->name; document++) {
        if (is_migration(document) && version_of(document) > latest)
            latest = version_of(document);
    }
    return latest;
}

/* Is the migration among the applied ones, unchanged? */
static bool find_applied(const struct db_rows *rows, const struct sql_document *document,
                         bool *applied, struct error *err)
{
    char hex[DIGEST_HEX_SIZE];
    hash_of(document, hex);
    *applied = false;
    for (int i = 0; i < db_rows_count(rows); i++) {
        if (db_integer(rows, i, 0) != version_of(document))
            continue;
        if (strcmp(db_text(rows, i, 2), hex) != 0)
            return error_set(err, ERROR_CONFLICT, document->name,
                             "was applied with SHA-256 %.16s… and is %.16s… in this program",
                             db_text(rows, i, 2), hex);
        *applied = true;
    }
    return true;
}

static bool apply(struct db *db, const struct sql_document *document, const char *now,
                  struct error *err)
{
    char hex[DIGEST_HEX_SIZE];
    char version[16];
    int64_t counts[1];
    hash_of(document, hex);
    snprintf(version, sizeof version, "%d", version_of(document));
    const char *parameters[] = {version, document->name + sizeof folder - 1, hex, now};
    return db_script(db, document->name, counts, 0, NULL, err) &&
           db_run(db, "migrate/record.sql", parameters, 4, 0, NULL, NULL, err);
}

static bool apply_missing(struct db *db, const struct db_rows *rows, const char *now, int *applied,
                          struct error *err)
{
    for (const struct sql_document *document = sql_all(); document->name; document++) {
        bool done;
        if (!is_migration(document))
            continue;
        if (!find_applied(rows, document, &done, err))
            return false;
        if (done)
            continue;
        if (!apply(db, document, now, err))
            return false;
        ++*applied;
    }
    return true;
}

static bool refuse_newer(const struct db_rows *rows, struct error *err)
{
    int count = db_rows_count(rows);
    int64_t newest = count > 0 ? db_integer(rows, count - 1, 0) : 0;
    return newest <= latest_version() ||
           error_set(err, ERROR_CONFLICT, "schema",
                     "the database has version %lld, this program knows %d: use a newer program",
                     (long long)newest, latest_version());
}

static bool migrate_locked(struct db *db, const char *now, int *applied, struct error *err)
{
    struct db_rows *rows;
    if (!db_run(db, "migrate/lock.sql", NULL, 0, 0, NULL, NULL, err) ||
        !db_run(db, "migrate/applied.sql", NULL, 0, 3, &rows, NULL, err))
        return false;
    bool ok = refuse_newer(rows, err) && apply_missing(db, rows, now, applied, err);
    db_rows_free(rows);
    return ok && catalog_store_all(db, err);
}

bool migrate_run(struct db *db, const char *now, int *applied, struct error *err)
{
    *applied = 0;
    if (!db_run(db, "migrate/bootstrap.sql", NULL, 0, 0, NULL, NULL, err) || !db_begin(db, err))
        return false;
    if (migrate_locked(db, now, applied, err) && db_commit(db, err))
        return true;
    db_rollback(db);
    *applied = 0;
    return false;
}

/* The migration of this program that the step was; NULL with an error when it has no such. */
static const struct sql_document *document_of(const struct migrate_step *step, struct error *err)
{
    char hex[DIGEST_HEX_SIZE];
    for (const struct sql_document *document = sql_all(); document->name; document++) {
        if (!is_migration(document) || version_of(document) != step->version)
            continue;
        hash_of(document, hex);
        if (strcmp(hex, step->sha256) == 0)
            return document;
        error_set(err, ERROR_CONFLICT, document->name,
                  "the backup has it with SHA-256 %.16s…, this program with %.16s…", step->sha256,
                  hex);
        return NULL;
    }
    error_set(err, ERROR_CONFLICT, "schema",
              "the backup has migration %d (%s), this program knows none of that number, and %d is "
              "its newest: use a newer program",
              step->version, step->name, latest_version());
    return NULL;
}

bool migrate_rebuild(struct db *db, const struct migrate_step *steps, int count, const char *now,
                     struct error *err)
{
    if (!db_run(db, "migrate/bootstrap.sql", NULL, 0, 0, NULL, NULL, err))
        return false;
    for (int i = 0; i < count; i++) {
        const struct sql_document *document = document_of(&steps[i], err);
        if (!document || !apply(db, document, now, err))
            return false;
    }
    return true;
}

bool migrate_complete(struct db *db, const char *now, int *applied, struct error *err)
{
    *applied = 0;
    return migrate_locked(db, now, applied, err);
}

bool migrate_fetch(struct db *db, struct migrate_state *state, struct error *err)
{
    struct db_rows *rows;
    *state = (struct migrate_state){.latest = latest_version()};
    if (!db_run(db, "migrate/exists.sql", NULL, 0, 1, &rows, NULL, err))
        return false;
    bool exists = db_bool(rows, 0, 0);
    db_rows_free(rows);
    if (!exists)
        return true;
    if (!db_run(db, "migrate/applied.sql", NULL, 0, 3, &rows, NULL, err))
        return false;
    if (db_rows_count(rows) > 0)
        state->current = (int)db_integer(rows, db_rows_count(rows) - 1, 0);
    db_rows_free(rows);
    return true;
}

bool migrate_require(struct db *db, struct error *err)
{
    struct migrate_state state;
    if (!migrate_fetch(db, &state, err))
        return false;
    return state.current == state.latest ||
           error_set(err, ERROR_SCHEMA, "schema",
                     "the database has version %d, this program needs %d: run heng migrate",
                     state.current, state.latest);
}
