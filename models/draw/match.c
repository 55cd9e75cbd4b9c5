/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/match.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

bool match_least_load(const struct match_input *input, struct arena *arena, bool *feasible,
                      int64_t *least_load, struct match_shortage *shortage, struct error *err)
{
    const struct flow_edges *edges = input->edges;
    struct flow flow;
    if (!flow_init(&flow, input->edges, input->per_visit, arena, err))
        return false;
    shortage->visits = arena_array(arena, edges->visits, sizeof(bool));
    shortage->inspectors = arena_array(arena, edges->inspectors, sizeof(bool));
    if (!shortage->visits || !shortage->inspectors)
        return arena_error(arena, err);
    int64_t high = (int64_t)edges->visits; /* nobody can be at more visits than there are */
    flow_start(&flow, input->caps, high);
    *feasible = flow_fill(&flow);
    if (!*feasible) {
        flow_cut(&flow, shortage->visits, shortage->inspectors);
        return true;
    }
    int64_t low = 0;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        flow_start(&flow, input->caps, middle);
        if (flow_fill(&flow))
            high = middle;
        else
            low = middle + 1;
    }
    *least_load = high;
    return true;
}

struct ranked {
    struct ticket ticket;
    struct text id;
    int32_t index;
    enum flow_edge kind;
};

static int compare_ranked(const void *a, const void *b)
{
    const struct ranked *x = a;
    const struct ranked *y = b;
    return ticket_compare(&x->ticket, x->id, &y->ticket, y->id);
}

struct drawing {
    const struct match_input *input;
    struct ticket_press *press;
    struct flow flow;
    struct ranked *visits;
    struct ranked *candidates;
    size_t candidate_count;
    struct match *out;
};

static void rank_visits(struct drawing *drawing)
{
    size_t count = drawing->input->edges->visits;
    for (size_t v = 0; v < count; v++) {
        struct text id = drawing->input->visits[v];
        drawing->visits[v] = (struct ranked){
            .ticket = ticket_of(drawing->press, TICKET_ENTITY, id), .id = id, .index = (int32_t)v};
    }
    qsort(drawing->visits, count, sizeof *drawing->visits, compare_ranked);
}

static void rank_candidates(struct drawing *drawing, size_t visit)
{
    const struct match_input *input = drawing->input;
    drawing->candidate_count = 0;
    for (size_t i = 0; i < input->edges->inspectors; i++) {
        enum flow_edge kind = flow_edge_get(input->edges, i, visit);
        if (kind == FLOW_NONE)
            continue;
        drawing->candidates[drawing->candidate_count++] = (struct ranked){
            .ticket = ticket_of_pair(drawing->press, input->inspectors[i], input->visits[visit]),
            .id = input->inspectors[i],
            .index = (int32_t)i,
            .kind = kind};
    }
    qsort(drawing->candidates, drawing->candidate_count, sizeof *drawing->candidates,
          compare_ranked);
}

/* Removes and returns the candidate at this place of the order. */
static int32_t remove_candidate(struct drawing *drawing, size_t place)
{
    int32_t index = drawing->candidates[place].index;
    drawing->candidate_count--;
    memmove(drawing->candidates + place, drawing->candidates + place + 1,
            (drawing->candidate_count - place) * sizeof *drawing->candidates);
    return index;
}

static int32_t draw_slot(struct drawing *drawing, size_t visit, int slot)
{
    for (size_t i = 0; i < drawing->candidate_count; i++) {
        const struct ranked *candidate = &drawing->candidates[i];
        size_t inspector = (size_t)candidate->index;
        if ((slot == 0 && candidate->kind != FLOW_LICENSED) || drawing->flow.limits[inspector] == 0)
            continue;
        if (flow_fix(&drawing->flow, inspector, visit))
            return remove_candidate(drawing, i);
        drawing->out->rejected++;
    }
    return MATCH_NOBODY;
}

/* The first reserve is licensed, the others whoever comes next. */
static int32_t reserve_slot(struct drawing *drawing, int slot)
{
    for (size_t i = 0; i < drawing->candidate_count; i++) {
        if (slot > 0 || drawing->candidates[i].kind == FLOW_LICENSED)
            return remove_candidate(drawing, i);
    }
    return MATCH_NOBODY;
}

static void draw_visit(struct drawing *drawing, size_t visit)
{
    size_t per_visit = (size_t)drawing->input->per_visit;
    size_t reserves = (size_t)drawing->input->reserves;
    rank_candidates(drawing, visit);
    for (size_t slot = 0; slot < per_visit; slot++) {
        int32_t inspector = draw_slot(drawing, visit, (int)slot);
        assert(inspector != MATCH_NOBODY); /* the flow was full, so somebody remains */
        drawing->out->assigned[visit * per_visit + slot] = inspector;
    }
    for (size_t slot = 0; slot < reserves; slot++)
        drawing->out->reserved[visit * reserves + slot] = reserve_slot(drawing, (int)slot);
}

static bool allocate(struct drawing *drawing, struct arena *arena, struct error *err)
{
    const struct match_input *input = drawing->input;
    size_t visits = input->edges->visits;
    struct match *out = drawing->out;
    drawing->visits = arena_array(arena, visits, sizeof *drawing->visits);
    drawing->candidates = arena_array(arena, input->edges->inspectors, sizeof *drawing->candidates);
    out->assigned = arena_array(arena, visits * (size_t)input->per_visit, sizeof *out->assigned);
    out->reserved = arena_array(arena, visits * (size_t)input->reserves, sizeof *out->reserved);
    bool complete = drawing->visits && drawing->candidates && out->assigned && out->reserved;
    return complete || arena_error(arena, err);
}

bool match_draw(const struct match_input *input, int64_t least_load, struct ticket_press *press,
                struct arena *arena, struct match *out, struct error *err)
{
    struct drawing drawing = {.input = input, .press = press, .out = out};
    struct flow_edges left; /* flow_fix() removes edges; the caller keeps its own */
    *out = (struct match){.least_load = least_load};
    if (!allocate(&drawing, arena, err) ||
        !flow_edges_init(&left, input->edges->inspectors, input->edges->visits, arena, err) ||
        !flow_init(&drawing.flow, &left, input->per_visit, arena, err))
        return false;
    size_t bytes = left.inspectors * left.words * sizeof(uint64_t);
    memcpy(left.licensed, input->edges->licensed, bytes);
    memcpy(left.unlicensed, input->edges->unlicensed, bytes);
    flow_start(&drawing.flow, input->caps, least_load + input->slack);
    bool full = flow_fill(&drawing.flow);
    assert(full);
    (void)full;
    rank_visits(&drawing);
    for (size_t v = 0; v < input->edges->visits; v++)
        draw_visit(&drawing, (size_t)drawing.visits[v].index);
    return true;
}
