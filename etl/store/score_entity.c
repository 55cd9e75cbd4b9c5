/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "etl/record/row.h"
#include "etl/store/score_read.h"

enum { NUMBER_SIZE = 24 };

static const char *keep(struct arena *arena, const char *value)
{
    return arena_copy(arena, value, strlen(value));
}

bool score_store_entity(struct db *db, const char *scheme, const char *code, struct arena *arena,
                        struct score_entity *out, struct error *err)
{
    char identity[NUMBER_SIZE];
    struct db_rows *rows;
    snprintf(identity, sizeof identity, "%lld",
             (long long)row_entity_id(text_of(scheme), text_of(code)));
    const char *parameters[] = {identity};
    if (!db_run(db, "score/entity.sql", parameters, 1, 5, &rows, NULL, err))
        return false;
    if (db_rows_count(rows) == 0) {
        db_rows_free(rows);
        return error_set(err, ERROR_NOT_FOUND, code, "no entity has this code in scheme %s",
                         scheme);
    }
    *out = (struct score_entity){
        .entity_id = db_integer(rows, 0, 0),
        .scheme = keep(arena, db_text(rows, 0, 1)),
        .code = keep(arena, db_text(rows, 0, 2)),
        .name = keep(arena, db_text(rows, 0, 3)),
        .registered = db_bool(rows, 0, 4),
    };
    db_rows_free(rows);
    return (out->scheme && out->code && out->name) || arena_error(arena, err);
}

bool score_store_neighbourhood(struct db *db, const struct score_request *request,
                               int64_t entity_id, struct credit_snapshot **out, struct error *err)
{
    char identity[NUMBER_SIZE];
    char moment[MOMENT_TEXT_SIZE];
    struct db_rows *rows;
    snprintf(identity, sizeof identity, "%lld", (long long)entity_id);
    const char *parameters[] = {
        identity, day_end_moment(request->as_of, request->utc_offset_minutes, moment)};
    if (!db_run(db, "score/neighbours.sql", parameters, 2, 1, &rows, NULL, err))
        return false;
    bool ok = score_read_snapshot(db, request, db_text(rows, 0, 0), out, err);
    db_rows_free(rows);
    return ok;
}

bool score_store_origins(struct db *db, const struct score_request *request, int64_t entity_id,
                         struct arena *arena, struct score_origin **out, size_t *count,
                         struct error *err)
{
    char identity[NUMBER_SIZE];
    char moment[MOMENT_TEXT_SIZE];
    struct db_rows *rows;
    snprintf(identity, sizeof identity, "%lld", (long long)entity_id);
    const char *parameters[] = {
        identity, day_end_moment(request->as_of, request->utc_offset_minutes, moment)};
    if (!db_run(db, "score/origin.sql", parameters, 2, 8, &rows, NULL, err))
        return false;
    *count = (size_t)db_rows_count(rows);
    *out = arena_array(arena, *count, sizeof **out);
    bool ok = *out != NULL;
    for (int i = 0; ok && i < db_rows_count(rows); i++) {
        struct score_origin *origin = &(*out)[i];
        *origin = (struct score_origin){
            .id = db_integer(rows, i, 0),
            .source = keep(arena, db_text(rows, i, 1)),
            .file = keep(arena, db_text(rows, i, 2)),
            .line = db_integer(rows, i, 3),
            .key = keep(arena, db_text(rows, i, 4)),
            .decision_id = db_is_null(rows, i, 5) ? 0 : db_integer(rows, i, 5),
            .occurred_on = db_day(rows, i, 6),
            .amount_fen = db_is_null(rows, i, 7) ? -1 : db_integer(rows, i, 7),
        };
        ok = origin->source && origin->file && origin->key;
    }
    db_rows_free(rows);
    return ok || arena_error(arena, err);
}
