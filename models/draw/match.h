/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who inspects whom: a random draw that never dead-ends and whose largest load is provably as
 * small as it can be.
 *
 *   C*     the smallest load limit, the same for all, under which a complete assignment exists
 *   draw   visits in ticket order; for each slot (the first for a licensed inspector) the first
 *          candidate in the order of T(03, inspector || 00 || entity) whose load is below
 *          C* + slack and with whom all other needs can still be met
 *
 * Definition: FORMAT.md section 6. The maximum flow is L. R. Ford and D. R. Fulkerson's; that a
 * failure names visits with too few inspectors between them is P. Hall's theorem (1935).
 */
#ifndef HENG_MODELS_DRAW_MATCH_H
#define HENG_MODELS_DRAW_MATCH_H

#include "models/draw/flow.h"
#include "models/draw/ticket.h"

enum { MATCH_RESERVES_CAP = 8, MATCH_NOBODY = -1 };

struct match_input {
    struct flow_edges *edges;
    const struct text *visits;     /* entity identifiers */
    const struct text *inspectors; /* inspector identifiers */
    const int64_t *caps;           /* [inspector], 0 = none */
    int per_visit;                 /* 1 to FLOW_PER_VISIT_CAP */
    int reserves;                  /* 0 to MATCH_RESERVES_CAP */
    int64_t slack;                 /* 0 or more */
};

struct match {
    int64_t least_load; /* C* */
    int64_t rejected;   /* candidates passed over because no complete assignment had them */
    int32_t *assigned;  /* [visit * per_visit + slot], inspector */
    int32_t *reserved;  /* [visit * reserves + i], inspector or MATCH_NOBODY */
};

/* The answer when no complete assignment exists: visits that compete for too few inspectors. */
struct match_shortage {
    bool *visits;     /* [visit] */
    bool *inspectors; /* [inspector], all they have, and all at their caps */
};

/* *feasible: does a complete assignment within the caps exist? If so *least_load is C*, otherwise
 * *shortage is filled. edges are not changed. */
ERROR_CHECKED bool match_least_load(const struct match_input *input, struct arena *arena,
                                    bool *feasible, int64_t *least_load,
                                    struct match_shortage *shortage, struct error *err);

/* The draw under C* = least_load. */
ERROR_CHECKED bool match_draw(const struct match_input *input, int64_t least_load,
                              struct ticket_press *press, struct arena *arena, struct match *out,
                              struct error *err);

#endif
