/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/core/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Chunks double from the first size to the largest: most requests need one small one. */
enum { CHUNK_FIRST_SIZE = 2 * 1024, CHUNK_SIZE = 64 * 1024 };

struct arena_chunk {
    struct arena_chunk *next;
    size_t size;
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

void arena_init(struct arena *arena, size_t cap)
{
    *arena = (struct arena){.cap = cap};
}

void arena_reset(struct arena *arena)
{
    while (arena->head) {
        struct arena_chunk *next = arena->head->next;
        free(arena->head);
        arena->head = next;
    }
    arena->used = 0;
    arena->refused = 0;
}

static bool grow(struct arena *arena, size_t size)
{
    size_t room = arena->head ? 2 * arena->head->size : CHUNK_FIRST_SIZE;
    if (room > CHUNK_SIZE)
        room = CHUNK_SIZE;
    if (room < size)
        room = size;
    struct arena_chunk *chunk = calloc(1, sizeof *chunk + room);
    if (!chunk)
        return false;
    chunk->size = room;
    chunk->next = arena->head;
    arena->head = chunk;
    return true;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size == 0)
        size = 1;
    if (size > SIZE_MAX - CHUNK_SIZE || size > arena->cap || arena->used > arena->cap - size) {
        arena->refused = size;
        return NULL;
    }
    size_t padded = (size + align - 1) / align * align;
    if (!arena->head || arena->head->size - arena->head->used < padded) {
        if (!grow(arena, padded))
            return NULL;
    }
    void *memory = arena->head->data + arena->head->used;
    arena->head->used += padded;
    arena->used += size;
    return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        arena->refused = SIZE_MAX;
        return NULL;
    }
    return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *data, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *copy = arena_alloc(arena, size + 1);
    if (copy && size > 0)
        memcpy(copy, data, size);
    return copy;
}

bool arena_error(const struct arena *arena, struct error *err)
{
    if (arena->refused == 0)
        return error_memory(err);
    return error_set(err, ERROR_LIMIT, "memory",
                     "a job may use at most %zu bytes; %zu are in use and %zu more were needed",
                     arena->cap, arena->used, arena->refused);
}
