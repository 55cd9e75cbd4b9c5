/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/plan.h"

#include <string.h>

#include "models/core/json.h"

struct reader {
    struct arena *arena;
    struct error *err;
};

static bool keep(const struct reader *reader, const char *value, const char **out)
{
    *out = arena_copy(reader->arena, value, strlen(value));
    return *out || arena_error(reader->arena, reader->err);
}

static bool read_name(const struct reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, const char **out)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, reader->err))
        return false;
    if (!value[0] || strlen(value) > PLAN_NAME_CAP || strpbrk(value, "\t\r\n"))
        return json_error(place, reader->err,
                          "%s: expected 1 to %d bytes on one line, found \"%.40s\"", key,
                          PLAN_NAME_CAP, value);
    return keep(reader, value, out);
}

/* An optional text; "" when it is not there. */
static bool read_optional(const struct reader *reader, const json_t *object, const char *key,
                          const struct json_place *place, const char **out)
{
    *out = "";
    return !json_has(object, key) || read_name(reader, object, key, place, out);
}

static bool read_number(const struct reader *reader, const json_t *object, const char *key,
                        const struct json_place *place, int64_t max, int64_t *out)
{
    return !json_has(object, key) || json_get_integer(object, key, place, 0, max, out, reader->err);
}

/* One of a NULL-terminated list of names, as its number. */
static bool read_choice(const struct reader *reader, const json_t *object, const char *key,
                        const struct json_place *place, const char *const *names, int *out)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, reader->err))
        return false;
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], value) == 0) {
            *out = i;
            return true;
        }
    }
    return json_error(place, reader->err, "%s: expected \"%s\" or the like, found \"%.40s\"", key,
                      names[0], value);
}

static bool read_list(const struct reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, struct plan_list *out)
{
    json_t *array;
    if (!json_has(object, key))
        return true;
    if (!json_get_array(object, key, place, &array, reader->err))
        return false;
    out->count = json_array_size(array);
    if (out->count == 0 || out->count > PLAN_LIST_CAP)
        return json_error(place, reader->err, "%s: expected 1 to %d items, found %zu", key,
                          PLAN_LIST_CAP, out->count);
    for (size_t i = 0; i < out->count; i++) {
        const char *item = json_string_value(json_array_get(array, i));
        /* Items are handed to the database as an array literal. */
        if (!item || !item[0] || strpbrk(item, "\",{}\\ \t\r\n"))
            return json_error(place, reader->err, "%s[%zu]: expected a code", key, i);
        if (!keep(reader, item, &out->items[i]))
            return false;
    }
    return true;
}

static bool read_stratum(const struct reader *reader, const json_t *object,
                         const struct json_place *place, struct quota_stratum *out)
{
    static const char *const members[] = {"class", "rate_ppm", "min", "max", NULL};
    const char *letter = NULL;
    if (!json_is_object(object))
        return json_error(place, reader->err, "expected an object");
    if (!json_only(object, place, members, reader->err) ||
        !json_get_text(object, "class", place, &letter, reader->err) ||
        !json_get_integer(object, "rate_ppm", place, 0, QUOTA_PPM, &out->rate_ppm, reader->err) ||
        !read_number(reader, object, "min", place, QUOTA_FRAME_CAP, &out->min) ||
        !read_number(reader, object, "max", place, QUOTA_FRAME_CAP, &out->max))
        return false;
    if (strlen(letter) != 1 || letter[0] < 'A' || letter[0] > 'Z')
        return json_error(place, reader->err, "class: expected one letter A to Z, found \"%.20s\"",
                          letter);
    if (!keep(reader, letter, &letter))
        return false;
    out->name = text_of(letter);
    return true;
}

static bool read_strata(const struct reader *reader, const json_t *root,
                        const struct json_place *place, struct plan *plan)
{
    json_t *array;
    if (!json_get_array(root, "strata", place, &array, reader->err))
        return false;
    struct json_place list = json_place_member(place, "strata");
    plan->stratum_count = json_array_size(array);
    if (plan->stratum_count == 0 || plan->stratum_count > PLAN_STRATA_CAP)
        return json_error(&list, reader->err, "expected 1 to %d strata, found %zu", PLAN_STRATA_CAP,
                          plan->stratum_count);
    for (size_t i = 0; i < plan->stratum_count; i++) {
        struct json_place item = json_place_item(&list, i);
        if (!read_stratum(reader, json_array_get(array, i), &item, &plan->strata[i]))
            return false;
        for (size_t j = 0; j < i; j++) {
            if (text_equal(plan->strata[i].name, plan->strata[j].name))
                return json_error(&item, reader->err, "class %s is there twice",
                                  plan->strata[i].name.data);
        }
    }
    return true;
}

