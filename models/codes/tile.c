/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/codes/tile.h"

#include <string.h>

#include "models/core/json.h"

const struct tile_set *tile_set_on(const struct tile_map *map, day on)
{
    for (size_t i = 0; i < map->count; i++) {
        if (on >= map->sets[i].valid_from && on <= map->sets[i].valid_to)
            return &map->sets[i];
    }
    return NULL;
}

struct reader {
    struct arena *arena;
    struct error *err;
};

static bool read_text(const struct reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, const char **out)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, reader->err))
        return false;
    *out = arena_copy(reader->arena, value, strlen(value));
    return *out || arena_error(reader->arena, reader->err);
}

static bool read_tile(const struct reader *reader, const json_t *object,
                      const struct json_place *place, struct tile *out)
{
    static const char *const keys[] = {"code", "row", "column", "rows", NULL};
    int64_t row = 0;
    int64_t column = 0;
    int64_t rows = 1;
    if (!json_only(object, place, keys, reader->err) ||
        !read_text(reader, object, "code", place, &out->code) ||
        !json_get_integer(object, "row", place, 1, TILE_GRID_CAP, &row, reader->err) ||
        !json_get_integer(object, "column", place, 1, TILE_GRID_CAP, &column, reader->err))
        return false;
    if (json_has(object, "rows") &&
        !json_get_integer(object, "rows", place, 1, TILE_GRID_CAP - row + 1, &rows, reader->err))
        return false;
    out->row = (int)row;
    out->column = (int)column;
    out->rows = (int)rows;
    return true;
}

static bool check_tiles(const struct tile_set *set, const struct json_place *place,
                        struct error *err)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct tile *one = &set->tiles[i];
        for (size_t j = 0; j < i; j++) {
            const struct tile *other = &set->tiles[j];
            if (strcmp(one->code, other->code) == 0)
                return json_error(place, err, "region %.20s has two tiles", one->code);
            if (one->column == other->column && one->row < other->row + other->rows &&
                other->row < one->row + one->rows)
                return json_error(place, err, "%.20s and %.20s stand in one place", one->code,
                                  other->code);
        }
    }
    return true;
}

static bool read_tiles(const struct reader *reader, const json_t *array,
                       const struct json_place *place, struct tile_set *out)
{
    out->count = json_array_size(array);
    if (out->count > TILE_CAP)
        return error_set(reader->err, ERROR_LIMIT, place->subject,
                         "a set has at most %d tiles, found %zu", TILE_CAP, out->count);
    out->tiles = arena_array(reader->arena, out->count, sizeof *out->tiles);
    if (!out->tiles)
        return arena_error(reader->arena, reader->err);
    for (size_t i = 0; i < out->count; i++) {
        struct json_place item = json_place_item(place, i);
        if (!read_tile(reader, json_array_get(array, i), &item, &out->tiles[i]))
            return false;
    }
    return check_tiles(out, place, reader->err);
}

static bool read_set(const struct reader *reader, const json_t *object,
                     const struct json_place *place, struct tile_set *out)
{
    static const char *const keys[] = {"name", "valid_from", "valid_to", "tile", NULL};
    json_t *tiles = NULL;
    out->valid_to = DAY_LAST;
    if (!json_only(object, place, keys, reader->err) ||
        !read_text(reader, object, "name", place, &out->name) ||
        !json_get_day(object, "valid_from", place, &out->valid_from, reader->err) ||
        !json_get_array(object, "tile", place, &tiles, reader->err))
        return false;
    if (json_has(object, "valid_to") &&
        !json_get_day(object, "valid_to", place, &out->valid_to, reader->err))
        return false;
    if (out->valid_to < out->valid_from)
        return json_error(place, reader->err, "valid_to is before valid_from");
    struct json_place inner = json_place_member(place, "tile");
    return read_tiles(reader, tiles, &inner, out);
}

static bool check_sets(const struct tile_map *map, const struct json_place *place,
                       struct error *err)
{
    for (size_t i = 0; i < map->count; i++) {
        for (size_t j = 0; j < i; j++) {
            if (map->sets[i].valid_from <= map->sets[j].valid_to &&
                map->sets[j].valid_from <= map->sets[i].valid_to)
                return json_error(place, err, "sets %.20s and %.20s are for the same days",
                                  map->sets[j].name, map->sets[i].name);
        }
    }
    return true;
}

static bool read_sets(const struct reader *reader, const json_t *array,
                      const struct json_place *place, struct tile_map *out)
{
    out->count = json_array_size(array);
    if (out->count > TILE_SETS_CAP)
        return error_set(reader->err, ERROR_LIMIT, place->subject,
                         "a tile map has at most %d sets, found %zu", TILE_SETS_CAP, out->count);
    out->sets = arena_array(reader->arena, out->count, sizeof *out->sets);
    if (!out->sets)
        return arena_error(reader->arena, reader->err);
    for (size_t i = 0; i < out->count; i++) {
        struct json_place item = json_place_item(place, i);
        if (!read_set(reader, json_array_get(array, i), &item, &out->sets[i]))
            return false;
    }
    return check_sets(out, place, reader->err);
}

static bool read_document(const struct reader *reader, const json_t *document, const char *subject,
                          struct tile_map *out)
{
    static const char *const keys[] = {"tiles", "jurisdiction", "title", "set", NULL};
    struct json_place place = json_place_root(subject);
    const char *format = NULL;
    json_t *title = NULL;
    json_t *sets = NULL;
    if (!json_only(document, &place, keys, reader->err) ||
        !json_get_text(document, "tiles", &place, &format, reader->err) ||
        !read_text(reader, document, "jurisdiction", &place, &out->jurisdiction) ||
        !json_get_object(document, "title", &place, &title, reader->err) ||
        !json_get_array(document, "set", &place, &sets, reader->err))
        return false;
    if (strcmp(format, "heng-tiles-1") != 0)
        return json_error(&place, reader->err, "tiles: expected \"heng-tiles-1\", found \"%.40s\"",
                          format);
    struct json_place inner = json_place_member(&place, "set");
    return read_sets(reader, sets, &inner, out);
}

bool tile_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
               struct tile_map *out, struct error *err)
{
    const struct reader reader = {.arena = arena, .err = err};
    json_t *document = NULL;
    *out = (struct tile_map){0};
    if (!json_read(bytes, size, subject, &document, err))
        return false;
    bool read = read_document(&reader, document, subject, out);
    json_decref(document);
    return read;
}
