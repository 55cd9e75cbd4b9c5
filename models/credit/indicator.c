/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/indicator.h"

#include <string.h>

#include "models/credit/measure.h"

static bool read_within(const struct credit_reader *reader, const json_t *object,
                        const struct json_place *place, struct credit_indicator *out)
{
    return !json_object_get(object, "within") ||
           credit_read_window(reader, object, "within", place, &out->within);
}

static bool read_missing(const struct credit_reader *reader, const json_t *object,
                         const struct json_place *place, struct credit_indicator *out)
{
    return credit_read_points(reader, object, "missing_milli", place, &out->missing_milli);
}

static bool read_prior(const struct credit_reader *reader, const json_t *object,
                       const struct json_place *place, struct credit_indicator *out)
{
    json_t *prior = NULL;
    if (!json_get_object(object, "prior", place, &prior, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "prior");
    return json_only(prior, &inner, (const char *const[]){"share_ppm", "weight", NULL},
                     reader->err) &&
           json_get_integer(prior, "share_ppm", &inner, 0, CREDIT_PPM, &out->prior_share_ppm,
                            reader->err) &&
           json_get_integer(prior, "weight", &inner, 1, CREDIT_PRIOR_CAP, &out->prior_weight,
                            reader->err);
}

static bool read_attribute_value(const struct credit_reader *reader, const json_t *item,
                                 const struct json_place *place, struct credit_indicator *out,
                                 struct credit_value *value)
{
    if (!json_only(item, place, (const char *const[]){"value", "points_milli", NULL},
                   reader->err) ||
        !credit_read_text(reader, item, "value", place, &value->text) ||
        !credit_read_points(reader, item, "points_milli", place, &value->points_milli))
        return false;
    struct json_place inner = json_place_member(place, "value");
    return credit_attribute_key(out->attribute, text_of(value->text), &value->key) ||
           json_error(&inner, reader->err, "expected a value of %s, found \"%.60s\"",
                      out->attribute->name, value->text);
}

static bool read_grade_value(const struct credit_reader *reader, const json_t *item,
                             const struct json_place *place, struct credit_value *value)
{
    if (!json_only(item, place, (const char *const[]){"grade", "points_milli", NULL},
                   reader->err) ||
        !credit_read_text(reader, item, "grade", place, &value->text) ||
        !credit_read_points(reader, item, "points_milli", place, &value->points_milli))
        return false;
    struct json_place inner = json_place_member(place, "grade");
    return strlen(value->text) <= CREDIT_GRADE_SIZE ||
           json_error(&inner, reader->err, "expected a grade of at most %d bytes, found \"%.60s\"",
                      CREDIT_GRADE_SIZE, value->text);
}

static bool check_new_value(const struct credit_reader *reader, const struct json_place *place,
                            const struct credit_indicator *indicator, const char *value)
{
    for (size_t i = 0; i < indicator->value_count; i++) {
        if (strcmp(indicator->values[i].text, value) == 0)
            return json_error(place, reader->err, "expected different values, found \"%s\" twice",
                              value);
    }
    return true;
}

static bool read_values(const struct credit_reader *reader, const json_t *object, const char *key,
                        const struct json_place *place, struct credit_indicator *out)
{
    json_t *list = NULL;
    struct json_place inner;
    if (!credit_read_list(reader, object, key, place, CREDIT_VALUES_CAP, &list, &inner))
        return false;
    out->values = arena_array(reader->arena, json_array_size(list), sizeof *out->values);
    if (!out->values)
        return arena_error(reader->arena, reader->err);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = NULL;
        struct json_place at;
        if (!credit_read_item(reader, list, &inner, i, &item, &at) ||
            !(out->attribute ? read_attribute_value(reader, item, &at, out, &out->values[i])
                             : read_grade_value(reader, item, &at, &out->values[i])) ||
            !check_new_value(reader, &at, out, out->values[i].text))
            return false;
        out->value_count = i + 1;
    }
    return true;
}

