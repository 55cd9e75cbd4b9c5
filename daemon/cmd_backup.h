/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `heng backup rehearse`, a file of its own, and what it shares with `heng restore`. */
#ifndef HENG_DAEMON_CMD_BACKUP_H
#define HENG_DAEMON_CMD_BACKUP_H

#include "daemon/invocation.h"
#include "etl/backup/backup.h"

/* work: where the throw-away cluster is made. */
ERROR_CHECKED bool cmd_backup_rehearse(struct invocation *inv, const char *folder, const char *work,
                                       struct error *err);

/* said: what was done, in the past tense, in the two languages. */
ERROR_CHECKED bool cmd_backup_print(struct invocation *inv, const struct backup_restored *restored,
                                    const char *said_zh, const char *said_en, struct error *err);

#endif
