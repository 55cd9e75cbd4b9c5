/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/snapshot.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A relation before its entity's index is known. */
struct pending {
    int64_t related_id;
    uint32_t relations;
};

struct credit_snapshot_build {
    struct pending *pending;
    size_t pending_count;
    size_t entity_room;
    size_t fact_room;
    size_t pending_room;
};

static const char who[] = "credit snapshot";

struct credit_snapshot *credit_snapshot_new(void)
{
    struct credit_snapshot *snapshot = calloc(1, sizeof *snapshot);
    struct credit_snapshot_build *build = calloc(1, sizeof *build);
    if (!snapshot || !build) {
        free(snapshot);
        free(build);
        return NULL;
    }
    snapshot->build = build;
    return snapshot;
}

void credit_snapshot_free(struct credit_snapshot *snapshot)
{
    if (!snapshot)
        return;
    if (snapshot->build)
        free(snapshot->build->pending);
    free(snapshot->build);
    free(snapshot->subjects);
    free(snapshot->fact_start);
    free(snapshot->facts);
    free(snapshot->link_start);
    free(snapshot->links);
    free(snapshot);
}

static bool resize(void **array, size_t count, size_t size, struct error *err)
{
    void *moved = realloc(*array, (count ? count : 1) * size);
    if (!moved)
        return error_memory(err);
    *array = moved;
    return true;
}

static bool room_entities(struct credit_snapshot *snapshot, size_t room, struct error *err)
{
    if (!resize((void **)&snapshot->subjects, room, sizeof *snapshot->subjects, err) ||
        !resize((void **)&snapshot->fact_start, room + 1, sizeof *snapshot->fact_start, err) ||
        !resize((void **)&snapshot->link_start, room + 1, sizeof *snapshot->link_start, err))
        return false;
    snapshot->build->entity_room = room;
    return true;
}

static bool room_facts(struct credit_snapshot *snapshot, size_t room, struct error *err)
{
    if (!resize((void **)&snapshot->facts, room, sizeof *snapshot->facts, err))
        return false;
    snapshot->build->fact_room = room;
    return true;
}

static bool room_pending(struct credit_snapshot *snapshot, size_t room, struct error *err)
{
    struct credit_snapshot_build *build = snapshot->build;
    if (!resize((void **)&build->pending, room, sizeof *build->pending, err))
        return false;
    build->pending_room = room;
    return true;
}

static bool check_cap(const char *what, uint64_t count, uint64_t cap, struct error *err)
{
    return count <= cap ||
           error_set(err, ERROR_LIMIT, who, "a snapshot has at most %llu %s, found %llu or more",
                     (unsigned long long)cap, what, (unsigned long long)count);
}

static size_t grown(size_t room)
{
    return room < 512 ? 1024 : room + room / 2;
}

bool credit_snapshot_reserve(struct credit_snapshot *snapshot, size_t entities, size_t facts,
                             size_t relations, struct error *err)
{
    assert(snapshot->build && snapshot->entity_count == 0);
    return check_cap("entities", entities, CREDIT_SNAPSHOT_ENTITIES_CAP, err) &&
           check_cap("facts", facts, CREDIT_SNAPSHOT_FACTS_CAP, err) &&
           check_cap("relations", relations, CREDIT_SNAPSHOT_RELATIONS_CAP, err) &&
           room_entities(snapshot, entities, err) && room_facts(snapshot, facts, err) &&
           room_pending(snapshot, relations, err);
}

static void close_entity(struct credit_snapshot *snapshot)
{
    if (snapshot->entity_count == 0)
        return;
    uint64_t start = snapshot->fact_start[snapshot->entity_count - 1];
    size_t count = snapshot->fact_count - start;
    if (count < 2)
        return;
    struct credit_fact *facts = &snapshot->facts[start];
    for (size_t i = 1; i < count; i++) {
        if (credit_fact_compare(&facts[i - 1], &facts[i]) > 0) {
            credit_fact_sort(facts, count);
            return;
        }
    }
}

bool credit_snapshot_add_entity(struct credit_snapshot *snapshot,
                                const struct credit_subject *subject, struct error *err)
{
    assert(snapshot->build);
    size_t index = snapshot->entity_count;
    if (!check_cap("entities", index + 1, CREDIT_SNAPSHOT_ENTITIES_CAP, err) ||
        !credit_subject_check(subject, err))
        return false;
    if (index > 0 && subject->entity_id <= snapshot->subjects[index - 1].entity_id)
        return error_set(
            err, ERROR_INPUT, who, "expected ascending entity ids, found %lld after %lld",
            (long long)subject->entity_id, (long long)snapshot->subjects[index - 1].entity_id);
    if (index == snapshot->build->entity_room && !room_entities(snapshot, grown(index), err))
        return false;
    close_entity(snapshot);
    snapshot->subjects[index] = *subject;
    snapshot->fact_start[index] = snapshot->fact_count;
    snapshot->link_start[index] = snapshot->build->pending_count;
    snapshot->entity_count++;
    return true;
}

static bool check_entity(const struct credit_snapshot *snapshot, struct error *err)
{
    assert(snapshot->build);
    return snapshot->entity_count > 0 ||
           error_set(err, ERROR_INTERNAL, who, "expected an entity before its facts and relations");
}

