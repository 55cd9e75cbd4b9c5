/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/codes.h"

static bool add_codes(struct db *db, const char *statement, struct codelist *list,
                      struct error *err)
{
    struct db_rows *rows;
    if (!db_run(db, statement, NULL, 0, 1, &rows, NULL, err))
        return false;
    bool ok = true;
    for (int i = 0; ok && i < db_rows_count(rows); i++)
        ok = codelist_add(list, text_of(db_text(rows, i, 0)));
    db_rows_free(rows);
    codelist_sort(list);
    return ok || error_set(err, ERROR_LIMIT, statement, "at most %d codes of at most %d bytes",
                           CODELIST_CAP, CODELIST_CODE_SIZE - 1);
}

bool codes_fetch(struct db *db, struct codelist *regions, struct codelist *industries,
                 struct error *err)
{
    return add_codes(db, "load/regions.sql", regions, err) &&
           add_codes(db, "load/industries.sql", industries, err);
}
