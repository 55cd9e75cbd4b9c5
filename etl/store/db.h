/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The door to libpq: one connection, statements from etl/sql/ by name, results with an expected
 * number of columns, transactions, rows streamed in by COPY and out by single-row mode.
 *
 * Every call has a time limit: connecting DB_CONNECT_SECONDS, locks DB_LOCK_SECONDS, statements
 * the limit given to db_open(). Errors branch on SQLSTATE only; ERROR_UNAVAILABLE marks those that
 * may be tried again. One connection belongs to one thread at a time.
 */
#ifndef HENG_ETL_STORE_DB_H
#define HENG_ETL_STORE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/day.h"
#include "models/core/error.h"

enum {
    DB_CONNECT_SECONDS = 10,
    DB_LOCK_SECONDS = 60,
    DB_JOB_SECONDS = 4 * 3600, /* statements of loads and runs */
    DB_READ_SECONDS = 30,      /* statements of interactive commands */
    DB_ROWS_CAP = 100000,      /* rows that a result held in memory may have */
    DB_PARAMETERS_CAP = 64,
    DB_ANY_COLUMNS = -1 /* for db_run(): the caller asks for names and types */
};

struct db;
struct db_rows;

/* dsn is a libpq connection string or URI; the name is shown in pg_stat_activity. */
ERROR_CHECKED bool db_open(const char *dsn, int statement_seconds, struct db **out,
                           struct error *err);
void db_close(struct db *db);

/* After a lost connection: opens a new session with the same settings. */
ERROR_CHECKED bool db_reopen(struct db *db, struct error *err);

/* Whether an idle session is still there: false when the server has ended it, as after a restart.
 * Asks the kernel only, not the server. */
bool db_is_alive(const struct db *db);

/* Runs one statement with text parameters (NULL = SQL NULL). columns is the number of columns that
 * the result must have, 0 for none, DB_ANY_COLUMNS. rows may be NULL when the result is not wanted.
 * *affected, if not NULL, gets the number of rows written. The caller releases *rows with
 * db_rows_free(). */
ERROR_CHECKED bool db_run(struct db *db, const char *statement, const char *const *parameters,
                          int parameter_count, int columns, struct db_rows **rows,
                          int64_t *affected, struct error *err);

/* A statement that returns rows, for db_run_calls(). */
struct db_call {
    const char *statement;
    const char *const *parameters;
    int parameter_count;
    int columns;          /* as for db_run() */
    struct db_rows *rows; /* result; released with db_calls_free() */
};

/* Several reads in one round trip, outside of a transaction: each sees its own moment. Statements
 * are prepared on their first use in a session, so this is the way for reads that come often. On
 * failure no rows are left. */
ERROR_CHECKED bool db_run_calls(struct db *db, struct db_call *calls, int count, struct error *err);
void db_calls_free(struct db_call *calls, int count);

/* Runs a file of several statements without parameters; counts gets the rows written by each, up
 * to capacity; *done the number of statements. */
ERROR_CHECKED bool db_script(struct db *db, const char *script, int64_t *counts, int capacity,
                             int *done, struct error *err);

void db_rows_free(struct db_rows *rows);
int db_rows_count(const struct db_rows *rows);
int db_columns_count(const struct db_rows *rows);
const char *db_column_name(const struct db_rows *rows, int column);

enum db_type { DB_INTEGER, DB_BOOLEAN, DB_JSON, DB_MOMENT, DB_OTHER };

enum db_type db_column_type(const struct db_rows *rows, int column);
/* "" for NULL; the text lives as long as the rows. */
const char *db_text(const struct db_rows *rows, int row, int column);
bool db_is_null(const struct db_rows *rows, int row, int column);
int64_t db_integer(const struct db_rows *rows, int row, int column);
bool db_bool(const struct db_rows *rows, int row, int column);
/* DAY_NONE for NULL. */
day db_day(const struct db_rows *rows, int row, int column);

ERROR_CHECKED bool db_begin(struct db *db, struct error *err);
/* Repeatable read, read only: one state of the database for several statements. */
ERROR_CHECKED bool db_begin_snapshot(struct db *db, struct error *err);
ERROR_CHECKED bool db_commit(struct db *db, struct error *err);
void db_rollback(struct db *db);

/* COPY … FROM STDIN in text format. put may be called any number of times with whole or partial
 * rows; close ends the copy and reports the server's verdict. */
ERROR_CHECKED bool db_copy_open(struct db *db, const char *statement, struct error *err);
ERROR_CHECKED bool db_copy_put(struct db *db, const char *bytes, size_t size, struct error *err);
ERROR_CHECKED bool db_copy_close(struct db *db, int64_t *rows, struct error *err);
void db_copy_abort(struct db *db);

/* A large result, row by row, in binary. The row is valid until the next call. */
struct db_field {
    const unsigned char *data; /* NULL for SQL NULL; network byte order */
    int size;
};

typedef bool db_row_function(void *context, const struct db_field *fields, struct error *err);

/* Calls row for each row of the statement; stops when it returns false. */
ERROR_CHECKED bool db_stream(struct db *db, const char *statement, const char *const *parameters,
                             int parameter_count, int columns, db_row_function *row, void *context,
                             struct error *err);

/* Binary fields of db_stream(). bigint and date (days since 1970-01-01; DAY_NONE for NULL). */
int64_t db_field_integer(const struct db_field *field);
day db_field_day(const struct db_field *field);
struct text db_field_text(const struct db_field *field);

#endif
