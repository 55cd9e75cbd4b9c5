/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why an entity has its class: the published run's own model document applied again to what was
 * known about the entity on the run's day. The digest of what it was computed from is compared with
 * the one that the run stored, so that an explanation is never of other records than the score.
 *
 * Runs inside the caller's transaction. Texts live in the arena, the facts of reasons in the
 * explanation: score_explain_free() goes last.
 */
#ifndef HENG_ETL_STORE_SCORE_EXPLAIN_H
#define HENG_ETL_STORE_SCORE_EXPLAIN_H

#include "etl/store/score_store.h"

enum score_explain_state {
    SCORE_EXPLAINED,
    SCORE_NOT_SCORED, /* not a registered entity in business of the model's jurisdiction then */
    SCORE_OUTDATED    /* what is known as of the run's day was changed since the run */
};

struct score_explain {
    enum score_explain_state state;
    struct score_report run;
    struct score_entity entity;
    struct score_stored stored;
    struct credit_plan plan;               /* plan.model is the run's model */
    struct credit_explanation explanation; /* empty unless SCORE_EXPLAINED */
    struct score_origin *origins;
    size_t origin_count;
    struct credit_snapshot *snapshot;
};

/* By code or earlier number. ERROR_NOT_FOUND without such an entity or without a run. *out is to be
 * freed whatever the result. */
ERROR_CHECKED bool score_explain_entity(struct db *db, const char *scheme, const char *code,
                                        int utc_offset_minutes, struct arena *arena,
                                        struct score_explain *out, struct error *err);
void score_explain_free(struct score_explain *explain);

/* Where the record of a reason came from; NULL when it has none. */
const struct score_origin *score_explain_origin(const struct score_explain *explain,
                                                const struct credit_reason *reason);

#endif
