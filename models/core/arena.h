/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Memory with one lifetime: everything allocated from an arena is released together. Three
 * lifetimes exist: the process, a job, a request. An arena has a cap in bytes; passing it makes
 * arena_alloc() return NULL, which the caller reports with arena_error(). Not thread safe.
 */
#ifndef HENG_MODELS_CORE_ARENA_H
#define HENG_MODELS_CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "models/core/error.h"

struct arena_chunk;

struct arena {
    struct arena_chunk *head;
    size_t used;    /* bytes handed out since init or reset */
    size_t cap;     /* largest value of used */
    size_t refused; /* the request that passed the cap, 0 if none */
};

void arena_init(struct arena *arena, size_t cap);

/* Releases all memory; the arena stays usable. */
void arena_reset(struct arena *arena);

/* Zeroed memory, aligned for any type; NULL when the cap or the system refuses. */
void *arena_alloc(struct arena *arena, size_t size);

/* count * size with the multiplication checked. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A NUL-terminated copy of size bytes. */
char *arena_copy(struct arena *arena, const char *data, size_t size);

/* The error for a refused allocation, with both numbers when it was the cap. Returns false. */
bool arena_error(const struct arena *arena, struct error *err);

#endif
