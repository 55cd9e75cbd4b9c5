/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The n smallest of a stream, in any order of arrival, without keeping the rest: a heap of n whose
 * top is the largest kept. Order: key, ticket, identifier; two items never compare equal, so the
 * result does not depend on the order of arrival, and a larger n extends a smaller one.
 *
 * Equal probability: key 0, the tickets decide. Weighted: key from pareto_key().
 */
#ifndef HENG_MODELS_DRAW_SELECTION_H
#define HENG_MODELS_DRAW_SELECTION_H

#include "models/core/arena.h"
#include "models/draw/ticket.h"

__extension__ typedef unsigned __int128 selection_key;

struct selected {
    selection_key key;
    struct ticket ticket;
    struct text id;
    size_t index; /* of the entity in the caller's frame */
};

struct selection {
    struct selected *items;
    size_t count;
    size_t wanted;
};

/* Room for the wanted smallest, in the arena. */
ERROR_CHECKED bool selection_init(struct selection *selection, size_t wanted, struct arena *arena,
                                  struct error *err);

void selection_offer(struct selection *selection, const struct selected *item);

/* Sorts the kept items, smallest first. Nothing may be offered afterwards. */
void selection_sort(struct selection *selection);

#endif
