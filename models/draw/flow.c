/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/flow.h"

#include <assert.h>
#include <string.h>

/* Nodes: the source, the inspectors, the visits, the side nodes of the visits. */
enum { SOURCE = 0, NOWHERE = -1 };

bool flow_edges_init(struct flow_edges *edges, size_t inspectors, size_t visits,
                     struct arena *arena, struct error *err)
{
    if (visits > FLOW_VISITS_CAP)
        return error_set(err, ERROR_LIMIT, "visits", "at most %d visits, found %zu",
                         FLOW_VISITS_CAP, visits);
    if (inspectors > FLOW_INSPECTORS_CAP)
        return error_set(err, ERROR_LIMIT, "inspectors", "at most %d inspectors, found %zu",
                         FLOW_INSPECTORS_CAP, inspectors);
    *edges = (struct flow_edges){
        .visits = visits, .inspectors = inspectors, .words = (visits + 63) / 64};
    edges->licensed = arena_array(arena, inspectors * edges->words, sizeof(uint64_t));
    edges->unlicensed = arena_array(arena, inspectors * edges->words, sizeof(uint64_t));
    return (edges->licensed && edges->unlicensed) || arena_error(arena, err);
}

static uint64_t bit_of(size_t visit)
{
    return (uint64_t)1 << (visit % 64);
}

void flow_edge_set(struct flow_edges *edges, size_t inspector, size_t visit, enum flow_edge kind)
{
    size_t word = inspector * edges->words + visit / 64;
    edges->licensed[word] &= ~bit_of(visit);
    edges->unlicensed[word] &= ~bit_of(visit);
    if (kind == FLOW_LICENSED)
        edges->licensed[word] |= bit_of(visit);
    else if (kind == FLOW_UNLICENSED)
        edges->unlicensed[word] |= bit_of(visit);
}

enum flow_edge flow_edge_get(const struct flow_edges *edges, size_t inspector, size_t visit)
{
    size_t word = inspector * edges->words + visit / 64;
    if (edges->licensed[word] & bit_of(visit))
        return FLOW_LICENSED;
    return edges->unlicensed[word] & bit_of(visit) ? FLOW_UNLICENSED : FLOW_NONE;
}

static size_t node_count(const struct flow_edges *edges)
{
    return 1 + edges->inspectors + 2 * edges->visits;
}

static int32_t inspector_node(size_t inspector)
{
    return (int32_t)(1 + inspector);
}

static int32_t visit_node(const struct flow *flow, size_t visit)
{
    return (int32_t)(1 + flow->edges->inspectors + visit);
}

static int32_t side_node(const struct flow *flow, size_t visit)
{
    return (int32_t)(1 + flow->edges->inspectors + flow->edges->visits + visit);
}

bool flow_init(struct flow *flow, struct flow_edges *edges, int per_visit, struct arena *arena,
               struct error *err)
{
    assert(per_visit >= 1 && per_visit <= FLOW_PER_VISIT_CAP);
    size_t visits = edges->visits;
    *flow = (struct flow){.edges = edges, .per_visit = per_visit};
    flow->limits = arena_array(arena, edges->inspectors, sizeof *flow->limits);
    flow->loads = arena_array(arena, edges->inspectors, sizeof *flow->loads);
    flow->needs = arena_array(arena, visits, sizeof *flow->needs);
    flow->taken = arena_array(arena, visits, sizeof *flow->taken);
    flow->side = arena_array(arena, visits, sizeof *flow->side);
    flow->room = arena_array(arena, visits, sizeof *flow->room);
    flow->assigned = arena_array(arena, visits * (size_t)per_visit, sizeof *flow->assigned);
    flow->parents = arena_array(arena, node_count(edges), sizeof *flow->parents);
    flow->queue = arena_array(arena, node_count(edges), sizeof *flow->queue);
    flow->visits_ahead = arena_array(arena, edges->words, sizeof(uint64_t));
    flow->sides_ahead = arena_array(arena, edges->words, sizeof(uint64_t));
    bool complete = flow->limits && flow->loads && flow->needs && flow->taken && flow->side &&
                    flow->room && flow->assigned && flow->parents && flow->queue &&
                    flow->visits_ahead && flow->sides_ahead;
    if (!complete)
        return arena_error(arena, err);
    memset(flow->parents, 0xff, node_count(edges) * sizeof *flow->parents);
    memset(flow->visits_ahead, 0xff, edges->words * sizeof(uint64_t));
    memset(flow->sides_ahead, 0xff, edges->words * sizeof(uint64_t));
    return true;
}

