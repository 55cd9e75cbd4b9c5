/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The inspectors who take part and the visits they must not make: inspectors.tsv and
 * recusals.tsv. Definition: FORMAT.md section 7.
 */
#ifndef HENG_MODELS_DRAW_ROSTER_H
#define HENG_MODELS_DRAW_ROSTER_H

#include "models/draw/lines.h"

enum { ROSTER_INSPECTORS_CAP = 20000, ROSTER_RECUSALS_CAP = 10000000, ROSTER_VISITS_CAP = 1000000 };

struct roster_inspector {
    struct text id;
    struct text department; /* published, decides nothing */
    struct text region;
    struct text specialities; /* names separated by commas, sorted, no two the same; may be empty */
    int64_t cap;              /* most visits; 0 = none */
};

/* The inspector must not visit the entity. Either may be unknown to this draw. */
struct roster_recusal {
    struct text inspector;
    struct text entity;
};

struct roster {
    struct roster_inspector *inspectors; /* sorted by id */
    size_t inspector_count;
    struct roster_recusal *recusals; /* sorted by entity, then inspector */
    size_t recusal_count;
};

/* Sorted copies in the arena. Specialities may come in any order and are sorted; a recusal may come
 * twice and is kept once. Refuses bad names and duplicate inspectors. */
ERROR_CHECKED bool roster_sort(const struct roster_inspector *inspectors, size_t inspector_count,
                               const struct roster_recusal *recusals, size_t recusal_count,
                               struct arena *arena, struct roster *out, struct error *err);

ERROR_CHECKED bool roster_write_inspectors(const struct roster *roster, struct arena *arena,
                                           struct text *out, struct error *err);
ERROR_CHECKED bool roster_write_recusals(const struct roster *roster, struct arena *arena,
                                         struct text *out, struct error *err);

/* Fills both halves of the roster. */
ERROR_CHECKED bool roster_read(struct text inspectors, struct text recusals, struct arena *arena,
                               struct roster *out, struct error *err);

bool roster_is_recused(const struct roster *roster, struct text inspector, struct text entity);
bool roster_has_speciality(const struct roster_inspector *inspector, struct text speciality);

#endif
