/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Backups of the running service: as a job on request, and by the clock of backup.every_hours. */
#ifndef HENG_DAEMON_JOB_BACKUP_H
#define HENG_DAEMON_JOB_BACKUP_H

#include "daemon/job.h"
#include "etl/backup/backup.h"

struct job_backup_clock {
    char identity[BACKUP_IDENTITY_SIZE]; /* of the database; "" = not asked yet */
    int64_t looked_ms;                   /* 0: never */
    int64_t failed_ms;                   /* 0: the last one did not fail */
};

/* Between two jobs, in the thread of the runner, so never two at once. Looks once a minute how old
 * the newest backup is, for the metrics, and makes one when it is due; after a failure, which is
 * logged and counted, not before a quarter of an hour has passed. */
void job_backup_look(struct service *service, struct db *db, struct job_backup_clock *clock);

#endif
