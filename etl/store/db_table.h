/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Statements about a table that only the caller knows: :"table" in the text of the statement stands
 * for its name, as in psql (`psql -v table=entity -f copy_out.sql`), and is quoted as an
 * identifier.
 */
#ifndef HENG_ETL_STORE_DB_TABLE_H
#define HENG_ETL_STORE_DB_TABLE_H

#include "etl/store/db.h"

/* A statement without result. */
ERROR_CHECKED bool db_table_run(struct db *db, const char *statement, const char *table,
                                struct error *err);

/* Gets each line of COPY … TO STDOUT with its newline; valid until it returns. */
typedef bool db_line_function(void *context, const char *line, size_t size, struct error *err);

/* COPY … TO STDOUT; stops when line returns false. */
ERROR_CHECKED bool db_table_read(struct db *db, const char *statement, const char *table,
                                 db_line_function *line, void *context, struct error *err);

/* COPY … FROM STDIN; goes on as after db_copy_open(). */
ERROR_CHECKED bool db_table_write(struct db *db, const char *statement, const char *table,
                                  struct error *err);

#endif
