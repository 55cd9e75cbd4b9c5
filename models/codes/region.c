/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/codes/region.h"

#include <stdlib.h>
#include <string.h>

#include "models/core/json.h"

static const char *const kind_names[REGION_KIND_COUNT] = {
    [REGION_PROVINCE] = "province",     [REGION_DISTRICT] = "district",
    [REGION_COUNTY] = "county",         [REGION_AUTONOMOUS_COUNTY] = "autonomous_county",
    [REGION_FUNCTIONAL] = "functional", [REGION_WARD] = "ward",
};

const char *region_kind_name(enum region_kind kind)
{
    return kind_names[kind];
}

bool region_kind_of(struct text name, enum region_kind *out)
{
    for (int i = 0; i < REGION_KIND_COUNT; i++) {
        if (text_is(name, kind_names[i])) {
            *out = (enum region_kind)i;
            return true;
        }
    }
    return false;
}

static int compare_regions(const void *a, const void *b)
{
    const struct region *left = a;
    const struct region *right = b;
    int order = strcmp(left->code, right->code);
    return order ? order
                 : (left->valid_from > right->valid_from) - (left->valid_from < right->valid_from);
}

const struct region *region_find(const struct region_list *list, struct text code, day on)
{
    size_t low = 0;
    size_t high = list->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct region *region = &list->regions[middle];
        int order = text_compare(text_of(region->code), code);
        if (order == 0 && on >= region->valid_from && on <= region->valid_to)
            return region;
        if (order < 0 || (order == 0 && region->valid_to < on))
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* The first succession of this code after known_on and not after on. */
static const struct region_succession *next_succession(const struct region_list *list,
                                                       const char *code, day known_on, day on)
{
    const struct region_succession *first = NULL;
    for (size_t i = 0; i < list->succession_count; i++) {
        const struct region_succession *row = &list->successions[i];
        if (strcmp(row->from, code) == 0 && row->on > known_on && row->on <= on &&
            (!first || row->on < first->on))
            first = row;
    }
    return first;
}

const struct region *region_present(const struct region_list *list, struct text code, day known_on,
                                    day on)
{
    const struct region *region = region_find(list, code, known_on);
    while (region) {
        const struct region_succession *row = next_succession(list, region->code, known_on, on);
        if (!row)
            return on <= region->valid_to ? region : NULL;
        if (!row->whole)
            return NULL;
        known_on = row->on;
        region = region_find(list, text_of(row->to), known_on);
    }
    return NULL;
}

struct reader {
    struct arena *arena;
    struct error *err;
};

static bool copy_text(const struct reader *reader, const char *value, const char **out)
{
    struct text text = text_of(value);
    *out = arena_copy(reader->arena, text.data, text.size);
    return *out || arena_error(reader->arena, reader->err);
}

static bool read_text(const struct reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, const char **out)
{
    const char *value = NULL;
    return json_get_text(object, key, place, &value, reader->err) && copy_text(reader, value, out);
}

static bool read_optional_text(const struct reader *reader, const json_t *object, const char *key,
                               const struct json_place *place, const char **out)
{
    *out = "";
    return !json_has(object, key) || read_text(reader, object, key, place, out);
}

static bool read_region(const struct reader *reader, const json_t *object,
                        const struct json_place *place, struct region *out)
{
    static const char *const keys[] = {"code",       "name",     "kind", "parent",
                                       "valid_from", "valid_to", NULL};
    const char *kind = NULL;
    struct error *err = reader->err;
    out->valid_to = DAY_LAST;
    if (!json_only(object, place, keys, err) ||
        !read_text(reader, object, "code", place, &out->code) ||
        !read_text(reader, object, "name", place, &out->name) ||
        !read_optional_text(reader, object, "parent", place, &out->parent) ||
        !json_get_text(object, "kind", place, &kind, err) ||
        !json_get_day(object, "valid_from", place, &out->valid_from, err))
        return false;
    if (json_has(object, "valid_to") &&
        !json_get_day(object, "valid_to", place, &out->valid_to, err))
        return false;
    if (!region_kind_of(text_of(kind), &out->kind))
        return json_error(place, err,
                          "kind: expected province, district, county, "
                          "autonomous_county, functional or ward, found \"%.40s\"",
                          kind);
    if (out->valid_to < out->valid_from)
        return json_error(place, err, "valid_to is before valid_from");
    return true;
}

static bool read_succession(const struct reader *reader, const json_t *object,
                            const struct json_place *place, struct region_succession *out)
{
    static const char *const keys[] = {"on", "from", "to", "extent", "note", NULL};
    const char *extent = NULL;
    struct error *err = reader->err;
    if (!json_only(object, place, keys, err) || !json_get_day(object, "on", place, &out->on, err) ||
        !read_text(reader, object, "from", place, &out->from) ||
        !read_text(reader, object, "to", place, &out->to) ||
        !read_optional_text(reader, object, "note", place, &out->note) ||
        !json_get_text(object, "extent", place, &extent, err))
        return false;
    out->whole = strcmp(extent, "whole") == 0;
    if (!out->whole && strcmp(extent, "part") != 0)
        return json_error(place, err, "extent: expected whole or part, found \"%.40s\"", extent);
    return true;
}

static bool check_overlaps(const struct region_list *list, const struct json_place *place,
                           struct error *err)
{
    for (size_t i = 1; i < list->count; i++) {
        const struct region *earlier = &list->regions[i - 1];
        const struct region *later = &list->regions[i];
        if (strcmp(earlier->code, later->code) == 0 && earlier->valid_to >= later->valid_from)
            return json_error(place, err, "code %s is valid twice on one day", later->code);
    }
    return true;
}

static bool check_successions(const struct region_list *list, const struct json_place *place,
                              struct error *err)
{
    for (size_t i = 0; i < list->succession_count; i++) {
        const struct region_succession *row = &list->successions[i];
        if (!region_find(list, text_of(row->from), row->on - 1) ||
            !region_find(list, text_of(row->to), row->on)) {
            struct json_place item = json_place_item(place, i);
            return json_error(&item, err,
                              "expected a code valid the day before and one valid "
                              "that day, found %.20s and %.20s",
                              row->from, row->to);
        }
    }
    return true;
}

static bool read_regions(const struct reader *reader, const json_t *array,
                         const struct json_place *place, struct region_list *out)
{
    out->count = json_array_size(array);
    if (out->count > REGION_CAP)
        return error_set(reader->err, ERROR_LIMIT, place->subject,
                         "a region list has at most %d rows, found %zu", REGION_CAP, out->count);
    out->regions = arena_array(reader->arena, out->count, sizeof *out->regions);
    if (!out->regions)
        return arena_error(reader->arena, reader->err);
    for (size_t i = 0; i < out->count; i++) {
        struct json_place item = json_place_item(place, i);
        if (!read_region(reader, json_array_get(array, i), &item, &out->regions[i]))
            return false;
    }
    qsort(out->regions, out->count, sizeof *out->regions, compare_regions);
    return check_overlaps(out, place, reader->err);
}

static bool read_successions(const struct reader *reader, const json_t *array,
                             const struct json_place *place, struct region_list *out)
{
    out->succession_count = json_array_size(array);
    if (out->succession_count > REGION_CAP)
        return error_set(reader->err, ERROR_LIMIT, place->subject,
                         "a region list has at most %d successions, found %zu", REGION_CAP,
                         out->succession_count);
    out->successions = arena_array(reader->arena, out->succession_count, sizeof *out->successions);
    if (!out->successions)
        return arena_error(reader->arena, reader->err);
    for (size_t i = 0; i < out->succession_count; i++) {
        struct json_place item = json_place_item(place, i);
        if (!read_succession(reader, json_array_get(array, i), &item, &out->successions[i]))
            return false;
    }
    return check_successions(out, place, reader->err);
}

static bool read_document(const struct reader *reader, const json_t *document, const char *subject,
                          struct region_list *out)
{
    static const char *const keys[] = {"regions", "jurisdiction", "title",
                                       "region",  "succession",   NULL};
    struct json_place place = json_place_root(subject);
    const char *format = NULL;
    json_t *regions = NULL;
    json_t *successions = NULL;
    if (!json_only(document, &place, keys, reader->err) ||
        !json_get_text(document, "regions", &place, &format, reader->err) ||
        !read_text(reader, document, "jurisdiction", &place, &out->jurisdiction) ||
        !json_get_array(document, "region", &place, &regions, reader->err) ||
        !json_get_array(document, "succession", &place, &successions, reader->err))
        return false;
    if (strcmp(format, "heng-regions-1") != 0)
        return json_error(&place, reader->err,
                          "regions: expected \"heng-regions-1\", found \"%.40s\"", format);
    struct json_place region_place = json_place_member(&place, "region");
    struct json_place succession_place = json_place_member(&place, "succession");
    return read_regions(reader, regions, &region_place, out) &&
           read_successions(reader, successions, &succession_place, out);
}

bool region_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
                 struct region_list *out, struct error *err)
{
    const struct reader reader = {.arena = arena, .err = err};
    json_t *document = NULL;
    *out = (struct region_list){0};
    if (!json_read(bytes, size, subject, &document, err))
        return false;
    bool read = read_document(&reader, document, subject, out);
    json_decref(document);
    return read;
}
