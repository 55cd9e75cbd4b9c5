/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/rule.h"

#include <string.h>

#include "models/core/json.h"

struct reader {
    struct arena *arena;
    struct error *err;
};

typedef bool read_parameters(const struct reader *reader, const json_t *object,
                             const struct json_place *place, struct rule *out);

static read_parameters read_count_surge;
static read_parameters read_class_downgrade;
static read_parameters read_complaint_not_accepted;
static read_parameters read_source_silent;

static const struct {
    const char *name;
    read_parameters *read;
} kinds[RULE_KIND_COUNT] = {
    [RULE_COUNT_SURGE] = {"count_surge", read_count_surge},
    [RULE_CLASS_DOWNGRADE] = {"class_downgrade", read_class_downgrade},
    [RULE_COMPLAINT_NOT_ACCEPTED] = {"complaint_not_accepted", read_complaint_not_accepted},
    [RULE_SOURCE_SILENT] = {"source_silent", read_source_silent},
};

static const char *const severities[RULE_SEVERITY_COUNT] = {
    [RULE_MINOR] = "minor",
    [RULE_GENERAL] = "general",
    [RULE_SERIOUS] = "serious",
};

static const struct {
    const char *name;
    unsigned bit;
} groups[] = {
    {"region_code", RULE_BY_REGION},
    {"industry_section", RULE_BY_INDUSTRY_SECTION},
};

const char *rule_kind_name(enum rule_kind kind)
{
    return kinds[kind].name;
}

const char *rule_severity_name(enum rule_severity severity)
{
    return severities[severity];
}

bool rule_severity_of(struct text name, enum rule_severity *out)
{
    for (int i = 0; i < RULE_SEVERITY_COUNT; i++) {
        if (text_is(name, severities[i])) {
            *out = (enum rule_severity)i;
            return true;
        }
    }
    return false;
}

bool rule_covers(const struct rule *rule, struct text jurisdiction)
{
    struct text own = text_of(rule->jurisdiction);
    if (own.size == 0)
        return true;
    if (jurisdiction.size < own.size || memcmp(jurisdiction.data, own.data, own.size) != 0)
        return false;
    return jurisdiction.size == own.size || jurisdiction.data[own.size] == '-';
}

bool rule_in_force(const struct rule *rule, day on)
{
    return on >= rule->valid_from && on <= rule->valid_to;
}

static bool read_text(const struct reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, const char **out)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, reader->err))
        return false;
    *out = arena_copy(reader->arena, value, strlen(value));
    return *out || arena_error(reader->arena, reader->err);
}

static bool read_int(const struct reader *reader, const json_t *object, const char *key,
                     const struct json_place *place, int min, int max, int *out)
{
    int64_t value = 0;
    if (!json_get_integer(object, key, place, min, max, &value, reader->err))
        return false;
    *out = (int)value;
    return true;
}

