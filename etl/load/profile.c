/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/load/profile.h"

#include <stdio.h>
#include <string.h>

/* The founding of the republic whose registers these are; no record is older. */
#define FIRST_DAY "1949-10-01"

static const char *const shape_names[SHAPE_COUNT] = {
    [SHAPE_WHOLE_NUMBER] = "whole-number", [SHAPE_DECIMAL_NUMBER] = "decimal-number",
    [SHAPE_DATE_ISO] = "YYYY-MM-DD",       [SHAPE_DATE_SLASH] = "YYYY/M/D",
    [SHAPE_DATE_COMPACT] = "YYYYMMDD",     [SHAPE_DATE_CHINESE] = "YYYY年M月D日",
    [SHAPE_DATE_MONTH_FIRST] = "M/D/YYYY", [SHAPE_TEXT] = "text",
};

/* Days that may lie ahead. */
static const char *const ahead[] = {"publicity_until", "valid_to", "certificate_until",
                                    "valid_from"};

const char *profile_shape_name(enum profile_shape shape)
{
    return shape_names[shape];
}

bool profile_init(struct profile *profile, const char *today, struct error *err)
{
    *profile = (struct profile){.today = today};
    return version_map_init(&profile->keys) || error_memory(err);
}

void profile_free(struct profile *profile)
{
    for (size_t i = 0; i < KIND_FIELDS_CAP; i++) {
        frequency_free(&profile->fields[i].values);
        frequency_free(&profile->fields[i].unknown_values);
    }
    version_map_free(&profile->keys);
}

static enum profile_shape shape_of(struct text value)
{
    static const enum date_form forms[] = {DATE_ISO, DATE_SLASH, DATE_COMPACT, DATE_CHINESE,
                                           DATE_MONTH_FIRST};
    static const enum profile_shape shapes[] = {SHAPE_DATE_ISO, SHAPE_DATE_SLASH,
                                                SHAPE_DATE_COMPACT, SHAPE_DATE_CHINESE,
                                                SHAPE_DATE_MONTH_FIRST};
    day ignored;
    int64_t number;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        if (!text_is(value, "长期") && value_day(&forms[i], 1, value, &ignored))
            return shapes[i];
    }
    if (text_to_scaled(value, 0, &number))
        return SHAPE_WHOLE_NUMBER;
    return text_to_scaled(value, 6, &number) ? SHAPE_DECIMAL_NUMBER : SHAPE_TEXT;
}

static bool may_be_ahead(const struct field *field)
{
    for (size_t i = 0; i < sizeof ahead / sizeof ahead[0]; i++) {
        if (strcmp(ahead[i], field->name) == 0)
            return true;
    }
    return false;
}

static void add_day(const struct profile *profile, const struct field *field, struct text value,
                    int64_t line, struct profile_field *out)
{
    char on[DAY_TEXT_SIZE];
    snprintf(on, sizeof on, "%.*s", (int)value.size, value.data);
    if (!out->first_on[0] || strcmp(on, out->first_on) < 0)
        memcpy(out->first_on, on, sizeof on);
    if (strcmp(on, out->last_on) > 0)
        memcpy(out->last_on, on, sizeof on);
    if (strcmp(on, FIRST_DAY) >= 0 && (may_be_ahead(field) || strcmp(on, profile->today) <= 0))
        return;
    if (out->out_of_range++ == 0)
        out->out_of_range_line = line;
}

/* Codes that the field's list has; 0 for a field without one. */
static size_t list_size_of(const struct row_reader *reader, const struct field *field)
{
    const struct value_lists *lists = row_lists(reader);
    size_t count = 0;
    switch (field->type) {
    case FIELD_CODE:
        while (field->codes[count])
            count++;
        return count;
    case FIELD_BOOLEAN:
        return 2;
    case FIELD_REGION:
        return lists->regions->count;
    case FIELD_INDUSTRY:
        return lists->industries->count;
    default:
        return 0;
    }
}

static bool add_field(const struct profile *profile, struct row_reader *reader, size_t index,
                      int64_t line, struct profile_field *out)
{
    const struct field *field = &row_mapping(reader)->kind->fields[index];
    struct text raw;
    struct text value;
    struct reject reject;
    bool known = row_field(reader, index, &raw, &value, &reject);
    out->list_size = list_size_of(reader, field);
    if (raw.size == 0)
        return true; /* a missing required value is a reject, not an unknown value */
    out->filled++;
    out->shapes[shape_of(raw)]++;
    if (!known) {
        out->unknown++;
        return frequency_add(&out->unknown_values, raw, line);
    }
    if (field->type == FIELD_DAY && value.data)
        add_day(profile, field, value, line, out);
    return out->list_size == 0 || !value.data || frequency_add(&out->values, value, line);
}

static bool add_key(struct profile *profile, const struct row *row)
{
    int version;
    bool repeats;
    if (profile->keys_seen == PROFILE_KEYS_CAP)
        return true;
    if (!version_map_enter(&profile->keys, row->id, row->content, &version, &repeats))
        return false;
    profile->keys_seen++;
    if (!repeats && version == 0)
        return true;
    int64_t known = profile->repeated + profile->contradicting;
    if (known < PROFILE_EXAMPLES)
        profile->duplicate_lines[known] = row->line;
    profile->repeated += repeats;
    profile->contradicting += !repeats;
    return true;
}

static void add_reject(struct profile *profile, const struct reject *reject, int64_t line)
{
    struct profile_reject *rejects = &profile->rejects[reject->reason];
    int64_t slot = rejects->count++;
    if (slot >= PROFILE_EXAMPLES)
        return;
    rejects->lines[slot] = line;
    memcpy(rejects->messages[slot], reject->message, sizeof reject->message);
    memcpy(rejects->fields[slot], reject->field, sizeof reject->field);
}

bool profile_add(struct profile *profile, struct row_reader *reader, const struct row *row,
                 const struct reject *reject, int64_t line, struct error *err)
{
    const struct mapping *mapping = row_mapping(reader);
    if (row && !add_key(profile, row))
        return error_memory(err);
    if (!row)
        add_reject(profile, reject, line);
    if (!row && (reject->reason == REJECT_FORM || reject->reason == REJECT_COLUMNS ||
                 reject->reason == REJECT_ENCODING))
        return true;
    profile->columns_read++;
    for (size_t i = 0; i < mapping->kind->field_count; i++) {
        if (mapping->fields[i].used && !add_field(profile, reader, i, line, &profile->fields[i]))
            return error_memory(err);
    }
    return true;
}
