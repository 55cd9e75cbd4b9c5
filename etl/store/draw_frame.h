/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The population, the inspectors and the recusals of a plan; used by the draw store only. */
#ifndef HENG_ETL_STORE_DRAW_FRAME_H
#define HENG_ETL_STORE_DRAW_FRAME_H

#include "etl/store/draw_store.h"

enum { DRAW_FRAME_CAP = 10000000, DRAW_REASONS_CAP = 16 };

/* Reads everything as known at the end of as_of into draw; score_table is 1 or 2. The arrays that
 * are not in the arena belong to the frame and go with draw_frame_free(). */
struct draw_frame {
    struct frame_entity *entities;
    size_t entity_count;
    size_t entity_room;
    struct roster_inspector *inspectors;
    size_t inspector_count;
    size_t inspector_room;
    struct roster_recusal *recusals;
    size_t recusal_count;
    size_t recusal_room;
    struct commit_exclusion exclusions[DRAW_REASONS_CAP];
    size_t exclusion_count;
};

ERROR_CHECKED bool draw_frame_read(const struct draw_context *context, const struct plan *plan,
                                   day as_of, int score_table, struct draw_frame *out,
                                   struct error *err);
void draw_frame_free(struct draw_frame *frame);

#endif
