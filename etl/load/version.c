/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/version.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_ROOM = 4096 };

struct version_slot {
    int64_t id;
    unsigned char content[ROW_CONTENT_SIZE];
    int version; /* of the newest; -1 = empty slot */
};

static struct version_slot *new_slots(size_t room)
{
    struct version_slot *slots = malloc(room * sizeof *slots);
    for (size_t i = 0; slots && i < room; i++)
        slots[i].version = -1;
    return slots;
}

bool version_map_init(struct version_map *map)
{
    *map = (struct version_map){.slots = new_slots(FIRST_ROOM), .room = FIRST_ROOM};
    return map->slots != NULL;
}

void version_map_clear(struct version_map *map)
{
    for (size_t i = 0; i < map->room; i++)
        map->slots[i].version = -1;
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
    while (map->slots[at].version >= 0 && map->slots[at].id != id)
        at = (at + 1) & (map->room - 1);
    return &map->slots[at];
}

static bool grow(struct version_map *map)
{
    struct version_map larger = {
        .slots = new_slots(2 * map->room), .room = 2 * map->room, .count = map->count};
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < map->room; i++) {
        if (map->slots[i].version >= 0)
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
    *repeats = slot->version >= 0 && memcmp(slot->content, content, ROW_CONTENT_SIZE) == 0;
    if (*repeats) {
        *version = slot->version;
        return true;
    }
    map->count += slot->version < 0;
    slot->id = id;
    slot->version++;
    memcpy(slot->content, content, ROW_CONTENT_SIZE);
    *version = slot->version;
    return true;
}
