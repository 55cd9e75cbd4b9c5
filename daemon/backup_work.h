/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command, the job and the schedule share when they make a backup. */
#ifndef HENG_DAEMON_BACKUP_WORK_H
#define HENG_DAEMON_BACKUP_WORK_H

#include "daemon/progress.h"
#include "daemon/settings.h"
#include "etl/backup/shelf.h"

enum { BACKUP_WORK_ARENA = 64 * 1024 * 1024 };

/* backup.folder, else backup/ below the home of the embedded database, whose data directory is
 * <home>/pg/<major>; into out (PLACE_PATH_SIZE bytes). "" when there is neither. */
void backup_work_folder(const struct settings *settings, const char *data_dir, char *out);

struct backup_order {
    const char *folder; /* "" is an error that names the setting */
    const char *actor;  /* for the audit chain */
    int64_t keep;       /* of this database's backups there; 0: all */
};

struct backup_made {
    char name[SHELF_NAME_SIZE];
    struct manifest manifest; /* in the arena */
    int kept;
    int removed;
};

/* Makes and verifies a backup, tells the audit chain, then removes what is beyond `keep`. */
ERROR_CHECKED bool backup_work_make(struct db *db, const struct backup_order *order,
                                    struct backup_watch *watch, struct arena *arena,
                                    struct backup_made *out, struct error *err);

/* A backup_progress for a command: a line on the terminal, and an end on request. */
struct backup_teller {
    struct progress *progress;
    int phase; /* -1: none yet */
};
bool backup_work_tell(void *context, enum backup_phase phase, const char *table, int64_t rows,
                      int64_t all, struct error *err);

#endif
