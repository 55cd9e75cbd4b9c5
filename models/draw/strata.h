/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table strata.tsv: rates, bounds and frame counts. Definition: FORMAT.md section 7. */
#ifndef HENG_MODELS_DRAW_STRATA_H
#define HENG_MODELS_DRAW_STRATA_H

#include "models/draw/frame.h"
#include "models/draw/quota.h"

struct strata {
    struct quota_stratum *rows; /* sorted by name */
    size_t count;
};

/* A sorted copy in the arena, sizes counted from the frame. Refuses an entity whose stratum is not
 * listed. */
ERROR_CHECKED bool strata_count(const struct quota_stratum *rows, size_t count,
                                const struct frame *frame, struct arena *arena, struct strata *out,
                                struct error *err);

/* The row of this name, NULL when there is none. */
struct quota_stratum *strata_find(const struct strata *strata, struct text name);

ERROR_CHECKED bool strata_write(const struct strata *strata, struct arena *arena, struct text *out,
                                struct error *err);
ERROR_CHECKED bool strata_read(struct text content, struct arena *arena, struct strata *out,
                               struct error *err);

/* Do the sizes in the table agree with the frame? */
ERROR_CHECKED bool strata_check(const struct strata *strata, const struct frame *frame,
                                struct arena *arena, struct error *err);

#endif
