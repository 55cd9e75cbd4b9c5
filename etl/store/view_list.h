/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The lists of the service, one table: a list is a statement with keyset paging, and from its row
 * come the JSON list (GET /api/v1/<name>) and the CSV file (GET /api/v1/export/<name>.csv).
 *
 * The statement's parameters are, in order, those that the row names, then one per key (all NULL on
 * the first page), then the number of rows. Its columns key_1, key_2, … are the keys.
 */
#ifndef HENG_ETL_STORE_VIEW_LIST_H
#define HENG_ETL_STORE_VIEW_LIST_H

#include "etl/store/view.h"

enum { VIEW_ORDERS_CAP = 3, VIEW_PARAMETERS_CAP = 24, VIEW_LIMIT_CAP = 200, VIEW_LIMIT = 50 };

struct view_order {
    const char *name; /* ?sort=; NULL where a list has one order only */
    const char *statement;
    int keys;
};

struct view_list {
    const char *name;
    /* Blank-separated. @region, @department, @raw: of the scope; @today, @utc_offset: of the
     * moment; @as_of, @score_table, @run: of the answer; those of view_judge.h: by what it is
     * judged; others: query parameters, NULL when absent; "name!" must not be absent. */
    const char *parameters;
    struct view_order orders[VIEW_ORDERS_CAP]; /* the first is the default */
};

/* NULL when there is no such list. */
const struct view_list *view_list_find(const char *name);
const struct view_list *view_list_all(size_t *count);

/* What is asked of a list. */
struct view_query {
    const struct view_list *list;
    const char *(*value)(const void *context, const char *name); /* NULL = absent */
    const void *context;
    const char *cursor; /* NULL = from the start */
    int64_t limit;      /* 1 to VIEW_LIMIT_CAP; exports take more at a time */
};

/* A page of the list as it came from the database. */
struct view_page {
    struct db_rows *rows;
    int shown; /* the first so many rows; one more may be there to tell that a next page is */
    const char *next; /* cursor, in the view's arena; NULL after the last row */
};

/* Within view_answer(); after success the caller releases with view_page_free(). */
ERROR_CHECKED bool view_page_fetch(struct view *view, const struct view_query *query,
                                   struct view_page *out, struct error *err);
void view_page_free(struct view_page *page);

/* A view_fill: adds "items" and "next" (null after the last row). context is a view_query. */
ERROR_CHECKED bool view_list_fill(struct view *view, const void *context, json_t *answer,
                                  struct error *err);

/* The same as view_answer() with view_list_fill(), without a transaction: the statement and, after
 * it, the stamp go to the server together. When the run is then still the one that the statement
 * was asked for, it was so in between; else it is asked again. */
ERROR_CHECKED bool view_list_answer(struct view *view, const struct view_query *query, json_t **out,
                                    struct error *err);

#endif
