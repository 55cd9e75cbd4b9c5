/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Reading for the service: statements of etl/sql/view/ whose rows become JSON. The name of a result
 * column is the name of the member, so that SQL, JSON and page use the same word:
 *
 *     bigint, integer    integer (milli-points, parts per million, fen: the name says it)
 *     boolean            true, false
 *     json, jsonb        the value itself: lists and nested objects are built in SQL
 *     timestamptz        ISO 8601 with zone
 *     all others         text; SQL NULL is null
 *     key_1, key_2, …    place in the order of a list: goes into the cursor, not into the item
 *
 * Everything in one answer is read from one snapshot of the database and carries as_of,
 * data_version and model, of the published run. Memory comes from the arena; JSON values that a
 * function returns are released by the caller.
 *
 * Scope: region_code and department_id of the account are parameters of every statement that reads
 * register data (daemon/scope.h); rows outside are not there.
 */
#ifndef HENG_ETL_STORE_VIEW_H
#define HENG_ETL_STORE_VIEW_H

#include <jansson.h>

#include "etl/store/db.h"
#include "models/alert/rule.h"
#include "models/core/arena.h"
#include "models/core/calendar.h"

enum { VIEW_TEXT_SIZE = 80, VIEW_NUMBER_SIZE = 24 };

struct view;
struct view_judge;

/* The alert rules and working days by which complaints are judged; they live in the view's arena.
 */
typedef bool view_rules(struct view *view, struct rule_list *rules, struct calendar *calendar,
                        struct error *err);

/* The published run; run_id 0 and "" without one. */
struct view_stamp {
    bool known; /* was read at least once */
    int64_t run_id;
    char as_of[DAY_TEXT_SIZE];
    char scheme[VIEW_TEXT_SIZE];
    char model_version[VIEW_TEXT_SIZE];
    char score_table[VIEW_TEXT_SIZE];
};

struct view {
    struct db *db;
    struct arena *arena;
    const char *region_code;   /* scope; NULL = every district */
    const char *department_id; /* scope; NULL = every department */
    const char *today;         /* YYYY-MM-DD in the register's zone */
    const char *data_version;
    int utc_offset_minutes;
    bool sees_raw;     /* raw rows of loaded files: the auditor and the administrator */
    view_rules *rules; /* asked when a statement needs them */
    const void *rules_context;
    struct view_judge *judge; /* of this view; made when a statement needs it */
    struct view_stamp stamp;  /* before: of an earlier answer, if known; then: of this answer */
};

/* Fills the answer's own members. */
typedef bool view_fill(struct view *view, const void *context, json_t *answer, struct error *err);

/* One answer: an object with as_of (null before the first run), data_version, model {scheme,
 * version, run} (null before the first run) and what fill adds. */
ERROR_CHECKED bool view_answer(struct view *view, view_fill *fill, const void *context,
                               json_t **out, struct error *err);

/* The parts of view_answer(), for answers that need no transaction: VIEW_STAMP is the call whose
 * rows view_stamp_read() takes. */
#define VIEW_STAMP ((struct db_call){.statement = "view/stamp.sql", .columns = 5})
void view_stamp_read(const struct db_rows *rows, struct view_stamp *out);
ERROR_CHECKED bool view_stamp_add(const struct view *view, json_t *answer, struct error *err);

/* All rows as an array of objects. */
ERROR_CHECKED bool view_rows(struct view *view, const char *statement,
                             const char *const *parameters, int count, json_t **out,
                             struct error *err);

/* The only row as an object; ERROR_NOT_FOUND naming `what` when there is none. */
ERROR_CHECKED bool view_row(struct view *view, const char *statement, const char *const *parameters,
                            int count, const char *what, json_t **out, struct error *err);

/* Runs a statement and adds its rows to the answer as an array. */
ERROR_CHECKED bool view_add_rows(struct view *view, const char *statement,
                                 const char *const *parameters, int count, const char *member,
                                 json_t *answer, struct error *err);

/* Takes value over, also on failure; NULL stands for a value that could not be built. */
ERROR_CHECKED bool view_set(json_t *object, const char *member, json_t *value, struct error *err);
ERROR_CHECKED bool view_append(json_t *array, json_t *value, struct error *err);

/* One value of a result. NULL when memory or a JSON text fails. */
json_t *view_cell_json(const struct db_rows *rows, int row, int column);

/* key_1, key_2, …: not for the answer. */
bool view_is_key(const char *column);

/* One row of a result, without its keys. NULL as above. */
json_t *view_row_json(const struct db_rows *rows, int row);

#endif
