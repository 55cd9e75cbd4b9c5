/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The schema: numbered, append-only migrations, recorded with their hashes, then the code lists
 * shipped with the program; all that is missing is applied in one transaction or not at all. A
 * migration that was applied and has changed since, or a database newer than this program, is
 * refused.
 */
#ifndef HENG_ETL_STORE_MIGRATE_H
#define HENG_ETL_STORE_MIGRATE_H

#include "etl/store/db.h"

struct migrate_state {
    int current; /* version of the database, 0 = never migrated */
    int latest;  /* version of this program */
};

/* now: the moment, as PostgreSQL reads it. *applied gets the number of migrations applied. */
ERROR_CHECKED bool migrate_run(struct db *db, const char *now, int *applied, struct error *err);

/* A migration as it was applied somewhere. */
struct migrate_step {
    int version;
    const char *name;
    const char *sha256;
};

/* For a restore, both inside the caller's transaction. rebuild makes an empty database have exactly
 * these migrations (conflict: this program does not have one of them, unchanged); complete applies
 * what is missing, as migrate_run() does. */
ERROR_CHECKED bool migrate_rebuild(struct db *db, const struct migrate_step *steps, int count,
                                   const char *now, struct error *err);
ERROR_CHECKED bool migrate_complete(struct db *db, const char *now, int *applied,
                                    struct error *err);

ERROR_CHECKED bool migrate_fetch(struct db *db, struct migrate_state *state, struct error *err);

/* ERROR_SCHEMA naming the command to run, unless the database has this program's schema. */
ERROR_CHECKED bool migrate_require(struct db *db, struct error *err);

#endif