bool credit_snapshot_add_fact(struct credit_snapshot *snapshot, const struct credit_fact *fact,
                              struct error *err)
{
    if (!check_entity(snapshot, err) || !credit_fact_check(fact, err) ||
        !check_cap("facts", snapshot->fact_count + 1, CREDIT_SNAPSHOT_FACTS_CAP, err))
        return false;
    uint64_t own = snapshot->fact_count - snapshot->fact_start[snapshot->entity_count - 1];
    if (own == CREDIT_FACTS_CAP)
        return error_set(err, ERROR_LIMIT, who, "an entity has at most %d facts, found %d or more",
                         CREDIT_FACTS_CAP, CREDIT_FACTS_CAP + 1);
    if (snapshot->fact_count == snapshot->build->fact_room &&
        !room_facts(snapshot, grown(snapshot->fact_count), err))
        return false;
    snapshot->facts[snapshot->fact_count++] = *fact;
    return true;
}

bool credit_snapshot_add_relation(struct credit_snapshot *snapshot, int64_t related_id,
                                  enum credit_relation relation, struct error *err)
{
    struct credit_snapshot_build *build = snapshot->build;
    if (!check_entity(snapshot, err) ||
        !check_cap("relations", build->pending_count + 1, CREDIT_SNAPSHOT_RELATIONS_CAP, err))
        return false;
    if (relation <= CREDIT_RELATION_NONE || relation >= CREDIT_RELATION_COUNT)
        return error_set(err, ERROR_INPUT, who, "relation: expected 1 to %d, found %d",
                         CREDIT_RELATION_COUNT - 1, (int)relation);
    int64_t own = snapshot->subjects[snapshot->entity_count - 1].entity_id;
    if (related_id == own)
        return error_set(err, ERROR_INPUT, who, "expected another entity than %lld itself",
                         (long long)own);
    if (build->pending_count == build->pending_room &&
        !room_pending(snapshot, grown(build->pending_count), err))
        return false;
    build->pending[build->pending_count++] =
        (struct pending){.related_id = related_id, .relations = 1u << relation};
    return true;
}

static int compare_pending(const void *a, const void *b)
{
    int64_t left = ((const struct pending *)a)->related_id;
    int64_t right = ((const struct pending *)b)->related_id;
    return (left > right) - (left < right);
}

bool credit_snapshot_find(const struct credit_snapshot *snapshot, int64_t entity_id, size_t *index)
{
    size_t low = 0;
    size_t high = snapshot->entity_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (snapshot->subjects[middle].entity_id < entity_id)
            low = middle + 1;
        else
            high = middle;
    }
    *index = low;
    return low < snapshot->entity_count && snapshot->subjects[low].entity_id == entity_id;
}

/* The relations of one entity as links, several to the same entity joined. */
static void link_entity(struct credit_snapshot *snapshot, struct pending *pending, size_t count)
{
    if (count > 1)
        qsort(pending, count, sizeof *pending, compare_pending);
    for (size_t i = 0; i < count;) {
        int64_t related_id = pending[i].related_id;
        uint32_t relations = 0;
        for (; i < count && pending[i].related_id == related_id; i++)
            relations |= pending[i].relations;
        size_t entity = 0;
        if (credit_snapshot_find(snapshot, related_id, &entity))
            snapshot->links[snapshot->link_count++] =
                (struct credit_link){.entity = (uint32_t)entity, .relations = relations};
        else
            snapshot->unresolved_relations++;
    }
}

bool credit_snapshot_finish(struct credit_snapshot *snapshot, struct error *err)
{
    struct credit_snapshot_build *build = snapshot->build;
    assert(build);
    if (!resize((void **)&snapshot->links, build->pending_count, sizeof *snapshot->links, err) ||
        !room_entities(snapshot, snapshot->entity_count, err) ||
        !room_facts(snapshot, snapshot->fact_count, err) ||
        !room_pending(snapshot, build->pending_count, err))
        return false;
    close_entity(snapshot);
    size_t count = snapshot->entity_count;
    snapshot->fact_start[count] = snapshot->fact_count;
    snapshot->link_start[count] = build->pending_count;
    for (size_t i = 0; i < count; i++) {
        uint64_t start = snapshot->link_start[i];
        snapshot->link_start[i] = snapshot->link_count;
        link_entity(snapshot, &build->pending[start], snapshot->link_start[i + 1] - start);
    }
    snapshot->link_start[count] = snapshot->link_count;
    free(build->pending);
    free(build);
    snapshot->build = NULL;
    return resize((void **)&snapshot->links, snapshot->link_count, sizeof *snapshot->links, err);
}

struct credit_input credit_snapshot_input(const struct credit_snapshot *snapshot,
                                          const struct credit_plan *plan, size_t index,
                                          struct credit_related *related)
{
    assert(!snapshot->build && index < snapshot->entity_count);
    *related = (struct credit_related){.total = {0}};
    for (uint64_t i = snapshot->link_start[index]; i < snapshot->link_start[index + 1]; i++) {
        const struct credit_link *link = &snapshot->links[i];
        uint64_t start = snapshot->fact_start[link->entity];
        uint8_t bits =
            credit_related_bits(plan, &snapshot->subjects[link->entity], &snapshot->facts[start],
                                snapshot->fact_start[link->entity + 1] - start);
        credit_related_add(plan->model, related, link->relations, bits);
    }
    uint64_t start = snapshot->fact_start[index];
    return (struct credit_input){
        .subject = &snapshot->subjects[index],
        .facts = &snapshot->facts[start],
        .fact_count = snapshot->fact_start[index + 1] - start,
        .related = related,
    };
}