void flow_start(struct flow *flow, const int64_t *caps, int64_t uniform)
{
    for (size_t i = 0; i < flow->edges->inspectors; i++) {
        flow->limits[i] = caps[i] > 0 && caps[i] < uniform ? caps[i] : uniform;
        flow->loads[i] = 0;
    }
    for (size_t v = 0; v < flow->edges->visits; v++) {
        flow->needs[v] = flow->per_visit;
        flow->room[v] = flow->per_visit - 1;
        flow->taken[v] = 0;
        flow->side[v] = 0;
    }
}

static int place_of(const struct flow *flow, size_t inspector, size_t visit)
{
    const int32_t *assigned = flow->assigned + visit * (size_t)flow->per_visit;
    for (int i = 0; i < flow->taken[visit]; i++) {
        if (assigned[i] == (int32_t)inspector)
            return i;
    }
    return NOWHERE;
}

static void give(struct flow *flow, size_t inspector, size_t visit)
{
    assert(flow->taken[visit] < flow->per_visit);
    flow->assigned[visit * (size_t)flow->per_visit + (size_t)flow->taken[visit]++] =
        (int32_t)inspector;
}

static void take_back(struct flow *flow, size_t inspector, size_t visit)
{
    int place = place_of(flow, inspector, visit);
    assert(place != NOWHERE);
    int32_t *assigned = flow->assigned + visit * (size_t)flow->per_visit;
    assigned[place] = assigned[--flow->taken[visit]];
}

/* The inspector with the lowest load that can be added to the visit as it stands. */
static int seed_choice(const struct flow *flow, size_t visit)
{
    int best = NOWHERE;
    for (size_t i = 0; i < flow->edges->inspectors; i++) {
        enum flow_edge kind = flow_edge_get(flow->edges, i, visit);
        bool open = kind == FLOW_LICENSED ||
                    (kind == FLOW_UNLICENSED && flow->side[visit] < flow->room[visit]);
        if (open && flow->loads[i] < flow->limits[i] && place_of(flow, i, visit) == NOWHERE &&
            (best == NOWHERE || flow->loads[i] < flow->loads[best]))
            best = (int)i;
    }
    return best;
}

/* A greedy start: most visits are filled before the first search. */
static void seed(struct flow *flow)
{
    for (size_t v = 0; v < flow->edges->visits; v++) {
        while (flow->taken[v] < flow->needs[v]) {
            int inspector = seed_choice(flow, v);
            if (inspector == NOWHERE)
                break;
            if (flow_edge_get(flow->edges, (size_t)inspector, v) == FLOW_UNLICENSED)
                flow->side[v]++;
            give(flow, (size_t)inspector, v);
            flow->loads[inspector]++;
        }
    }
}

static bool is_inspector(const struct flow *flow, int32_t node)
{
    return node != SOURCE && node < visit_node(flow, 0);
}

static bool is_side(const struct flow *flow, int32_t node)
{
    return node >= side_node(flow, 0);
}

static size_t inspector_of(int32_t node)
{
    return (size_t)(node - 1);
}

/* Of a visit node or a side node. */
static size_t visit_of(const struct flow *flow, int32_t node)
{
    return (size_t)(node - (is_side(flow, node) ? side_node(flow, 0) : visit_node(flow, 0)));
}

/* Notes a node the first time it is reached. */
static void reach(struct flow *flow, int32_t node, int32_t parent)
{
    if (flow->parents[node] != NOWHERE)
        return;
    flow->parents[node] = parent;
    flow->queue[flow->reached++] = node;
    if (node >= visit_node(flow, 0)) {
        size_t visit = visit_of(flow, node);
        uint64_t *ahead = is_side(flow, node) ? flow->sides_ahead : flow->visits_ahead;
        ahead[visit / 64] &= ~bit_of(visit);
    }
}

