/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/assign.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

enum { NAMED = 5, LIST_SIZE = 240 };

struct assigning {
    const struct commit *commit;
    const struct roster *roster;
    const struct frame_entity *visits;
    size_t count;
    size_t widths[COMMIT_TIERS_CAP];
    size_t tier_count;
    struct flow_edges edges;
    struct match_input input;
    int32_t *tiers;
};

/* Codes agree when their first width bytes are the same; a code shorter than that must be equal. */
static bool regions_agree(struct text a, struct text b, size_t width)
{
    struct text a_head = {a.data, a.size < width ? a.size : width};
    struct text b_head = {b.data, b.size < width ? b.size : width};
    return text_equal(a_head, b_head);
}

static enum flow_edge edge_of(const struct assigning *assigning,
                              const struct roster_inspector *inspector, size_t visit)
{
    const struct frame_entity *entity = &assigning->visits[visit];
    size_t width = assigning->widths[assigning->tiers[visit]];
    if (!regions_agree(inspector->region, entity->region, width) ||
        roster_is_recused(assigning->roster, inspector->id, entity->id))
        return FLOW_NONE;
    bool licensed = entity->licence.size == 0 || roster_has_speciality(inspector, entity->licence);
    return licensed ? FLOW_LICENSED : FLOW_UNLICENSED;
}

static void set_edges(struct assigning *assigning, size_t visit)
{
    for (size_t i = 0; i < assigning->roster->inspector_count; i++)
        flow_edge_set(&assigning->edges, i, visit,
                      edge_of(assigning, &assigning->roster->inspectors[i], visit));
}

static int64_t cap_of(const struct roster_inspector *inspector, int64_t load_cap)
{
    if (inspector->cap == 0 || (load_cap > 0 && load_cap < inspector->cap))
        return load_cap;
    return inspector->cap;
}

static bool prepare(struct assigning *assigning, struct arena *arena, struct error *err)
{
    const struct commit *commit = assigning->commit;
    size_t inspectors = assigning->roster->inspector_count;
    if (!flow_edges_init(&assigning->edges, inspectors, assigning->count, arena, err))
        return false;
    assigning->tiers = arena_array(arena, assigning->count, sizeof *assigning->tiers);
    struct text *visit_ids = arena_array(arena, assigning->count, sizeof *visit_ids);
    struct text *inspector_ids = arena_array(arena, inspectors, sizeof *inspector_ids);
    int64_t *caps = arena_array(arena, inspectors, sizeof *caps);
    if (!assigning->tiers || !visit_ids || !inspector_ids || !caps)
        return arena_error(arena, err);
    for (size_t v = 0; v < assigning->count; v++) {
        visit_ids[v] = assigning->visits[v].id;
        set_edges(assigning, v);
    }
    for (size_t i = 0; i < inspectors; i++) {
        inspector_ids[i] = assigning->roster->inspectors[i].id;
        caps[i] = cap_of(&assigning->roster->inspectors[i], commit->load_cap);
    }
    assigning->input = (struct match_input){.edges = &assigning->edges,
                                            .visits = visit_ids,
                                            .inspectors = inspector_ids,
                                            .caps = caps,
                                            .per_visit = (int)commit->per_visit,
                                            .reserves = (int)commit->reserves,
                                            .slack = commit->slack};
    return true;
}

/* The count and the first few names of a marked set. */
static void list_marked(const struct text *names, const bool *marked, size_t count, char *out)
{
    size_t found = 0;
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        if (!marked[i])
            continue;
        if (found++ < NAMED && used < LIST_SIZE) {
            int size = snprintf(out + used, LIST_SIZE - used, "%s%.*s", used ? ", " : "",
                                (int)(names[i].size < 40 ? names[i].size : 40), names[i].data);
            used += (size_t)size;
        }
    }
    if (used < LIST_SIZE)
        snprintf(out + used, LIST_SIZE - used, "%s%s%zu in all", found > NAMED ? ", …" : "",
                 found ? "; " : "", found);
}

static bool shortage_error(const struct assigning *assigning, const struct match_shortage *shortage,
                           struct error *err)
{
    char visits[LIST_SIZE];
    char inspectors[LIST_SIZE];
    list_marked(assigning->input.visits, shortage->visits, assigning->count, visits);
    list_marked(assigning->input.inspectors, shortage->inspectors,
                assigning->roster->inspector_count, inspectors);
    return error_set(err, ERROR_CONFLICT, "inspectors",
                     "expected %lld inspectors for every visit, one of them licensed; these visits "
                     "(%s) have too few between them even in the widest region: %s",
                     (long long)assigning->commit->per_visit, visits, inspectors);
}

/* Moves the visits of the shortage to their next tier; false when none has one. */
static bool widen(struct assigning *assigning, const struct match_shortage *shortage)
{
    bool widened = false;
    for (size_t v = 0; v < assigning->count; v++) {
        if (!shortage->visits[v] || (size_t)assigning->tiers[v] + 1 >= assigning->tier_count)
            continue;
        assigning->tiers[v]++;
        set_edges(assigning, v);
        widened = true;
    }
    return widened;
}

bool assign_inspectors(const struct commit *commit, const struct roster *roster,
                       const struct frame_entity *visits, size_t count, struct ticket_press *press,
                       struct arena *arena, struct assignment *out, struct error *err)
{
    struct assigning assigning = {
        .commit = commit, .roster = roster, .visits = visits, .count = count};
    bool known = commit_tiers(commit->region_tiers, assigning.widths, &assigning.tier_count);
    assert(known);
    (void)known;
    if (!prepare(&assigning, arena, err))
        return false;
    for (;;) {
        bool feasible;
        int64_t least_load = 0;
        struct match_shortage shortage;
        if (!match_least_load(&assigning.input, arena, &feasible, &least_load, &shortage, err))
            return false;
        if (feasible) {
            out->tiers = assigning.tiers;
            return match_draw(&assigning.input, least_load, press, arena, &out->match, err);
        }
        if (!widen(&assigning, &shortage))
            return shortage_error(&assigning, &shortage, err);
    }
}
