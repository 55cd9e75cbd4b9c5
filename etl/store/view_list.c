/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_list.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/view_cursor.h"
#include "etl/store/view_judge.h"
#include "etl/store/view_value.h"

enum { LIST_TRIES = 3 };

static const struct view_list lists[] = {
    {"alerts",
     "@region state rule severity region_code assignee overdue @today",
     {{"severity", "view/alerts_by_severity.sql", 2}, {"age", "view/alerts_by_age.sql", 2}}},
    {"entities",
     "@region @today @run @score_table query class region_code industry_section status",
     {{"score", "view/entities_by_score.sql", 2}, {"code", "view/entities_by_code.sql", 2}}},
    {"plans", "authority @region @department", {{NULL, "view/plans.sql", 2}}},
    {"draws", "authority plan @region @department", {{NULL, "view/draws.sql", 3}}},
    {"visits", "authority! number! @region @department", {{NULL, "view/visits.sql", 2}}},
    {"loads", "source", {{NULL, "view/loads.sql", 1}}},
    {"feeds", "@raw", {{NULL, "view/feeds.sql", 1}}},
    {"sources", "@today @utc_offset", {{NULL, "view/sources.sql", 1}}},
    {"rejects",
     "@region @department @raw source reason batch taken",
     {{NULL, "view/rejects.sql", 1}}},
    {"quality", "source from to", {{NULL, "view/quality.sql", 2}}},
    {"register", "@region by @score_table", {{NULL, "view/register.sql", 2}}},
    {"complaints",
     "@region region_code from to handling @judged_on @deadline_jurisdiction @deadline_from "
     "@deadline_days",
     {{NULL, "view/complaints.sql", 2}}},
    {"inspections",
     "@region @department adverse outcome region_code from to @judged_on @judged_outcomes "
     "@adverse_outcomes",
     {{NULL, "view/inspections.sql", 2}}},
    {"class-changes",
     "@region @run from_class to_class region_code",
     {{NULL, "view/class_changes.sql", 3}}},
    {"audit", "", {{NULL, "view/audit.sql", 1}}},
};

const struct view_list *view_list_all(size_t *count)
{
    *count = sizeof lists / sizeof lists[0];
    return lists;
}

const struct view_list *view_list_find(const char *name)
{
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        if (strcmp(lists[i].name, name) == 0)
            return &lists[i];
    }
    return NULL;
}

static bool choose_order(const struct view_query *query, const struct view_order **out,
                         struct error *err)
{
    const char *sort = query->value(query->context, "sort");
    const struct view_order *orders = query->list->orders;
    for (int i = 0; i < VIEW_ORDERS_CAP && orders[i].statement; i++) {
        if (!sort || (orders[i].name && strcmp(orders[i].name, sort) == 0)) {
            *out = &orders[i];
            return true;
        }
    }
    return error_set(err, ERROR_INPUT, "sort", "this list has no order \"%.40s\"", sort);
}

static const char *scope_value(const struct view *view, const char *name, const char *run)
{
    const struct {
        const char *name;
        const char *value;
    } values[] = {
        {"@region", view->region_code},
        {"@department", view->department_id},
        {"@today", view->today},
        {"@raw", view->sees_raw ? "true" : "false"},
        {"@as_of", view->stamp.run_id ? view->stamp.as_of : NULL},
        {"@score_table", view->stamp.score_table},
        {"@run", run},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        if (strcmp(values[i].name, name) == 0)
            return values[i].value;
    }
    assert(false && "a list names an unknown parameter");
    return NULL;
}

/* Parameters of one statement, and what they are made from. */
struct asked {
    const struct view_order *order;
    char binding[VIEW_BINDING_SIZE];
    char run[24];
    char rows[24];
    const char *parameters[VIEW_PARAMETERS_CAP];
    int filters; /* parameters before the keys */
    int count;
};

static bool add_parameter(struct view *view, const struct view_query *query, struct text name,
                          struct asked *asked, struct error *err)
{
    bool needed = name.data[name.size - 1] == '!';
    const char *copy = arena_copy(view->arena, name.data, name.size - needed);
    if (!copy)
        return arena_error(view->arena, err);
    assert(asked->count < VIEW_PARAMETERS_CAP);
    const char **slot = &asked->parameters[asked->count++];
    if (view_judge_knows(copy))
        return view_judge_value(view, copy, slot, err);
    if (copy[0] == '@') {
        *slot = scope_value(view, copy, asked->run);
        return true;
    }
    *slot = query->value(query->context, copy);
    if (needed && !*slot)
        return error_set(err, ERROR_INPUT, copy, "the list of %s needs %s", query->list->name,
                         copy);
    return view_value_check(copy, *slot, err);
}

static bool add_parameters(struct view *view, const struct view_query *query, struct asked *asked,
                           struct error *err)
{
    const char *rest = query->list->parameters;
    snprintf(asked->run, sizeof asked->run, "%" PRId64, view->stamp.run_id);
    while (*rest) {
        struct text name = {rest, strcspn(rest, " ")};
        if (!add_parameter(view, query, name, asked, err))
            return false;
        rest += name.size + (rest[name.size] == ' ');
    }
    asked->filters = asked->count;
    return true;
}