static void forget(struct flow *flow)
{
    for (size_t i = 0; i < flow->reached; i++) {
        int32_t node = flow->queue[i];
        flow->parents[node] = NOWHERE;
        if (node >= visit_node(flow, 0)) {
            size_t visit = visit_of(flow, node);
            uint64_t *ahead = is_side(flow, node) ? flow->sides_ahead : flow->visits_ahead;
            ahead[visit / 64] |= bit_of(visit);
        }
    }
    flow->reached = 0;
}

static void expand_source(struct flow *flow)
{
    for (size_t i = 0; i < flow->edges->inspectors; i++) {
        if (flow->loads[i] < flow->limits[i])
            reach(flow, inspector_node(i), SOURCE);
    }
}

/* first is visit_node(0) or side_node(0), edges and ahead the bits that belong to it. */
static void expand_edges(struct flow *flow, size_t inspector, const uint64_t *edges,
                         const uint64_t *ahead, int32_t first)
{
    for (size_t word = 0; word < flow->edges->words; word++) {
        uint64_t bits = edges[inspector * flow->edges->words + word] & ahead[word];
        for (; bits; bits &= bits - 1) {
            size_t visit = word * 64 + (size_t)__builtin_ctzll(bits);
            if (place_of(flow, inspector, visit) == NOWHERE)
                reach(flow, first + (int32_t)visit, inspector_node(inspector));
        }
    }
}

static void expand_inspector(struct flow *flow, size_t inspector)
{
    if (flow->loads[inspector] > 0)
        reach(flow, SOURCE, inspector_node(inspector));
    expand_edges(flow, inspector, flow->edges->licensed, flow->visits_ahead, visit_node(flow, 0));
    expand_edges(flow, inspector, flow->edges->unlicensed, flow->sides_ahead, side_node(flow, 0));
}

/* From a visit or its side node: the other of the two, and the inspectors that entered through
 * this one and can be taken back. */
static void expand_visit(struct flow *flow, int32_t node)
{
    size_t visit = visit_of(flow, node);
    bool side = is_side(flow, node);
    if (side && flow->side[visit] < flow->room[visit])
        reach(flow, visit_node(flow, visit), node);
    if (!side && flow->side[visit] > 0)
        reach(flow, side_node(flow, visit), node);
    for (int i = 0; i < flow->taken[visit]; i++) {
        size_t inspector = (size_t)flow->assigned[visit * (size_t)flow->per_visit + (size_t)i];
        enum flow_edge kind = flow_edge_get(flow->edges, inspector, visit);
        if ((kind == FLOW_UNLICENSED) == side)
            reach(flow, inspector_node(inspector), node);
    }
}

static bool is_open(const struct flow *flow, int32_t node)
{
    if (node < visit_node(flow, 0) || is_side(flow, node))
        return false;
    size_t visit = visit_of(flow, node);
    return flow->taken[visit] < flow->needs[visit];
}

/* Breadth first from start to target, or to any visit with an open need when target is NOWHERE.
 * Returns the end of the path or NOWHERE. */
static int32_t search(struct flow *flow, int32_t start, int32_t target)
{
    reach(flow, start, start);
    for (size_t head = 0; head < flow->reached; head++) {
        int32_t node = flow->queue[head];
        if (target == NOWHERE ? is_open(flow, node) : node == target)
            return node;
        if (node == SOURCE)
            expand_source(flow);
        else if (is_inspector(flow, node))
            expand_inspector(flow, inspector_of(node));
        else
            expand_visit(flow, node);
    }
    return NOWHERE;
}

/* Moves one unit of flow along one residual edge. */
static void push(struct flow *flow, int32_t from, int32_t to)
{
    if (from == SOURCE)
        flow->loads[inspector_of(to)]++;
    else if (to == SOURCE)
        flow->loads[inspector_of(from)]--;
    else if (is_inspector(flow, from))
        give(flow, inspector_of(from), visit_of(flow, to));
    else if (is_inspector(flow, to))
        take_back(flow, inspector_of(to), visit_of(flow, from));
    else
        flow->side[visit_of(flow, from)] += is_side(flow, from) ? 1 : -1;
}

