/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The folder of one backup:
 *
 *   <table>.copy.gz   every row as COPY writes it, behind a line with the names of the columns
 *   manifest.json     where it comes from, and the rows, bytes and checksum (tally.h) of each table
 *   SHA256SUMS        of all of these, as `sha256sum -c` reads it; a byte changed anywhere in the
 *                     folder, this file included, is found
 *
 * manifest.json:
 *
 *   {"backup": "heng-backup-1", "program": "0.1.0", "made_at": "2026-06-30T12:00:00Z",
 *    "server": "15.14", "database": "heng", "identity": "…/heng", "database_bytes": 1,
 *    "audit_head": "12:…", "migrations": [{"version": 1, "name": "…", "sha256": "…"}],
 *    "sequences": [{"name": "…", "last": 7}],
 *    "tables": [{"name": "region", "rows": 1, "bytes": 1, "checksum": "…"}]}
 *
 * Tables stand in an order in which they can be filled: those that others refer to come first.
 */
#ifndef HENG_ETL_BACKUP_MANIFEST_H
#define HENG_ETL_BACKUP_MANIFEST_H

#include "etl/backup/place.h"
#include "etl/store/migrate.h"
#include "models/core/arena.h"
#include "models/core/digest.h"

#define MANIFEST_FILE "manifest.json"
#define MANIFEST_SUMS "SHA256SUMS"

enum {
    MANIFEST_TABLES_CAP = 512,
    MANIFEST_SEQUENCES_CAP = 1024,
    MANIFEST_MIGRATIONS_CAP = 9999,
    MANIFEST_NAME_SIZE = 64, /* of an identifier of PostgreSQL */
    MANIFEST_BYTES_CAP = 4 * 1024 * 1024
};

struct manifest_table {
    const char *name;
    int64_t rows;
    int64_t bytes; /* of the text, not compressed */
    unsigned char checksum[DIGEST_SIZE];
    unsigned char sha256[DIGEST_SIZE]; /* of its file; not in the document */
};

struct manifest_sequence {
    const char *name;
    int64_t last;
};

struct manifest {
    const char *program;
    const char *made_at; /* UTC, YYYY-MM-DDThh:mm:ssZ */
    const char *server;
    const char *database;
    const char *identity;
    const char *audit_head; /* SEQUENCE:HASH */
    int64_t database_bytes;
    struct migrate_step *migrations;
    int migration_count;
    struct manifest_sequence *sequences;
    int sequence_count;
    struct manifest_table *tables;
    int table_count;
};

/* Rows of all tables. */
int64_t manifest_rows(const struct manifest *manifest);
int64_t manifest_bytes(const struct manifest *manifest);

/* The newest migration. */
int manifest_version(const struct manifest *manifest);

/* "<table>.copy.gz" below the folder, into out (PLACE_PATH_SIZE bytes). */
ERROR_CHECKED bool manifest_path(const char *folder, const struct manifest_table *table, char *out,
                                 struct error *err);

/* Writes manifest.json and SHA256SUMS. */
ERROR_CHECKED bool manifest_store(const struct manifest *manifest, const char *folder,
                                  struct error *err);

/* Reads manifest.json, into the arena, and demands that SHA256SUMS names its bytes. Kind check: the
 * folder is no whole backup. */
ERROR_CHECKED bool manifest_fetch(const char *folder, struct arena *arena, struct manifest *out,
                                  struct error *err);

/* Demands that SHA256SUMS, byte for byte, is what the sha256 of each table and manifest.json give.
 */
ERROR_CHECKED bool manifest_compare(const struct manifest *manifest, const char *folder,
                                    struct error *err);

#endif
