/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The audit chain in the database: who did what, when and why. An entry is appended inside the
 * transaction of the change that it tells of, as its last statement but the commit: appenders wait
 * for each other from here on.
 */
#ifndef HENG_ETL_STORE_AUDIT_STORE_H
#define HENG_ETL_STORE_AUDIT_STORE_H

#include "etl/store/audit_entry.h"
#include "etl/store/db.h"

enum { AUDIT_AT_SIZE = 21 };

struct audit_event {
    const char *at;     /* UTC, YYYY-MM-DDThh:mm:ssZ */
    const char *actor;  /* account name, "command" for the command line */
    const char *action; /* "session.open", "entity.view", "alert.close", "export" … */
    const char *subject;
    const char *detail; /* why, or with what; "" when there is nothing to say */
    const char *request_id;
};

/* Within the caller's transaction. */
ERROR_CHECKED bool audit_append(struct db *db, const struct audit_event *event, struct error *err);

/* The same in a transaction of its own, for reads that are audited. */
ERROR_CHECKED bool audit_append_alone(struct db *db, const struct audit_event *event,
                                      struct error *err);

ERROR_CHECKED bool audit_head(struct db *db, int64_t *sequence, unsigned char hash[DIGEST_SIZE],
                              struct error *err);

/* Reads the whole chain. check was initialised by the caller; on success check->sequence is the
 * number of entries. */
ERROR_CHECKED bool audit_verify(struct db *db, struct audit_check *check, struct error *err);
/* The same inside the caller's transaction. */
ERROR_CHECKED bool audit_verify_within(struct db *db, struct audit_check *check, struct error *err);

#endif
