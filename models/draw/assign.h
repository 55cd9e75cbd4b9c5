/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Inspectors for the visits of a draw: who is eligible, how far the search for them had to widen,
 * and the draw itself. Visits that compete for too few inspectors (and only they) widen to the
 * next declared region tier, until a complete assignment exists. Definition: FORMAT.md section 6.
 */
#ifndef HENG_MODELS_DRAW_ASSIGN_H
#define HENG_MODELS_DRAW_ASSIGN_H

#include "models/draw/commit.h"
#include "models/draw/frame.h"
#include "models/draw/match.h"
#include "models/draw/roster.h"

struct assignment {
    struct match match;
    int32_t *tiers; /* [visit], from 0 */
};

/* visits[i] is the entity of visit i. commit->per_visit must be above 0. When even the last tier
 * has no complete assignment: ERROR_CONFLICT, naming visits and inspectors of the shortage. */
ERROR_CHECKED bool assign_inspectors(const struct commit *commit, const struct roster *roster,
                                     const struct frame_entity *visits, size_t count,
                                     struct ticket_press *press, struct arena *arena,
                                     struct assignment *out, struct error *err);

#endif
