/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Backups of the database: made, checked, restored. What a backup consists of says manifest.h,
 * where backups lie says shelf.h.
 *
 * Every table is copied by COPY in one repeatable-read snapshot, and no pg_dump is asked: the
 * schema is made by the migrations that this program carries, so a dump would only add a second
 * program whose version must fit the server's; the bytes that are written are those that are summed
 * up; a backup can be restored into a later PostgreSQL; and by hand, with zcat and psql.
 *
 * A backup blocks no reader and no load. It holds the two score tables, which a run empties, only
 * while it copies them, first of all; a run that begins meanwhile waits for that. A migration waits
 * for the whole backup. On Citus a snapshot is per node: let no load run there meanwhile.
 *
 * A backup holds what the database holds: secrets of draws that are not revealed yet, hashes of
 * passwords. Its files can be read by their owner only.
 */
#ifndef HENG_ETL_BACKUP_BACKUP_H
#define HENG_ETL_BACKUP_BACKUP_H

#include "etl/backup/manifest.h"
#include "etl/store/db.h"

enum backup_phase { BACKUP_COPYING, BACKUP_CHECKING, BACKUP_FILLING, BACKUP_COMPARING };

/* Called now and then, with rows done of about `all` (0: not known); false stops the work. */
typedef bool backup_progress(void *context, enum backup_phase phase, const char *table,
                             int64_t rows, int64_t all, struct error *err);

struct backup_watch {
    backup_progress *progress; /* may be NULL */
    void *context;
    enum backup_phase phase;
    const char *table;
    int64_t rows;
    int64_t all;
};

/* Begins a phase, then a table of it; rows were done. */
void backup_watch_phase(struct backup_watch *watch, enum backup_phase phase, int64_t all);
ERROR_CHECKED bool backup_watch_table(struct backup_watch *watch, const char *table,
                                      struct error *err);
ERROR_CHECKED bool backup_watch_row(struct backup_watch *watch, struct error *err);
ERROR_CHECKED bool backup_watch_rows(struct backup_watch *watch, int64_t rows, struct error *err);

/* Copies the database, which must have this program's schema, into a folder that is there and
 * empty. made_at: UTC, YYYY-MM-DDThh:mm:ssZ. */
ERROR_CHECKED bool backup_take(struct db *db, const char *folder, const char *made_at,
                               struct backup_watch *watch, struct arena *arena,
                               struct manifest *out, struct error *err);

/* Reads the whole backup and compares it with its checksums. Kind check: it is broken, or not
 * whole. */
ERROR_CHECKED bool backup_check(const char *folder, struct backup_watch *watch, struct arena *arena,
                                struct manifest *out, struct error *err);

/* Which database this is, as the manifests of its backups say. */
enum { BACKUP_IDENTITY_SIZE = 128 };
ERROR_CHECKED bool backup_identity(struct db *db, char *out, struct error *err);

struct backup_wish {
    const char *folder;
    const char *actor;   /* for the audit chain */
    const char *now_utc; /* YYYY-MM-DDThh:mm:ssZ */
    const char *way_out; /* what to do about a database that is not empty */
    bool broken_chain;   /* restore a chain that was broken when the backup was made */
};

struct backup_restored {
    int version;  /* of the schema in the backup */
    int migrated; /* migrations applied on top of it */
    int64_t rows;
    int64_t entries;               /* of the audit chain */
    int64_t steps;                 /* of alerts */
    char flaw[ERROR_MESSAGE_SIZE]; /* of a chain, with broken_chain; "" = both are valid */
};

/* Makes the register of the backup in an empty database, in one transaction: cut off anywhere, the
 * database is empty as before. Done means: every table has the rows and the checksum that the
 * backup had, the schema is this program's, the chains of audit and alerts are valid, nobody is
 * logged in, and the audit chain tells of the restore.
 * Conflict: the database is not empty, or the schema is newer than this program's. Check, invalid:
 * the backup, or a chain in it, is broken. */
ERROR_CHECKED bool backup_restore(struct db *db, const struct backup_wish *wish,
                                  struct backup_watch *watch, struct arena *arena,
                                  struct backup_restored *out, struct error *err);

#endif
