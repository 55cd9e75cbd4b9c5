/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/draw_plan.h"

#include <stdio.h>
#include <string.h>

bool draw_plan_store(const struct draw_context *context, const struct plan *plan,
                     struct text document, bool *fresh, struct error *err)
{
    char hex[DIGEST_HEX_SIZE];
    struct db_rows *rows;
    text_hex(plan->hash, DIGEST_SIZE, hex);
    const char *parameters[] = {plan->name, plan->authority, plan->title_zh, document.data,
                                hex,        context->now};
    if (!db_run(context->db, "draw/plan_store.sql", parameters, 6, 3, &rows, NULL, err))
        return false;
    bool same =
        strcmp(db_text(rows, 0, 0), hex) == 0 && strcmp(db_text(rows, 0, 1), plan->authority) == 0;
    if (fresh)
        *fresh = db_bool(rows, 0, 2);
    db_rows_free(rows);
    return same || error_set(err, ERROR_CONFLICT, plan->name,
                             "a plan of this name is registered with other contents: a changed "
                             "plan needs a new name");
}

bool draw_plan_fetch(struct db *db, const char *name, struct arena *arena, struct plan **out,
                     struct text *document, struct error *err)
{
    struct db_rows *rows;
    if (!db_run(db, "draw/plan_one.sql", &name, 1, 1, &rows, NULL, err))
        return false;
    bool found = db_rows_count(rows) == 1;
    const char *stored = found ? db_text(rows, 0, 0) : "";
    document->size = strlen(stored);
    document->data = arena_copy(arena, stored, document->size);
    db_rows_free(rows);
    if (!found)
        return error_set(err, ERROR_NOT_FOUND, name, "no plan of this name is registered");
    return document->data ? plan_read(document->data, document->size, name, arena, out, err)
                          : arena_error(arena, err);
}

bool draw_plan_require_idle(struct db *db, const struct plan *plan, struct error *err)
{
    const char *parameters[] = {plan->authority, plan->name};
    struct db_rows *rows;
    if (!db_run(db, "draw/open.sql", parameters, 2, 1, &rows, NULL, err))
        return false;
    bool none = db_rows_count(rows) == 0;
    if (!none)
        error_set(err, ERROR_CONFLICT, plan->name,
                  "draw %s of this plan is committed and not run: run it, or abandon it with a "
                  "reason, before another commit",
                  db_text(rows, 0, 0));
    db_rows_free(rows);
    return none;
}

bool draw_plan_reach_of(struct db *db, const char *name, const char *region_code,
                        const char *department_id, enum draw_plan_reach *out, struct error *err)
{
    const char *parameters[] = {name, region_code, department_id};
    struct db_rows *rows;
    if (!db_run(db, "draw/plan_reach.sql", parameters, 3, 2, &rows, NULL, err))
        return false;
    *out = DRAW_PLAN_OTHER;
    if (db_rows_count(rows) == 1 && db_bool(rows, 0, 0))
        *out = db_bool(rows, 0, 1) ? DRAW_PLAN_OWN : DRAW_PLAN_SHARED;
    db_rows_free(rows);
    return true;
}

bool draw_plan_of_draw(struct db *db, const char *authority, int64_t number, struct arena *arena,
                       const char **out, struct error *err)
{
    char draw_number[24];
    snprintf(draw_number, sizeof draw_number, "%lld", (long long)number);
    const char *parameters[] = {authority, draw_number};
    struct db_rows *rows;
    if (!db_run(db, "draw/plan_of_draw.sql", parameters, 2, 1, &rows, NULL, err))
        return false;
    bool found = db_rows_count(rows) == 1;
    const char *name = found ? db_text(rows, 0, 0) : "";
    *out = arena_copy(arena, name, strlen(name));
    db_rows_free(rows);
    if (!found)
        return error_set(err, ERROR_NOT_FOUND, authority, "has no draw number %lld",
                         (long long)number);
    return *out || arena_error(arena, err);
}
