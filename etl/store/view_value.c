/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_value.h"

#include <assert.h>
#include <string.h>

#include "models/core/day.h"
#include "models/core/text.h"

enum value_kind { VALUE_TEXT, VALUE_NUMBER, VALUE_DAY, VALUE_CHOICE, VALUE_PART };

static const struct value_rule {
    const char *name;
    enum value_kind kind;
    const char *choices; /* "a|b" */
} rules[] = {
    {"state", VALUE_CHOICE, "open|all|firing|acknowledged|assigned|in_progress|resolved|closed"},
    {"severity", VALUE_CHOICE, "minor|general|serious"},
    {"rule", VALUE_TEXT, NULL},
    {"overdue", VALUE_CHOICE, "true|false"},
    {"assignee", VALUE_TEXT, NULL},
    {"query", VALUE_PART, NULL},
    {"class", VALUE_TEXT, NULL},
    {"industry_section", VALUE_TEXT, NULL},
    {"status", VALUE_CHOICE, "active|deregistered|revoked|moved_out"},
    {"authority", VALUE_TEXT, NULL},
    {"number", VALUE_NUMBER, NULL},
    {"reason", VALUE_TEXT, NULL},
    {"region_code", VALUE_TEXT, NULL},
    {"source", VALUE_TEXT, NULL},
    {"batch", VALUE_NUMBER, NULL},
    {"taken", VALUE_CHOICE, "open|taken|all"},
    /* The board and its lists. */
    {"adverse", VALUE_CHOICE, "true|false"},
    {"by", VALUE_CHOICE, "class|region|industry"},
    {"from", VALUE_DAY, NULL},
    {"from_class", VALUE_TEXT, NULL},
    {"handling", VALUE_CHOICE, "accepted_in_limit|accepted_late|overdue|open|no_limit"},
    {"on", VALUE_DAY, NULL},
    {"outcome", VALUE_TEXT, NULL},
    {"to", VALUE_DAY, NULL},
    {"to_class", VALUE_TEXT, NULL},
    {"plan", VALUE_TEXT, NULL},
    {"authority", VALUE_TEXT, NULL},
    {"number", VALUE_NUMBER, NULL},
    {"reason", VALUE_TEXT, NULL},
    {"region_code", VALUE_TEXT, NULL},
    {"source", VALUE_TEXT, NULL},
};

static const struct value_rule *rule_of(const char *name)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (strcmp(rules[i].name, name) == 0)
            return &rules[i];
    }
    assert(false && "a list names an unknown query parameter");
    return NULL;
}

static bool is_choice(const char *choices, const char *value)
{
    size_t size = strlen(value);
    const char *found = choices;
    while (size > 0 && (found = strstr(found, value)) != NULL) {
        bool begins = found == choices || found[-1] == '|';
        if (begins && (found[size] == '|' || found[size] == '\0'))
            return true;
        found += size;
    }
    return false;
}

static size_t characters_of(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

bool view_value_check(const char *name, const char *value, struct error *err)
{
    const struct value_rule *rule = rule_of(name);
    int64_t number;
    day date;
    if (!value)
        return true;
    if (value[0] == '\0' || strlen(value) > VIEW_VALUE_BYTES_CAP)
        return error_set(err, ERROR_INPUT, name, "expected 1 to %d bytes, found %zu",
                         VIEW_VALUE_BYTES_CAP, strlen(value));
    switch (rule->kind) {
    case VALUE_TEXT:
        return true;
    case VALUE_NUMBER:
        return (text_to_i64(text_of(value), &number) && number > 0) ||
               error_set(err, ERROR_INPUT, name, "expected a number, found \"%.40s\"", value);
    case VALUE_DAY:
        return day_parse(text_of(value), &date) ||
               error_set(err, ERROR_INPUT, name, "expected a day YYYY-MM-DD, found \"%.40s\"",
                         value);
    case VALUE_CHOICE:
        return is_choice(rule->choices, value) ||
               error_set(err, ERROR_INPUT, name, "expected one of %s, found \"%.40s\"",
                         rule->choices, value);
    case VALUE_PART:
        return characters_of(value) >= VIEW_NAME_CHARACTERS ||
               error_set(err, ERROR_INPUT, name, "expected at least %d characters, found \"%.40s\"",
                         VIEW_NAME_CHARACTERS, value);
    }
    return false;
}