/* The keys after which to read, and one row more than wanted: it says whether there is a next. */
static bool add_place(struct view *view, const struct view_query *query, struct asked *asked,
                      struct error *err)
{
    int keys = asked->order->keys;
    assert(asked->count + keys + 1 <= VIEW_PARAMETERS_CAP && keys <= VIEW_KEYS_CAP);
    view_cursor_bind(asked->order->statement, asked->parameters, asked->filters, asked->binding);
    if (query->cursor && !view_cursor_read(query->cursor, asked->binding, keys, view->arena,
                                           asked->parameters + asked->count, err))
        return false;
    asked->count += keys;
    snprintf(asked->rows, sizeof asked->rows, "%" PRId64, query->limit + 1);
    asked->parameters[asked->count++] = asked->rows;
    return true;
}

static bool ask(struct view *view, const struct view_query *query, struct asked *asked,
                struct error *err)
{
    *asked = (struct asked){.count = 0};
    return choose_order(query, &asked->order, err) && add_parameters(view, query, asked, err) &&
           add_place(view, query, asked, err);
}

static bool note_next(struct view *view, const struct asked *asked, struct view_page *page,
                      struct error *err)
{
    const char *values[VIEW_KEYS_CAP];
    int last = page->shown - 1;
    for (int i = 0; i < asked->order->keys; i++) {
        char name[16];
        snprintf(name, sizeof name, "key_%d", i + 1);
        assert(strcmp(db_column_name(page->rows, i), name) == 0);
        values[i] = db_is_null(page->rows, last, i) ? NULL : db_text(page->rows, last, i);
    }
    return view_cursor_write(asked->binding, values, asked->order->keys, view->arena, &page->next,
                             err);
}

/* The rows stay the caller's. */
static bool make_page(struct view *view, const struct view_query *query, const struct asked *asked,
                      struct db_rows *rows, struct view_page *out, struct error *err)
{
    int found = db_rows_count(rows);
    bool more = found > query->limit;
    *out = (struct view_page){.rows = rows, .shown = more ? (int)query->limit : found};
    return !more || note_next(view, asked, out, err);
}

bool view_page_fetch(struct view *view, const struct view_query *query, struct view_page *out,
                     struct error *err)
{
    struct asked asked;
    struct db_rows *rows = NULL;
    if (!ask(view, query, &asked, err) ||
        !db_run(view->db, asked.order->statement, asked.parameters, asked.count, DB_ANY_COLUMNS,
                &rows, NULL, err))
        return false;
    if (make_page(view, query, &asked, rows, out, err))
        return true;
    db_rows_free(rows);
    return false;
}

void view_page_free(struct view_page *page)
{
    db_rows_free(page->rows);
    page->rows = NULL;
}

static bool add_page(const struct view_page *page, json_t *answer, struct error *err)
{
    json_t *items = json_array();
    bool good = view_set(answer, "items", items, err);
    for (int i = 0; good && i < page->shown; i++)
        good = view_append(items, view_row_json(page->rows, i), err);
    return good &&
           view_set(answer, "next", page->next ? json_string(page->next) : json_null(), err);
}

bool view_list_fill(struct view *view, const void *context, json_t *answer, struct error *err)
{
    struct view_page page;
    if (!view_page_fetch(view, context, &page, err))
        return false;
    bool good = add_page(&page, answer, err);
    view_page_free(&page);
    return good;
}

/* One try; *same says whether the run stayed the same, and with it that answer is good. */
static bool try_answer(struct view *view, const struct view_query *query, json_t *answer,
                       bool *same, struct error *err)
{
    struct asked asked;
    struct view_stamp after;
    struct view_page page;
    if (!ask(view, query, &asked, err))
        return false;
    struct db_call calls[] = {{.statement = asked.order->statement,
                               .parameters = asked.parameters,
                               .parameter_count = asked.count,
                               .columns = DB_ANY_COLUMNS},
                              VIEW_STAMP};
    if (!db_run_calls(view->db, calls, 2, err))
        return false;
    view_stamp_read(calls[1].rows, &after);
    *same = view->stamp.known && after.run_id == view->stamp.run_id;
    view->stamp = after;
    bool good = !*same || (view_stamp_add(view, answer, err) &&
                           make_page(view, query, &asked, calls[0].rows, &page, err) &&
                           add_page(&page, answer, err));
    db_calls_free(calls, 2);
    return good;
}

bool view_list_answer(struct view *view, const struct view_query *query, json_t **out,
                      struct error *err)
{
    bool same = false;
    json_t *answer = json_object();
    bool good = answer || error_memory(err);
    for (int i = 0; good && !same && i < LIST_TRIES; i++)
        good = try_answer(view, query, answer, &same, err);
    if (good && same) {
        *out = answer;
        return true;
    }
    json_decref(answer);
    return good && view_answer(view, view_list_fill, query, out, err);
}
