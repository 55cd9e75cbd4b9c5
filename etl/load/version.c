/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/version.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4096 };

struct version_slot {
    int64_t id;
    unsigned char content[ROW_CONTENT_SIZE];
    int next_version; /* 0 = empty slot */
};

bool version_map_init(struct version_map *map)
{
    *map =
        (struct version_map){.slots = calloc(FIRST_ROOM, sizeof *map->slots), .room = FIRST_ROOM};
    return map->slots != NULL;
}

void version_map_clear(struct version_map *map)
{
    memset(map->slots, 0, map->room * sizeof *map->slots);
    map->count = 0;
}

void version_map_free(struct version_map *map)
{
    free(map->slots);
    *map = (struct version_map){0};
}

/* Ids are hashes already: their low bits spread evenly. */
static struct version_slot *find(const struct version_map *map, int64_t id)
{
    size_t at = (size_t)id & (map->room - 1);
    while (map->slots[at].next_version > 0 && map->slots[at].id != id)
        at = (at + 1) & (map->room - 1);
    return &map->slots[at];
}

static bool grow(struct version_map *map)
{
    struct version_map larger = {.slots = calloc(2 * map->room, sizeof *map->slots),
                                 .room = 2 * map->room,
                                 .count = map->count};
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < map->room; i++) {
        if (map->slots[i].next_version > 0)
            *find(&larger, map->slots[i].id) = map->slots[i];
    }
    free(map->slots);
    *map = larger;
    return true;
}

bool version_map_enter(struct version_map *map, int64_t id,
                       const unsigned char content[ROW_CONTENT_SIZE], int *version, bool *repeats)
{
    if (2 * (map->count + 1) > map->room && !grow(map))
        return false;
    struct version_slot *slot = find(map, id);
    *repeats = slot->next_version > 0 && memcmp(slot->content, content, ROW_CONTENT_SIZE) == 0;
    if (*repeats) {
        *version = slot->next_version - 1;
        return true;
    }
    map->count += slot->next_version == 0;
    slot->id = id;
    memcpy(slot->content, content, ROW_CONTENT_SIZE);
    *version = slot->next_version++;
    return true;
}
