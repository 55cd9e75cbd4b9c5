/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A tile map: districts as tiles on a grid, roughly where they lie. Rows and columns count from 1,
 * row 1 is the north and column 1 the west; a tile may be several rows high. There is one set of
 * tiles for each time in which the districts did not change; other days have no map.
 *
 * Reads a "heng-tiles-1" document (models/catalog/region/). Everything lives in the arena.
 */
#ifndef HENG_MODELS_CODES_TILE_H
#define HENG_MODELS_CODES_TILE_H

#include "models/core/arena.h"
#include "models/core/day.h"
#include "models/core/error.h"

enum { TILE_SETS_CAP = 16, TILE_GRID_CAP = 40, TILE_CAP = TILE_GRID_CAP * TILE_GRID_CAP };

struct tile {
    const char *code; /* of the region */
    int row;
    int column;
    int rows;
};

struct tile_set {
    const char *name;
    day valid_from;
    day valid_to; /* the last day; DAY_LAST = in force */
    struct tile *tiles;
    size_t count;
};

struct tile_map {
    const char *jurisdiction;
    struct tile_set *sets;
    size_t count;
};

/* Refuses two tiles in one place, a region with two tiles, and two sets for one day. */
ERROR_CHECKED bool tile_read(const char *bytes, size_t size, const char *subject,
                             struct arena *arena, struct tile_map *out, struct error *err);

/* NULL when the day has none. */
const struct tile_set *tile_set_on(const struct tile_map *map, day on);

#endif