static bool read_attribute(const struct credit_reader *reader, const json_t *object,
                           const struct json_place *place, struct credit_indicator *out)
{
    const char *name = NULL;
    if (!json_get_text(object, "attribute", place, &name, reader->err) ||
        !read_missing(reader, object, place, out))
        return false;
    out->attribute = credit_attribute_find(text_of(name));
    struct json_place inner = json_place_member(place, "attribute");
    if (!out->attribute)
        return json_error(&inner, reader->err, "expected the name of an attribute, found \"%.60s\"",
                          name);
    bool by_bands = out->attribute->form == CREDIT_FORM_NUMBER;
    const char *const *wrong = by_bands ? (const char *const[]){"values", "other_milli", NULL}
                                        : (const char *const[]){"bands", NULL};
    for (; *wrong; wrong++) {
        if (json_object_get(object, *wrong))
            return json_error(place, reader->err, "%s takes %s, found \"%s\"", name,
                              by_bands ? "bands" : "values and other_milli", *wrong);
    }
    if (by_bands)
        return credit_read_bands(reader, object, place, &out->bands);
    return read_values(reader, object, "values", place, out) &&
           credit_read_points(reader, object, "other_milli", place, &out->other_milli);
}

static bool read_severities(const struct credit_reader *reader, const json_t *object,
                            const struct json_place *place, struct credit_indicator *out)
{
    json_t *points = NULL;
    if (!json_get_object(object, "points_milli", place, &points, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "points_milli");
    const char *names[CREDIT_SEVERITY_COUNT + 1] = {NULL};
    for (unsigned i = 0; i < CREDIT_SEVERITY_COUNT; i++) {
        names[i] = credit_word_of(CREDIT_SEVERITIES, i)->name;
        if (!credit_read_points(reader, points, names[i], &inner, &out->points_milli[i]))
            return false;
    }
    return json_only(points, &inner, names, reader->err);
}

/* Steps ascend in one unit, so that they cannot cross on any day; weights do not rise. */
static bool check_step(const struct credit_reader *reader, const struct json_place *place,
                       const struct credit_step *last, const struct credit_step *step)
{
    bool in_days = step->within.days > 0;
    if (in_days != (last->within.days > 0))
        return json_error(place, reader->err, "expected all steps in days or all in months");
    if (step->within.days + step->within.months <= last->within.days + last->within.months)
        return json_error(place, reader->err, "expected a longer window than the last step's");
    return step->ppm <= last->ppm ||
           json_error(place, reader->err, "expected at most the last step's %d ppm, found %d",
                      last->ppm, step->ppm);
}

static bool read_decay(const struct credit_reader *reader, const json_t *object,
                       const struct json_place *place, struct credit_indicator *out)
{
    out->step_count = 1;
    out->steps[0] = (struct credit_step){.ppm = CREDIT_PPM};
    if (!json_object_get(object, "decay"))
        return true;
    json_t *list = NULL;
    struct json_place inner;
    if (!credit_read_list(reader, object, "decay", place, CREDIT_STEPS_CAP, &list, &inner))
        return false;
    out->step_count = (uint8_t)json_array_size(list);
    for (size_t i = 0; i < out->step_count; i++) {
        const json_t *item = NULL;
        struct json_place at;
        int64_t ppm = 0;
        if (!credit_read_item(reader, list, &inner, i, &item, &at) ||
            !json_only(item, &at, (const char *const[]){"within", "ppm", NULL}, reader->err) ||
            !credit_read_window(reader, item, "within", &at, &out->steps[i].within) ||
            !json_get_integer(item, "ppm", &at, 0, CREDIT_PPM, &ppm, reader->err))
            return false;
        out->steps[i].ppm = (int32_t)ppm;
        if (i > 0 && !check_step(reader, &at, &out->steps[i - 1], &out->steps[i]))
            return false;
    }
    return true;
}

static bool read_facts(const struct credit_reader *reader, const json_t *object,
                       const struct json_place *place, struct credit_indicator *out)
{
    if (!credit_condition_read(reader, object, "facts", place, &out->facts[0]))
        return false;
    out->facts[1] = out->facts[0];
    return true;
}

static bool read_events(const struct credit_reader *reader, const json_t *object,
                        const struct json_place *place, struct credit_indicator *out)
{
    return read_facts(reader, object, place, out) && read_severities(reader, object, place, out) &&
           read_decay(reader, object, place, out);
}

static bool read_sum(const struct credit_reader *reader, const json_t *object,
                     const struct json_place *place, struct credit_indicator *out)
{
    return read_facts(reader, object, place, out) && read_within(reader, object, place, out) &&
           credit_read_bands(reader, object, place, &out->bands);
}

static bool read_share(const struct credit_reader *reader, const json_t *object,
                       const struct json_place *place, struct credit_indicator *out)
{
    struct json_place inner = json_place_member(place, "adverse");
    uint32_t adverse = 0;
    if (!read_sum(reader, object, place, out) || !read_prior(reader, object, place, out) ||
        !credit_read_words(reader, object, "adverse", place, CREDIT_STATES, false, &adverse) ||
        !credit_condition_states(reader, &out->facts[0], adverse, &inner))
        return false;
    if (adverse & ~out->facts[0].states)
        return json_error(&inner, reader->err, "expected states that facts.states lists");
    out->facts[1].states = adverse;
    return true;
}

static bool read_related(const struct credit_reader *reader, const json_t *object,
                         const struct json_place *place, struct credit_indicator *out)
{
    out->relations = (1u << CREDIT_RELATION_COUNT) - 1;
    if (!json_object_get(object, "facts") && !json_object_get(object, "statuses"))
        return json_error(place, reader->err, "expected facts or statuses, found neither");
    if (!json_object_get(object, "facts") && json_object_get(object, "within"))
        return json_error(place, reader->err, "within needs facts");
    if (json_object_get(object, "facts") && !read_facts(reader, object, place, out))
        return false;
    if (json_object_get(object, "statuses") &&
        !credit_read_words(reader, object, "statuses", place, CREDIT_STATUSES, false,
                           &out->statuses))
        return false;
    if (json_object_get(object, "relations") &&
        !credit_read_words(reader, object, "relations", place, CREDIT_RELATIONS, false,
                           &out->relations))
        return false;
    return read_within(reader, object, place, out) && read_prior(reader, object, place, out) &&
           credit_read_bands(reader, object, place, &out->bands);
}

static bool read_growth(const struct credit_reader *reader, const json_t *object,
                        const struct json_place *place, struct credit_indicator *out)
{
    return read_facts(reader, object, place, out) &&
           json_get_integer(object, "recent_days", place, 1, CREDIT_DAYS_CAP, &out->recent_days,
                            reader->err) &&
           json_get_integer(object, "earlier_days", place, 1, CREDIT_DAYS_CAP, &out->earlier_days,
                            reader->err) &&
           json_get_integer(object, "prior_events", place, 1, CREDIT_PRIOR_CAP, &out->prior_weight,
                            reader->err) &&
           credit_read_bands(reader, object, place, &out->bands);
}

static bool read_imported(const struct credit_reader *reader, const json_t *object,
                          const struct json_place *place, struct credit_indicator *out)
{
    const char *name = NULL;
    if (!json_get_text(object, "grade_kind", place, &name, reader->err))
        return false;
    bool tax = strcmp(name, "tax_grade") == 0;
    if (!tax && strcmp(name, "imported_grade") != 0) {
        struct json_place inner = json_place_member(place, "grade_kind");
        return json_error(&inner, reader->err,
                          "expected tax_grade or imported_grade, found \"%.60s\"", name);
    }
    out->facts[0].kinds = 1u << (tax ? CREDIT_KIND_TAX_GRADE : CREDIT_KIND_IMPORTED_GRADE);
    return read_within(reader, object, place, out) && read_missing(reader, object, place, out) &&
           read_values(reader, object, "grades", place, out);
}

static bool read_risk(const struct credit_reader *reader, const json_t *object,
                      const struct json_place *place, struct credit_indicator *out)
{
    return read_missing(reader, object, place, out) &&
           credit_read_bands(reader, object, place, &out->bands);
}

#define MEMBERS(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct credit_indicator_kind kinds[] = {
    {"attribute", MEMBERS("attribute", "bands", "values", "other_milli", "missing_milli"), 0, true,
     read_attribute, measure_arm_none, measure_attribute},
    {"events", MEMBERS("facts", "points_milli", "decay"), 1, false, read_events, measure_arm_events,
     measure_events},
    {"count", MEMBERS("facts", "within", "bands"), 1, false, read_sum, measure_arm_count,
     measure_sum},
    {"amount", MEMBERS("facts", "within", "bands"), 1, false, read_sum, measure_arm_amount,
     measure_sum},
    {"share", MEMBERS("facts", "adverse", "within", "prior", "bands"), 2, true, read_share,
     measure_arm_share, measure_share},
    {"related", MEMBERS("facts", "statuses", "relations", "within", "prior", "bands"), 0, true,
     read_related, measure_arm_none, measure_related},
    {"growth", MEMBERS("facts", "recent_days", "earlier_days", "prior_events", "bands"), 2, false,
     read_growth, measure_arm_growth, measure_growth},
    {"imported", MEMBERS("grade_kind", "within", "grades", "missing_milli"), 0, true, read_imported,
     measure_arm_none, measure_imported},
    {"risk", MEMBERS("bands", "missing_milli"), 0, true, read_risk, measure_arm_none, measure_risk},
};

