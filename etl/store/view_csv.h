/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rows of a view as CSV. A column is one cell, but a nested object whose members have titles
 * (view_member()) is a cell for each of them, and a text in two languages {zh, en} is the text in
 * the language asked for; other lists and objects are compact JSON. NULL is an empty cell.
 */
#ifndef HENG_ETL_STORE_VIEW_CSV_H
#define HENG_ETL_STORE_VIEW_CSV_H

#include "etl/store/csv_write.h"
#include "etl/store/view.h"

struct view_csv {
    struct csv_write *out;
    bool chinese;
    bool codes; /* codes and true, false; else their labels */
};

/* One row with the titles of the columns; a column without one keeps its name. */
void view_csv_titles(const struct view_csv *csv, const struct db_rows *rows);

ERROR_CHECKED bool view_csv_row(const struct view_csv *csv, const struct db_rows *rows, int row,
                                struct error *err);

#endif
