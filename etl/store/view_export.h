/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A list as a CSV file, in parts: a cover (what, filter, scope, as of, versions, who, when), a
 * blank row, the titles, the rows, a last row with their number and whether they are all.
 *
 * All rows of a file are of one data version. Parts are read one by one, each from its own snapshot
 * in which the version is checked, and nothing is held in between: a transaction held open while a
 * client reads would take one of the few sessions away, and would make a scoring run, and behind it
 * every reader, wait for a lock. When the version has changed the file ends with a last row that
 * says so; its rows are right, but not all. Up to VIEW_EXPORT_ROWS rows are one part and always
 * whole. Who counts the rows, or reads the last one, cannot take a part for the whole.
 */
#ifndef HENG_ETL_STORE_VIEW_EXPORT_H
#define HENG_ETL_STORE_VIEW_EXPORT_H

#include "etl/store/change.h"
#include "etl/store/csv_write.h"
#include "etl/store/view_cursor.h"
#include "etl/store/view_list.h"

enum { VIEW_EXPORT_ROWS = 5000 };

struct view_export {
    struct view_query query; /* list, value, context: the caller's */
    const char *filter;      /* as given, for the cover */
    const char *user;
    const char *now;
    bool chinese;
    bool codes; /* see struct view_csv */

    /* The rest starts as zeros. */
    struct csv_write out; /* the part; valid until the next */
    char cursor[VIEW_CURSOR_BYTES_CAP];
    char data_version[CHANGE_VERSION_SIZE];
    int64_t rows;
    bool ended;
};

/* Makes the next part; not after it has ended. The view is made anew for each. */
ERROR_CHECKED bool view_export_next(struct view_export *file, struct view *view, struct error *err);

/* Releases the memory of the part. */
void view_export_reset(struct view_export *file);

#endif