static bool read_group_by(const struct reader *reader, const json_t *object,
                          const struct json_place *place, unsigned *out)
{
    json_t *list = NULL;
    if (!json_get_array(object, "group_by", place, &list, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "group_by");
    size_t index;
    json_t *entry;
    json_array_foreach(list, index, entry)
    {
        struct json_place item = json_place_item(&inner, index);
        const char *name = json_is_string(entry) ? json_string_value(entry) : "";
        unsigned bit = 0;
        for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
            bit |= strcmp(groups[i].name, name) == 0 ? groups[i].bit : 0;
        if (bit == 0 || (*out & bit))
            return json_error(
                &item, reader->err,
                "expected region_code or industry_section, each once, found \"%.40s\"", name);
        *out |= bit;
    }
    return true;
}

static bool read_detector(const struct reader *reader, const json_t *object,
                          const struct json_place *place, const struct detector **out)
{
    const char *name = NULL;
    if (!json_get_text(object, "detector", place, &name, reader->err))
        return false;
    *out = detector_find(text_of(name));
    return *out || json_error(place, reader->err, "detector: there is none named \"%.40s\"", name);
}

static bool read_count_surge(const struct reader *reader, const json_t *object,
                             const struct json_place *place, struct rule *out)
{
    static const char *const keys[] = {"detector",  "alpha_ppm",      "min_sigma_milli",
                                       "min_count", "hold_back_days", "group_by",
                                       NULL};
    struct rule_count_surge *surge = &out->parameters.count_surge;
    *surge = (struct rule_count_surge){0};
    /* A floor of 0 would let a single case after seven quiet weeks alarm. */
    return json_only(object, place, keys, reader->err) &&
           read_detector(reader, object, place, &surge->detector) &&
           json_get_integer(object, "alpha_ppm", place, 1, 500000, &surge->alpha_ppm,
                            reader->err) &&
           json_get_integer(object, "min_sigma_milli", place, 1, 1000000, &surge->min_sigma_milli,
                            reader->err) &&
           json_get_integer(object, "min_count", place, 1, 1000000, &surge->min_count,
                            reader->err) &&
           (!json_has(object, "hold_back_days") ||
            read_int(reader, object, "hold_back_days", place, 0, 90, &surge->hold_back_days)) &&
           read_group_by(reader, object, place, &surge->group_by);
}

static bool read_class_downgrade(const struct reader *reader, const json_t *object,
                                 const struct json_place *place, struct rule *out)
{
    static const char *const keys[] = {"min_steps", NULL};
    return json_only(object, place, keys, reader->err) &&
           read_int(reader, object, "min_steps", place, 1, RULE_CLASS_STEPS_CAP,
                    &out->parameters.class_downgrade.min_steps);
}

static bool read_complaint_not_accepted(const struct reader *reader, const json_t *object,
                                        const struct json_place *place, struct rule *out)
{
    static const char *const keys[] = {"limit_working_days", NULL};
    return json_only(object, place, keys, reader->err) &&
           read_int(reader, object, "limit_working_days", place, 1, RULE_LIMIT_CAP_DAYS,
                    &out->parameters.complaint_not_accepted.limit_working_days);
}

static bool read_source_silent(const struct reader *reader, const json_t *object,
                               const struct json_place *place, struct rule *out)
{
    static const char *const keys[] = {"factor_percent", NULL};
    return json_only(object, place, keys, reader->err) &&
           read_int(reader, object, "factor_percent", place, 100, RULE_FACTOR_CAP_PERCENT,
                    &out->parameters.source_silent.factor_percent);
}

static bool is_id(const char *id)
{
    size_t size = strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return size > 0 && size <= RULE_ID_CAP && id[size] == '\0';
}

/* Upper-case letters, digits and single hyphens between them; or nothing. */
static bool is_jurisdiction(const char *value)
{
    size_t size = strlen(value);
    return strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == size && !strstr(value, "--") &&
           value[0] != '-' && (size == 0 || value[size - 1] != '-');
}

static bool read_title(const struct reader *reader, const json_t *object,
                       const struct json_place *place, struct rule *out)
{
    static const char *const keys[] = {"zh", "en", NULL};
    json_t *title = NULL;
    if (!json_get_object(object, "title", place, &title, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "title");
    return json_only(title, &inner, keys, reader->err) &&
           read_text(reader, title, "zh", &inner, &out->title_zh) &&
           read_text(reader, title, "en", &inner, &out->title_en);
}

static bool read_validity(const struct reader *reader, const json_t *object,
                          const struct json_place *place, struct rule *out)
{
    out->valid_to = DAY_LAST;
    if (!json_get_day(object, "valid_from", place, &out->valid_from, reader->err))
        return false;
    if (json_has(object, "valid_to") &&
        !json_get_day(object, "valid_to", place, &out->valid_to, reader->err))
        return false;
    return out->valid_from <= out->valid_to ||
           json_error(place, reader->err, "valid_to is before valid_from");
}

static bool read_names(const struct reader *reader, const json_t *object,
                       const struct json_place *place, struct rule *out)
{
    out->legal_basis = "";
    if (!read_text(reader, object, "id", place, &out->id) ||
        !read_text(reader, object, "jurisdiction", place, &out->jurisdiction))
        return false;
    if (json_has(object, "legal_basis") &&
        !read_text(reader, object, "legal_basis", place, &out->legal_basis))
        return false;
    if (!is_id(out->id))
        return json_error(place, reader->err,
                          "id: expected 1 to %d of a-z, 0-9 and _, found \"%.80s\"", RULE_ID_CAP,
                          out->id);
    if (!is_jurisdiction(out->jurisdiction))
        return json_error(place, reader->err,
                          "jurisdiction: expected a code such as CN-50, or \"\", "
                          "found \"%.40s\"",
                          out->jurisdiction);
    return true;
}

static bool read_kind(const struct reader *reader, const json_t *object,
                      const struct json_place *place, struct rule *out)
{
    const char *name = NULL;
    json_t *parameters = NULL;
    if (!json_get_text(object, "kind", place, &name, reader->err) ||
        !json_get_object(object, "parameters", place, &parameters, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "parameters");
    for (int i = 0; i < RULE_KIND_COUNT; i++) {
        out->kind = (enum rule_kind)i;
        if (strcmp(kinds[i].name, name) == 0)
            return kinds[i].read(reader, parameters, &inner, out);
    }
    return json_error(place, reader->err, "kind: there is none named \"%.40s\"", name);
}

static bool read_rule(const struct reader *reader, const json_t *object,
                      const struct json_place *place, struct rule *out)
{
    static const char *const keys[] = {"id",       "kind",       "title",    "jurisdiction",
                                       "severity", "valid_from", "valid_to", "legal_basis",
                                       "example",  "parameters", NULL};
    const char *severity = NULL;
    if (!json_only(object, place, keys, reader->err) || !read_names(reader, object, place, out) ||
        !read_title(reader, object, place, out) || !read_validity(reader, object, place, out) ||
        !json_get_bool(object, "example", place, &out->example, reader->err) ||
        !json_get_text(object, "severity", place, &severity, reader->err))
        return false;
    if (!rule_severity_of(text_of(severity), &out->severity))
        return json_error(place, reader->err,
                          "severity: expected minor, general or serious, found \"%.40s\"",
                          severity);
    return read_kind(reader, object, place, out);
}

/* A second version of a rule must not be in force on the same day as the first. */
static bool check_versions(const struct rule_list *list, size_t index,
                           const struct json_place *place, struct error *err)
{
    const struct rule *rule = &list->rules[index];
    for (size_t i = 0; i < index; i++) {
        const struct rule *other = &list->rules[i];
        if (strcmp(rule->id, other->id) == 0 && rule->valid_from <= other->valid_to &&
            other->valid_from <= rule->valid_to)
            return json_error(place, err, "rule %s is in force twice on one day", rule->id);
    }
    return true;
}

static bool read_rules(const struct reader *reader, const json_t *array,
                       const struct json_place *place, struct rule_list *out)
{
    size_t count = json_array_size(array);
    if (count > RULE_CAP)
        return error_set(reader->err, ERROR_LIMIT, place->subject,
                         "a document has at most %d alert rules, found %zu", RULE_CAP, count);
    *out = (struct rule_list){arena_array(reader->arena, count, sizeof *out->rules), count};
    if (!out->rules)
        return arena_error(reader->arena, reader->err);
    for (size_t i = 0; i < count; i++) {
        struct json_place item = json_place_item(place, i);
        if (!read_rule(reader, json_array_get(array, i), &item, &out->rules[i]) ||
            !check_versions(out, i, &item, reader->err))
            return false;
    }
    return true;
}

static bool read_document(const struct reader *reader, const json_t *document, const char *subject,
                          struct rule_list *out)
{
    static const char *const keys[] = {"alert_rules", "rules", NULL};
    struct json_place place = json_place_root(subject);
    const char *format = NULL;
    json_t *rules = NULL;
    if (!json_only(document, &place, keys, reader->err) ||
        !json_get_text(document, "alert_rules", &place, &format, reader->err) ||
        !json_get_array(document, "rules", &place, &rules, reader->err))
        return false;
    if (strcmp(format, "heng-alert-rules-1") != 0)
        return json_error(&place, reader->err,
                          "alert_rules: expected \"heng-alert-rules-1\", found \"%.40s\"", format);
    struct json_place list = json_place_member(&place, "rules");
    return read_rules(reader, rules, &list, out);
}

bool rule_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
               struct rule_list *out, struct error *err)
{
    const struct reader reader = {.arena = arena, .err = err};
    json_t *document = NULL;
    *out = (struct rule_list){0};
    if (!json_read(bytes, size, subject, &document, err))
        return false;
    bool read = read_document(&reader, document, subject, out);
    json_decref(document);
    return read;
}
