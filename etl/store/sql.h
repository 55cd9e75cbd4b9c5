/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The SQL statements of etl/sql/, embedded at build time. Names are paths below that folder, for
 * example "migrations/0001_reference.sql". The text lives as long as the program.
 */
#ifndef HENG_ETL_STORE_SQL_H
#define HENG_ETL_STORE_SQL_H

#include <stddef.h>

struct sql_document {
    const char *name;
    const char *text;
    size_t size;
};

/* The text of the statement; a name that does not exist is a broken invariant. */
const char *sql_text(const char *name);

/* The place of the statement among all, from 0 to sql_count() - 1. */
size_t sql_place(const char *name);
size_t sql_count(void);

/* All documents in name order, ended by a row with a NULL name. */
const struct sql_document *sql_all(void);

#endif
