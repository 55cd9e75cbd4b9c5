/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/change.h"

#include <stdio.h>

bool change_note(struct db *db, const char *subject, struct error *err)
{
    int64_t changed = 0;
    if (!db_run(db, "change/note.sql", &subject, 1, 0, NULL, &changed, err))
        return false;
    return changed == 1 ||
           error_set(err, ERROR_INTERNAL, subject, "change_count has no such subject");
}

bool change_fetch(struct db *db, struct change_state *out, struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(db, "change/version.sql", NULL, 0, 2, &rows, NULL, err))
        return false;
    bool good = db_rows_count(rows) == 1;
    if (good) {
        snprintf(out->data_version, sizeof out->data_version, "%s", db_text(rows, 0, 0));
        out->accounts = db_integer(rows, 0, 1);
    } else {
        error_set(err, ERROR_INTERNAL, "change/version.sql", "expected 1 row, found %d",
                  db_rows_count(rows));
    }
    db_rows_free(rows);
    return good;
}
