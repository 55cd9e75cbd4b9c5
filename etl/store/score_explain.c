/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/score_explain.h"

#include <string.h>

/* An explanation of other records than those of the run would not be of the published score. */
static bool is_of_run(const struct score_explain *explain, const struct credit_input *input,
                      bool *same, struct error *err)
{
    unsigned char hash[DIGEST_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    if (!digest)
        return error_memory(err);
    bool ok = credit_inputs_hash(&explain->plan, input, digest, hash, err);
    digest_free(digest);
    *same = ok && memcmp(hash, explain->stored.inputs_hash, DIGEST_SIZE) == 0;
    return ok;
}

static bool explain_snapshot(struct score_explain *explain, struct arena *arena, struct error *err)
{
    size_t index;
    struct credit_related related;
    bool same = false;
    bool known = credit_snapshot_find(explain->snapshot, explain->entity.entity_id, &index);
    if (!known || !explain->stored.found) {
        explain->state = known || explain->stored.found ? SCORE_OUTDATED : SCORE_NOT_SCORED;
        return true;
    }
    struct credit_input input =
        credit_snapshot_input(explain->snapshot, &explain->plan, index, &related);
    if (!is_of_run(explain, &input, &same, err))
        return false;
    explain->state = same ? SCORE_EXPLAINED : SCORE_OUTDATED;
    return !same || credit_explain(&explain->plan, &input, arena, &explain->explanation, err);
}

bool score_explain_entity(struct db *db, const char *scheme, const char *code,
                          int utc_offset_minutes, struct arena *arena, struct score_explain *out,
                          struct error *err)
{
    struct credit_model *model;
    const char *document;
    int table;
    *out = (struct score_explain){.state = SCORE_NOT_SCORED};
    if (!score_store_published(db, arena, &out->run, &document, &table, err) ||
        !credit_model_read(document, strlen(document), out->run.scheme, arena, &model, err) ||
        !score_store_entity(db, scheme, code, arena, &out->entity, err) ||
        !score_store_fetch(db, table, out->entity.entity_id, &out->stored, err))
        return false;
    struct score_request request = {.model = model,
                                    .model_document = document,
                                    .as_of = out->run.as_of,
                                    .utc_offset_minutes = utc_offset_minutes};
    credit_plan_init(&out->plan, model, out->run.as_of);
    return score_store_origins(db, &request, out->entity.entity_id, arena, &out->origins,
                               &out->origin_count, err) &&
           score_store_neighbourhood(db, &request, out->entity.entity_id, &out->snapshot, err) &&
           explain_snapshot(out, arena, err);
}

void score_explain_free(struct score_explain *explain)
{
    if (explain->snapshot)
        credit_snapshot_free(explain->snapshot);
    explain->snapshot = NULL;
}

const struct score_origin *score_explain_origin(const struct score_explain *explain,
                                                const struct credit_reason *reason)
{
    for (size_t i = 0; reason->part.fact && i < explain->origin_count; i++) {
        if (explain->origins[i].id == (int64_t)reason->part.fact->id)
            return &explain->origins[i];
    }
    return NULL;
}
