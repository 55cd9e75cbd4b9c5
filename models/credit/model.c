/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/model.h"

#include <string.h>

static bool read_unique(const struct credit_reader *reader, const struct json_place *place,
                        const char *id, const char *other)
{
    return strcmp(id, other) != 0 ||
           json_error(place, reader->err, "expected different ids, found \"%s\" twice", id);
}

static bool read_head(const struct credit_reader *reader, const json_t *root,
                      const struct json_place *place, struct credit_model *out)
{
    const char *format = NULL;
    if (!json_get_text(root, "model", place, &format, reader->err))
        return false;
    if (strcmp(format, CREDIT_MODEL_FORMAT) != 0) {
        struct json_place inner = json_place_member(place, "model");
        return json_error(&inner, reader->err, "expected \"%s\", found \"%.60s\"",
                          CREDIT_MODEL_FORMAT, format);
    }
    return credit_read_id(reader, root, "scheme", place, &out->scheme) &&
           credit_read_text(reader, root, "version", place, &out->version) &&
           json_get_day(root, "valid_from", place, &out->valid_from, reader->err) &&
           credit_read_title(reader, root, "title", place, &out->title) &&
           credit_read_title(reader, root, "authority", place, &out->authority) &&
           json_get_bool(root, "example", place, &out->example, reader->err) &&
           credit_read_text(reader, root, "jurisdiction", place, &out->jurisdiction) &&
           credit_read_points(reader, root, "base_milli", place, &out->base_milli);
}

