/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/selection.h"

static bool before(const struct selected *a, const struct selected *b)
{
    if (a->key != b->key)
        return a->key < b->key;
    return ticket_compare(&a->ticket, a->id, &b->ticket, b->id) < 0;
}

bool selection_init(struct selection *selection, size_t wanted, struct arena *arena,
                    struct error *err)
{
    *selection = (struct selection){.wanted = wanted};
    selection->items = arena_array(arena, wanted, sizeof *selection->items);
    return selection->items || arena_error(arena, err);
}

/* Puts item where the hole at `at` sinks to; the largest item stays on top. */
static void sink(struct selected *heap, size_t count, size_t at, struct selected item)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count)
            break;
        if (child + 1 < count && before(&heap[child], &heap[child + 1]))
            child++;
        if (!before(&item, &heap[child]))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = item;
}

static void rise(struct selected *heap, size_t at, struct selected item)
{
    while (at > 0 && before(&heap[(at - 1) / 2], &item)) {
        heap[at] = heap[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    heap[at] = item;
}

void selection_offer(struct selection *selection, const struct selected *item)
{
    if (selection->count < selection->wanted)
        rise(selection->items, selection->count++, *item);
    else if (selection->wanted > 0 && before(item, &selection->items[0]))
        sink(selection->items, selection->count, 0, *item);
}

void selection_sort(struct selection *selection)
{
    for (size_t left = selection->count; left > 1; left--) {
        struct selected last = selection->items[left - 1];
        selection->items[left - 1] = selection->items[0];
        sink(selection->items, left - 1, 0, last);
    }
}
