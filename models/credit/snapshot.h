/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The register in memory, for scoring all of it: subjects sorted by entity_id, their facts and
 * relations in one array each, with an offset per entity (compressed sparse rows).
 *
 * Memory: 32 bytes per fact, 64 per entity, 8 per relation (24 while it is built).
 *
 * Building: new, reserve where the sizes are known, then rows ordered by entity_id: one
 * add_entity, its add_fact and add_relation in any order, the next entity …; then finish. Rows
 * that break a rule or a cap are refused with both numbers. Each entity's facts end up in
 * canonical order. A relation is seen from the entity it is added to; add it on both sides when
 * it counts for both. A related id that the snapshot does not hold is left out and counted in
 * unresolved_relations. After finish the snapshot is read-only and threads may share it.
 */
#ifndef HENG_MODELS_CREDIT_SNAPSHOT_H
#define HENG_MODELS_CREDIT_SNAPSHOT_H

#include "models/credit/score.h"

#define CREDIT_SNAPSHOT_ENTITIES_CAP (UINT64_C(1) << 28)
#define CREDIT_SNAPSHOT_FACTS_CAP (UINT64_C(1) << 32)
#define CREDIT_SNAPSHOT_RELATIONS_CAP (UINT64_C(1) << 30)

/* A related entity by its index, with all relations to it as bits 1u << enum credit_relation. */
struct credit_link {
    uint32_t entity;
    uint32_t relations;
};

struct credit_snapshot {
    size_t entity_count;
    size_t fact_count;
    size_t link_count;
    struct credit_subject *subjects;
    uint64_t *fact_start; /* entity_count + 1 offsets */
    struct credit_fact *facts;
    uint64_t *link_start; /* entity_count + 1 offsets */
    struct credit_link *links;
    size_t unresolved_relations;
    struct credit_snapshot_build *build; /* NULL once finished */
};

struct credit_snapshot *credit_snapshot_new(void);
void credit_snapshot_free(struct credit_snapshot *snapshot);

ERROR_CHECKED bool credit_snapshot_reserve(struct credit_snapshot *snapshot, size_t entities,
                                           size_t facts, size_t relations, struct error *err);
ERROR_CHECKED bool credit_snapshot_add_entity(struct credit_snapshot *snapshot,
                                              const struct credit_subject *subject,
                                              struct error *err);
/* For the entity added last. */
ERROR_CHECKED bool credit_snapshot_add_fact(struct credit_snapshot *snapshot,
                                            const struct credit_fact *fact, struct error *err);
ERROR_CHECKED bool credit_snapshot_add_relation(struct credit_snapshot *snapshot,
                                                int64_t related_id, enum credit_relation relation,
                                                struct error *err);
ERROR_CHECKED bool credit_snapshot_finish(struct credit_snapshot *snapshot, struct error *err);

/* False when the snapshot does not hold the entity. */
bool credit_snapshot_find(const struct credit_snapshot *snapshot, int64_t entity_id, size_t *index);

/* What entity index is scored from. related is filled for the plan and pointed at; the work is a
 * look at the facts of each related entity. */
struct credit_input credit_snapshot_input(const struct credit_snapshot *snapshot,
                                          const struct credit_plan *plan, size_t index,
                                          struct credit_related *related);

#endif