static bool read_unknown(const struct credit_reader *reader, const json_t *root,
                         const struct json_place *place, struct credit_model *out)
{
    json_t *unknown = NULL;
    int64_t low_coverage_ppm = 0;
    if (!json_get_object(root, "unknown", place, &unknown, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "unknown");
    if (!json_only(unknown, &inner, (const char *const[]){"low_coverage_ppm", NULL}, reader->err) ||
        !json_get_integer(unknown, "low_coverage_ppm", &inner, 0, CREDIT_PPM, &low_coverage_ppm,
                          reader->err))
        return false;
    out->low_coverage_ppm = (int32_t)low_coverage_ppm;
    return true;
}

static bool read_classes(const struct credit_reader *reader, const json_t *root,
                         const struct json_place *place, struct credit_model *out)
{
    json_t *list = NULL;
    if (!json_get_array(root, "classes", place, &list, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "classes");
    size_t count = json_array_size(list);
    if (count < 2 || count > CREDIT_CLASSES_CAP)
        return json_error(&inner, reader->err, "expected 2 to %d classes, found %zu",
                          CREDIT_CLASSES_CAP, count);
    for (size_t i = 0; i < count; i++) {
        const char *letter = json_string_value(json_array_get(list, i));
        struct json_place at = json_place_item(&inner, i);
        if (!letter || letter[0] < 'A' || letter[0] > 'Z' || letter[1] != '\0')
            return json_error(&at, reader->err, "expected one letter from A to Z");
        if (strchr(out->classes, letter[0]))
            return json_error(&at, reader->err, "expected different classes, found %s twice",
                              letter);
        out->classes[i] = letter[0];
    }
    return true;
}

/* The bands go through all classes, from the best to the worst or the other way round. */
static bool read_band_class(const struct credit_reader *reader, const json_t *item,
                            const struct json_place *place, struct credit_model *out, size_t i)
{
    uint8_t rank = 0;
    if (!credit_rule_read_class(reader, item, "class", place, out->classes, &rank))
        return false;
    size_t last = out->bands.count - 1u;
    bool rising = i == 0 ? rank == 0 : out->bands.points_milli[0] == 0;
    size_t expected = rising ? i : last - i;
    if (rank != expected) {
        struct json_place inner = json_place_member(place, "class");
        return json_error(&inner, reader->err,
                          "expected class %c: bands go from best to worst or from worst to best",
                          out->classes[expected]);
    }
    out->bands.points_milli[i] = rank;
    return true;
}

static bool read_band_limit(const struct credit_reader *reader, const json_t *item,
                            const struct json_place *place, struct credit_model *out, size_t i)
{
    struct json_place inner = json_place_member(place, "below_milli");
    int64_t *limit = &out->bands.below[i];
    if (i + 1u == out->bands.count) {
        *limit = INT64_MAX;
        return !json_object_get(item, "below_milli") ||
               json_error(&inner, reader->err, "the last band has no limit");
    }
    if (!credit_read_points(reader, item, "below_milli", place, limit))
        return false;
    return i == 0 || *limit > out->bands.below[i - 1] ||
           json_error(&inner, reader->err, "expected a limit above the last one, %lld, found %lld",
                      (long long)out->bands.below[i - 1], (long long)*limit);
}

static bool read_bands(const struct credit_reader *reader, const json_t *root,
                       const struct json_place *place, struct credit_model *out)
{
    json_t *list = NULL;
    struct json_place inner;
    if (!credit_read_list(reader, root, "bands", place, CREDIT_CLASSES_CAP, &list, &inner))
        return false;
    size_t count = json_array_size(list);
    if (count != strlen(out->classes))
        return json_error(&inner, reader->err, "expected one band per class, %zu, found %zu",
                          strlen(out->classes), count);
    out->bands.count = (uint8_t)count;
    for (size_t i = 0; i < count; i++) {
        const json_t *item = NULL;
        struct json_place at;
        if (!credit_read_item(reader, list, &inner, i, &item, &at) ||
            !json_only(item, &at, (const char *const[]){"class", "below_milli", NULL},
                       reader->err) ||
            !read_band_class(reader, item, &at, out, i) ||
            !read_band_limit(reader, item, &at, out, i))
            return false;
    }
    return true;
}

static bool read_indicators(const struct credit_reader *reader, const json_t *object,
                            const struct json_place *place, struct credit_model *out,
                            struct credit_dimension *dimension)
{
    json_t *list = NULL;
    struct json_place inner;
    if (!credit_read_list(reader, object, "indicators", place, CREDIT_INDICATORS_CAP, &list,
                          &inner))
        return false;
    size_t count = json_array_size(list);
    if (out->indicator_count + count > CREDIT_INDICATORS_CAP)
        return json_error(&inner, reader->err, "expected at most %d indicators in all, found %zu",
                          CREDIT_INDICATORS_CAP, out->indicator_count + count);
    dimension->first_indicator = out->indicator_count;
    dimension->indicator_count = (uint8_t)count;
    for (size_t i = 0; i < count; i++) {
        const json_t *item = NULL;
        struct json_place at;
        struct credit_indicator *indicator = &out->indicators[out->indicator_count];
        if (!credit_read_item(reader, list, &inner, i, &item, &at) ||
            !credit_indicator_read(reader, item, &at, indicator))
            return false;
        struct json_place id = json_place_member(&at, "id");
        for (size_t k = 0; k < out->indicator_count; k++) {
            if (!read_unique(reader, &id, indicator->id, out->indicators[k].id))
                return false;
        }
        indicator->dimension = out->dimension_count;
        out->indicator_count++;
    }
    return true;
}

static bool read_dimension(const struct credit_reader *reader, const json_t *object,
                           const struct json_place *place, struct credit_model *out)
{
    struct credit_dimension *dimension = &out->dimensions[out->dimension_count];
    if (!json_only(object, place,
                   (const char *const[]){"id", "title", "base_milli", "min_milli", "max_milli",
                                         "indicators", NULL},
                   reader->err) ||
        !credit_read_id(reader, object, "id", place, &dimension->id) ||
        !credit_read_title(reader, object, "title", place, &dimension->title) ||
        !credit_read_points(reader, object, "base_milli", place, &dimension->base_milli) ||
        !credit_read_points(reader, object, "min_milli", place, &dimension->min_milli) ||
        !credit_read_points(reader, object, "max_milli", place, &dimension->max_milli))
        return false;
    if (dimension->min_milli > dimension->max_milli)
        return json_error(place, reader->err,
                          "expected min_milli at most max_milli, found %lld > %lld",
                          (long long)dimension->min_milli, (long long)dimension->max_milli);
    struct json_place id = json_place_member(place, "id");
    for (size_t k = 0; k < out->dimension_count; k++) {
        if (!read_unique(reader, &id, dimension->id, out->dimensions[k].id))
            return false;
    }
    return read_indicators(reader, object, place, out, dimension);
}

static bool read_dimensions(const struct credit_reader *reader, const json_t *root,
                            const struct json_place *place, struct credit_model *out)
{
    json_t *list = NULL;
    struct json_place inner;
    if (!credit_read_list(reader, root, "dimensions", place, CREDIT_DIMENSIONS_CAP, &list, &inner))
        return false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = NULL;
        struct json_place at;
        if (!credit_read_item(reader, list, &inner, i, &item, &at) ||
            !read_dimension(reader, item, &at, out))
            return false;
        out->dimension_count++;
    }
    return true;
}

static bool read_rules(const struct credit_reader *reader, const json_t *root, const char *key,
                       const struct json_place *place, struct credit_model *out)
{
    json_t *list = NULL;
    if (!json_get_array(root, key, place, &list, reader->err))
        return false;
    struct json_place inner = json_place_member(place, key);
    size_t count = json_array_size(list);
    if (out->rule_count + count > CREDIT_RULES_CAP)
        return json_error(&inner, reader->err, "expected at most %d rules in all, found %zu",
                          CREDIT_RULES_CAP, out->rule_count + count);
    bool direct = strcmp(key, "direct") == 0;
    for (size_t i = 0; i < count; i++) {
        const json_t *item = NULL;
        struct json_place at;
        struct credit_rule *rule = &out->rules[out->rule_count];
        if (!credit_read_item(reader, list, &inner, i, &item, &at) ||
            !(direct ? credit_rule_read_direct(reader, item, &at, out->classes, rule)
                     : credit_rule_read_adjust(reader, item, &at, rule)))
            return false;
        struct json_place id = json_place_member(&at, "id");
        for (size_t k = 0; k < out->rule_count; k++) {
            if (!read_unique(reader, &id, rule->id, out->rules[k].id))
                return false;
        }
        out->rule_count++;
    }
    if (direct)
        out->direct_count = out->rule_count;
    return true;
}

static bool add_counter(const struct credit_reader *reader, struct credit_model *out,
                        struct credit_owner owner)
{
    if (out->counter_count == CREDIT_COUNTERS_CAP)
        return error_set(reader->err, ERROR_LIMIT, "credit model",
                         "indicators and rules need at most %d counters, found %d or more",
                         CREDIT_COUNTERS_CAP, CREDIT_COUNTERS_CAP + 1);
    out->owners[out->counter_count++] = owner;
    return true;
}

static bool number_indicators(const struct credit_reader *reader, struct credit_model *out)
{
    for (uint8_t i = 0; i < out->indicator_count; i++) {
        struct credit_indicator *indicator = &out->indicators[i];
        out->may_miss_count = (uint8_t)(out->may_miss_count + indicator->kind->may_miss);
        if (strcmp(indicator->kind->name, "related") == 0) {
            if (out->related_count == CREDIT_RELATED_CAP)
                return error_set(reader->err, ERROR_LIMIT, "credit model",
                                 "at most %d related indicators, found %d or more",
                                 CREDIT_RELATED_CAP, CREDIT_RELATED_CAP + 1);
            indicator->related = out->related_count;
            out->related[out->related_count++] = i;
        }
        if (strcmp(indicator->kind->name, "imported") == 0)
            out->graded_kinds |= indicator->facts[0].kinds;
        indicator->counter = out->counter_count;
        for (unsigned part = 0; part < indicator->kind->counters; part++) {
            bool adverse = part == 1 && strcmp(indicator->kind->name, "share") == 0;
            if (!add_counter(reader, out,
                             (struct credit_owner){.facts = &indicator->facts[part],
                                                   .index = i,
                                                   .is_adverse = adverse}))
                return false;
        }
    }
    return true;
}

static bool number_rules(const struct credit_reader *reader, struct credit_model *out)
{
    for (uint8_t i = 0; i < out->rule_count; i++) {
        struct credit_rule *rule = &out->rules[i];
        if (rule->facts.kinds == 0)
            continue;
        rule->counter = out->counter_count;
        if (!add_counter(reader, out,
                         (struct credit_owner){.facts = &rule->facts, .index = i, .is_rule = true}))
            return false;
    }
    return true;
}

static void fill_cell(struct credit_model *out, unsigned kind, unsigned state, unsigned severity)
{
    unsigned cell = credit_cell(kind, state, severity);
    for (unsigned i = 0; i < out->counter_count; i++) {
        if (credit_condition_admits(out->owners[i].facts, kind, state, severity))
            out->counters_of[cell] |= UINT64_C(1) << i;
    }
    for (unsigned i = 0; i < out->related_count; i++) {
        const struct credit_indicator *indicator = &out->indicators[out->related[i]];
        if (credit_condition_admits(&indicator->facts[0], kind, state, severity))
            out->related_of[cell] = (uint8_t)(out->related_of[cell] | 1u << i);
    }
}

static void fill_cells(struct credit_model *out)
{
    for (unsigned kind = 1; kind < CREDIT_KIND_COUNT; kind++) {
        for (unsigned state = 0; state < CREDIT_STATE_COUNT; state++) {
            for (unsigned severity = 0; severity < CREDIT_SEVERITY_COUNT; severity++)
                fill_cell(out, kind, state, severity);
        }
    }
}

static bool read_root(const struct credit_reader *reader, const json_t *root,
                      const struct json_place *place, struct credit_model *out)
{
    if (!json_is_object(root))
        return json_error(place, reader->err, "expected an object");
    return json_only(root, place,
                     (const char *const[]){"model", "scheme", "version", "valid_from", "title",
                                           "authority", "example", "jurisdiction", "classes",
                                           "bands", "base_milli", "unknown", "direct", "adjust",
                                           "dimensions", NULL},
                     reader->err) &&
           read_head(reader, root, place, out) && read_unknown(reader, root, place, out) &&
           read_classes(reader, root, place, out) && read_bands(reader, root, place, out) &&
           read_rules(reader, root, "direct", place, out) &&
           read_rules(reader, root, "adjust", place, out) &&
           read_dimensions(reader, root, place, out) && number_indicators(reader, out) &&
           number_rules(reader, out);
}

bool credit_model_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
                       struct credit_model **out, struct error *err)
{
    if (size > CREDIT_MODEL_BYTES_CAP)
        return error_set(err, ERROR_LIMIT, subject,
                         "a credit model has at most %d bytes, found %zu", CREDIT_MODEL_BYTES_CAP,
                         size);
    struct credit_reader reader = {.arena = arena, .err = err};
    struct credit_model *model = arena_alloc(arena, sizeof *model);
    if (!model)
        return arena_error(arena, err);
    json_t *root = NULL;
    if (!json_read(bytes, size, subject, &root, err))
        return false;
    struct json_place place = json_place_root(subject);
    bool done = read_root(&reader, root, &place, model);
    json_decref(root);
    if (!done)
        return false;
    fill_cells(model);
    digest_of(DIGEST_SHA256, bytes, size, model->hash);
    *out = model;
    return true;
}

unsigned credit_model_rank(const struct credit_model *model, int64_t score_milli)
{
    return (unsigned)credit_bands_points(&model->bands, score_milli);
}

bool credit_model_inspections(const struct credit_model *model, uint32_t *judged, uint32_t *adverse)
{
    for (unsigned i = 0; i < model->counter_count; i++) {
        const struct credit_owner *owner = &model->owners[i];
        if (!owner->is_adverse || owner->facts->kinds != 1u << CREDIT_KIND_INSPECTION ||
            owner->facts->severities != (1u << CREDIT_SEVERITY_COUNT) - 1)
            continue;
        *judged = model->indicators[owner->index].facts[0].states;
        *adverse = owner->facts->states;
        return true;
    }
    return false;
}