static bool read_quota(const struct reader *reader, const json_t *root,
                       const struct json_place *place, struct plan *plan)
{
    static const char *const members[] = {"rule", "total", NULL};
    json_t *object;
    if (!json_get_object(root, "quota", place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "quota");
    if (!json_only(object, &inner, members, reader->err) ||
        !read_choice(reader, object, "rule", &inner, quota_rule_names, &plan->quota_rule) ||
        !read_number(reader, object, "total", &inner, QUOTA_FRAME_CAP, &plan->quota_total))
        return false;
    return (plan->quota_rule == QUOTA_HAMILTON) == (plan->quota_total > 0) ||
           json_error(&inner, reader->err, "total goes with rule hamilton and with no other");
}

static bool read_population(const struct reader *reader, const json_t *root,
                            const struct json_place *place, struct plan *plan)
{
    static const char *const members[] = {"licence_tag", "region_codes", "industry_sections",
                                          "visits_per_year_cap", NULL};
    json_t *object;
    if (!json_get_object(root, "population", place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "population");
    return json_only(object, &inner, members, reader->err) &&
           read_optional(reader, object, "licence_tag", &inner, &plan->licence_tag) &&
           read_list(reader, object, "region_codes", &inner, &plan->region_codes) &&
           read_list(reader, object, "industry_sections", &inner, &plan->industry_sections) &&
           read_number(reader, object, "visits_per_year_cap", &inner, 1000,
                       &plan->visits_per_year_cap);
}

static bool read_inspectors(const struct reader *reader, const json_t *root,
                            const struct json_place *place, struct plan *plan)
{
    enum { PER_VISIT_CAP = 20, LOAD_CAP = 100000 };
    static const char *const members[] = {"per_visit",    "reserves",   "slack",       "load_cap",
                                          "region_tiers", "speciality", "departments", NULL};
    static const char *const specialities[] = {"none", "entity", NULL};
    json_t *object;
    int speciality = 0;
    if (!json_get_object(root, "inspectors", place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "inspectors");
    if (!json_only(object, &inner, members, reader->err) ||
        !json_get_integer(object, "per_visit", &inner, 0, PER_VISIT_CAP, &plan->per_visit,
                          reader->err) ||
        !read_number(reader, object, "reserves", &inner, PER_VISIT_CAP, &plan->reserves) ||
        !read_number(reader, object, "slack", &inner, LOAD_CAP, &plan->slack) ||
        !read_number(reader, object, "load_cap", &inner, LOAD_CAP, &plan->load_cap) ||
        !read_name(reader, object, "region_tiers", &inner, &plan->region_tiers) ||
        !read_choice(reader, object, "speciality", &inner, specialities, &speciality))
        return false;
    plan->speciality_of_entity = speciality == 1;
    return read_list(reader, object, "departments", &inner, &plan->departments);
}

static bool read_beacon(const struct reader *reader, const json_t *root,
                        const struct json_place *place, struct plan *plan)
{
    static const char *const members[] = {"source", "delay_s", "rule", NULL};
    json_t *object;
    if (!json_get_object(root, "beacon", place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "beacon");
    if (!json_only(object, &inner, members, reader->err) ||
        !read_choice(reader, object, "source", &inner, beacon_source_names, &plan->beacon_source) ||
        !json_get_integer(object, "delay_s", &inner, 0, PLAN_DELAY_CAP_S, &plan->beacon_delay_s,
                          reader->err) ||
        !read_optional(reader, object, "rule", &inner, &plan->beacon_rule))
        return false;
    return (plan->beacon_source == BEACON_DECLARED_TEXT) == (plan->beacon_rule[0] != '\0') ||
           json_error(&inner, reader->err,
                      "rule (which future results, quoted how) goes with source declared-text and "
                      "with no other");
}

static bool read_head(const struct reader *reader, const json_t *root,
                      const struct json_place *place, struct plan *plan)
{
    static const char *const title_members[] = {"zh", "en", NULL};
    static const char *const algs[] = {"sha256", "sm3", NULL};
    const char *format = NULL;
    json_t *title;
    if (!json_get_text(root, "plan_format", place, &format, reader->err))
        return false;
    if (strcmp(format, "heng-draw-plan-1") != 0)
        return json_error(place, reader->err,
                          "plan_format: expected \"heng-draw-plan-1\", found \"%.40s\"", format);
    if (!read_name(reader, root, "plan", place, &plan->name) ||
        !read_name(reader, root, "authority", place, &plan->authority) ||
        !read_name(reader, root, "jurisdiction", place, &plan->jurisdiction) ||
        !read_choice(reader, root, "alg", place, algs, &plan->alg) ||
        !json_get_object(root, "title", place, &title, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "title");
    return json_only(title, &inner, title_members, reader->err) &&
           read_name(reader, title, "zh", &inner, &plan->title_zh) &&
           read_name(reader, title, "en", &inner, &plan->title_en) &&
           json_get_integer(root, "reveal_within_days", place, 0, PLAN_DAYS_CAP,
                            &plan->reveal_within_days, reader->err);
}

static bool read_document(const struct reader *reader, const json_t *root, const char *subject,
                          struct plan *plan)
{
    static const char *const members[] = {
        "plan_format", "plan",       "authority",  "title",  "jurisdiction",       "alg",  "strata",
        "quota",       "population", "inspectors", "beacon", "reveal_within_days", "note", NULL};
    struct json_place place = json_place_root(subject);
    const char *note = NULL;
    if (!json_is_object(root))
        return json_error(&place, reader->err, "expected an object");
    return json_only(root, &place, members, reader->err) &&
           (!json_has(root, "note") || json_get_text(root, "note", &place, &note, reader->err)) &&
           read_head(reader, root, &place, plan) && read_strata(reader, root, &place, plan) &&
           read_quota(reader, root, &place, plan) && read_population(reader, root, &place, plan) &&
           read_inspectors(reader, root, &place, plan) && read_beacon(reader, root, &place, plan);
}

bool plan_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
               struct plan **out, struct error *err)
{
    json_t *root = NULL;
    struct reader reader = {arena, err};
    if (size > PLAN_BYTES_CAP)
        return error_set(err, ERROR_LIMIT, subject, "a plan has at most %d bytes, found %zu",
                         PLAN_BYTES_CAP, size);
    if (!json_read(bytes, size, subject, &root, err))
        return false;
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    bool ok = plan ? read_document(&reader, root, subject, plan) : arena_error(arena, err);
    json_decref(root);
    if (!ok)
        return false;
    digest_of((enum digest_alg)plan->alg, bytes, size, plan->hash);
    *out = plan;
    return true;
}