static const struct credit_indicator_kind *find_kind(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(name, kinds[i].name) == 0)
            return &kinds[i];
    }
    return NULL;
}

static bool check_members(const struct credit_reader *reader, const json_t *object,
                          const struct json_place *place, const struct credit_indicator_kind *kind)
{
    const char *known[16] = {"id", "kind", "title", "basis", "min_milli", "max_milli"};
    size_t count = 6;
    for (size_t i = 0; kind->members[i]; i++)
        known[count++] = kind->members[i];
    return json_only(object, place, known, reader->err);
}

static bool read_limits(const struct credit_reader *reader, const json_t *object,
                        const struct json_place *place, struct credit_indicator *out)
{
    out->min_milli = INT64_MIN;
    out->max_milli = INT64_MAX;
    if (json_object_get(object, "min_milli") &&
        !credit_read_points(reader, object, "min_milli", place, &out->min_milli))
        return false;
    if (json_object_get(object, "max_milli") &&
        !credit_read_points(reader, object, "max_milli", place, &out->max_milli))
        return false;
    return out->min_milli <= out->max_milli ||
           json_error(place, reader->err, "expected min_milli at most max_milli, found %lld > %lld",
                      (long long)out->min_milli, (long long)out->max_milli);
}

bool credit_indicator_read(const struct credit_reader *reader, const json_t *object,
                           const struct json_place *place, struct credit_indicator *out)
{
    const char *name = NULL;
    if (!credit_read_id(reader, object, "id", place, &out->id) ||
        !json_get_text(object, "kind", place, &name, reader->err))
        return false;
    out->kind = find_kind(name);
    if (!out->kind) {
        struct json_place inner = json_place_member(place, "kind");
        return json_error(&inner, reader->err,
                          "expected attribute, events, count, amount, share, related, growth, "
                          "imported or risk; found \"%.60s\"",
                          name);
    }
    return check_members(reader, object, place, out->kind) &&
           credit_read_title(reader, object, "title", place, &out->title) &&
           (!json_object_get(object, "basis") ||
            credit_read_text(reader, object, "basis", place, &out->basis)) &&
           read_limits(reader, object, place, out) && out->kind->read(reader, object, place, out);
}
