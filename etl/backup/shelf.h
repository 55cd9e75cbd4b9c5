/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The folder in which backups lie:
 *
 *   heng-20260630T120000Z/           a backup, by the moment of its making; what has such a name
 * was read back whole and was right heng-20260630T120000Z.partial/   one being made or removed;
 * after a kill the next one takes it away .lock                            held by the process that
 * makes a backup
 *
 * Backups of several databases may lie in one folder: each counts and removes only its own.
 */
#ifndef HENG_ETL_BACKUP_SHELF_H
#define HENG_ETL_BACKUP_SHELF_H

#include "etl/backup/backup.h"

enum { SHELF_NAME_SIZE = 22, SHELF_ENTRIES_CAP = 10000 };

struct shelf {
    const char *folder;
    int lock; /* -1: not open */
};

/* Makes the folder if needed and takes the lock. Conflict: another process makes a backup there. */
ERROR_CHECKED bool shelf_open(struct shelf *shelf, const char *folder, struct error *err);
void shelf_close(struct shelf *shelf);

/* Copies the database, reads the copy back and only then gives it its name (into name,
 * SHELF_NAME_SIZE bytes). On failure nothing is left of it. made_at as for backup_take(). */
ERROR_CHECKED bool shelf_make(struct shelf *shelf, struct db *db, const char *made_at,
                              struct backup_watch *watch, struct arena *arena,
                              struct manifest *manifest, char *name, struct error *err);

/* Removes the oldest backups of this database beyond the newest `keep`; 0 keeps all. */
ERROR_CHECKED bool shelf_prune(struct shelf *shelf, const char *identity, int64_t keep, int *kept,
                               int *removed, struct error *err);

/* When the newest backup of this database was made, in seconds since 1970 UTC; 0: there is none.
 * Needs no lock. A folder that is not there has none. */
ERROR_CHECKED bool shelf_newest(const char *folder, const char *identity, int64_t *made_s,
                                struct error *err);

#endif