/* From the end backwards, so a visit gives up an inspector before it gets another. */
static void push_path(struct flow *flow, int32_t end)
{
    for (int32_t node = end; flow->parents[node] != node; node = flow->parents[node])
        push(flow, flow->parents[node], node);
}

static bool augment(struct flow *flow, int32_t start, int32_t target)
{
    int32_t end = search(flow, start, target);
    if (end != NOWHERE)
        push_path(flow, end);
    forget(flow);
    return end != NOWHERE;
}

static int64_t open_needs(const struct flow *flow)
{
    int64_t open = 0;
    for (size_t v = 0; v < flow->edges->visits; v++)
        open += flow->needs[v] - flow->taken[v];
    return open;
}

bool flow_fill(struct flow *flow)
{
    seed(flow);
    int64_t open = open_needs(flow);
    while (open > 0 && augment(flow, SOURCE, NOWHERE))
        open--;
    return open == 0;
}

/* The nodes with a residual edge into a visit or side node. */
static void reach_back_visit(struct flow *flow, int32_t node)
{
    size_t visit = visit_of(flow, node);
    bool side = is_side(flow, node);
    if (side && flow->side[visit] > 0)
        reach(flow, visit_node(flow, visit), node);
    if (!side && flow->side[visit] < flow->room[visit])
        reach(flow, side_node(flow, visit), node);
    for (size_t i = 0; i < flow->edges->inspectors; i++) {
        enum flow_edge kind = flow_edge_get(flow->edges, i, visit);
        if (kind == (side ? FLOW_UNLICENSED : FLOW_LICENSED) && place_of(flow, i, visit) == NOWHERE)
            reach(flow, inspector_node(i), node);
    }
}

static void reach_back_inspector(struct flow *flow, size_t inspector)
{
    assert(flow->loads[inspector] >= flow->limits[inspector]);
    for (size_t v = 0; v < flow->edges->visits; v++) {
        if (place_of(flow, inspector, v) == NOWHERE)
            continue;
        bool side = flow_edge_get(flow->edges, inspector, v) == FLOW_UNLICENSED;
        reach(flow, side ? side_node(flow, v) : visit_node(flow, v), inspector_node(inspector));
    }
}

void flow_cut(struct flow *flow, bool *visits, bool *inspectors)
{
    memset(visits, 0, flow->edges->visits * sizeof *visits);
    memset(inspectors, 0, flow->edges->inspectors * sizeof *inspectors);
    for (size_t v = 0; v < flow->edges->visits; v++) {
        if (flow->taken[v] < flow->needs[v])
            reach(flow, visit_node(flow, v), visit_node(flow, v));
    }
    for (size_t head = 0; head < flow->reached; head++) {
        int32_t node = flow->queue[head];
        if (is_inspector(flow, node)) {
            inspectors[inspector_of(node)] = true;
            reach_back_inspector(flow, inspector_of(node));
        } else {
            visits[visit_of(flow, node)] = true;
            reach_back_visit(flow, node);
        }
    }
    forget(flow);
}

bool flow_fix(struct flow *flow, size_t inspector, size_t visit)
{
    enum flow_edge kind = flow_edge_get(flow->edges, inspector, visit);
    bool side = kind == FLOW_UNLICENSED;
    if (kind == FLOW_NONE || flow->limits[inspector] == 0 || flow->needs[visit] == 0 ||
        (side && flow->room[visit] == 0))
        return false;
    if (place_of(flow, inspector, visit) != NOWHERE)
        take_back(flow, inspector, visit);
    else if (!augment(flow, side ? side_node(flow, visit) : visit_node(flow, visit),
                      inspector_node(inspector)))
        return false;
    flow->loads[inspector]--;
    flow->limits[inspector]--;
    flow->needs[visit]--;
    flow->side[visit] -= side;
    flow->room[visit] -= side;
    flow_edge_set(flow->edges, inspector, visit, FLOW_NONE);
    return true;
}
