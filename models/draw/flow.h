/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The question "does a complete assignment of inspectors to visits exist?" as a maximum flow that
 * is kept and mended, never computed anew:
 *
 *   source -> inspector (limit) -> visit -> sink (need)
 *
 * A licensed inspector enters a visit directly, an unlicensed one through a side node that lets at
 * most need - 1 of them in, so at least one is licensed. Capacities are integers, so a complete
 * assignment exists exactly when the flow fills every need; whether it does, and the set of visits
 * that block it, do not depend on the order of the search.
 *
 * Adjacency is one bit per (inspector, visit), so a search costs at most
 * inspectors * visits / 64 word operations plus the visits it reaches.
 */
#ifndef HENG_MODELS_DRAW_FLOW_H
#define HENG_MODELS_DRAW_FLOW_H

#include <stdint.h>

#include "models/core/arena.h"

enum { FLOW_VISITS_CAP = 1000000, FLOW_INSPECTORS_CAP = 20000, FLOW_PER_VISIT_CAP = 16 };

/* Who may go where. A pair has at most one of the two bits. */
struct flow_edges {
    size_t visits;
    size_t inspectors;
    size_t words;         /* per inspector */
    uint64_t *licensed;   /* [inspector * words + visit / 64] */
    uint64_t *unlicensed; /* same */
};

enum flow_edge { FLOW_NONE, FLOW_UNLICENSED, FLOW_LICENSED };

ERROR_CHECKED bool flow_edges_init(struct flow_edges *edges, size_t inspectors, size_t visits,
                                   struct arena *arena, struct error *err);
void flow_edge_set(struct flow_edges *edges, size_t inspector, size_t visit, enum flow_edge kind);
enum flow_edge flow_edge_get(const struct flow_edges *edges, size_t inspector, size_t visit);

struct flow {
    struct flow_edges *edges; /* changed by flow_fix() */
    int per_visit;
    int64_t *limits;   /* [inspector], what is left after the fixed choices */
    int64_t *loads;    /* [inspector], not counting the fixed choices */
    int32_t *needs;    /* [visit], what is left after the fixed choices */
    int32_t *taken;    /* [visit], how many inspectors are assigned and not fixed */
    int32_t *side;     /* [visit], how many of them are unlicensed */
    int32_t *room;     /* [visit], how many unlicensed may be */
    int32_t *assigned; /* [visit * per_visit + i], i < taken */
    /* Of the search under way; all as after flow_init() between searches. */
    int32_t *parents;       /* [node], how it was reached */
    int32_t *queue;         /* the nodes reached */
    size_t reached;         /* how many */
    uint64_t *visits_ahead; /* bits: visits not reached */
    uint64_t *sides_ahead;  /* bits: side nodes not reached */
};

/* Room for the flow in the arena. per_visit is 1 to FLOW_PER_VISIT_CAP. */
ERROR_CHECKED bool flow_init(struct flow *flow, struct flow_edges *edges, int per_visit,
                             struct arena *arena, struct error *err);

/* Starts again with these limits; caps[i] = 0 means none, and no limit passes uniform. */
void flow_start(struct flow *flow, const int64_t *caps, int64_t uniform);

/* Adds flow until it is maximal. True when every need is filled. */
bool flow_fill(struct flow *flow);

/* After a flow_fill() that failed: marks the visits that compete for too few inspectors (the sink
 * side of the minimum cut nearest to the sink, which is the same for every maximum flow) and the
 * inspectors they compete for. */
void flow_cut(struct flow *flow, bool *visits, bool *inspectors);

/* With every need filled: can this inspector be given to this visit, all fixed choices kept? If so
 * the choice is fixed, its edge removed, and the flow mended to stay full. */
bool flow_fix(struct flow *flow, size_t inspector, size_t visit);

#endif
