/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The result of a draw: which entities, in which order, and who visits them. It follows from what
 * was committed and the key alone, and so do its bytes (result.tsv). Definition: FORMAT.md
 * section 10.
 */
#ifndef HENG_MODELS_DRAW_RESULT_H
#define HENG_MODELS_DRAW_RESULT_H

#include "models/draw/assign.h"
#include "models/draw/docket.h"
#include "models/draw/selection.h"

struct result_visit {
    const struct frame_entity *entity;
    struct ticket ticket;
    int64_t rank; /* in its stratum, from 1 */
};

struct result {
    struct result_visit *visits; /* by stratum, then rank */
    size_t count;
    struct assignment assignment; /* empty when no inspectors are drawn */
};

/* Fills the quotas of docket->strata as well. ERROR_CONFLICT when inspectors are too few. */
ERROR_CHECKED bool result_draw(struct docket *docket, const unsigned char key[DIGEST_SIZE],
                               struct arena *arena, struct result *out, struct error *err);

ERROR_CHECKED bool result_write(const struct result *result, const struct docket *docket,
                                struct arena *arena, struct text *out, struct error *err);

/* What result.tsv must be whatever the key: its head, the strata and their quotas (unless the rule
 * is controlled, whose quotas depend on the key), and visits to entities of the right stratum. */
ERROR_CHECKED bool result_check(struct text content, struct docket *docket, int64_t selected_count,
                                struct arena *arena, struct error *err);

#endif
