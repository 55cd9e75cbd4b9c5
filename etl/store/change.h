/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * When served figures may have changed. Loads and published runs show by their own numbers; every
 * other transaction that changes alerts, draws, plans or accounts calls change_note() last, just
 * before its commit (the row stays locked until then). One short statement reads it all.
 */
#ifndef HENG_ETL_STORE_CHANGE_H
#define HENG_ETL_STORE_CHANGE_H

#include "etl/store/db.h"

enum { CHANGE_VERSION_SIZE = 96 };

struct change_state {
    char data_version[CHANGE_VERSION_SIZE]; /* batch.run.alerts.draws */
    int64_t accounts;                       /* changes of accounts and sessions */
};

/* subject is "alert", "draw" (plans too) or "account". */
ERROR_CHECKED bool change_note(struct db *db, const char *subject, struct error *err);

ERROR_CHECKED bool change_fetch(struct db *db, struct change_state *out, struct error *err);

#endif
