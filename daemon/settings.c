/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/settings.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/suggest.h"
#include "models/core/text.h"

enum { KEY_SIZE = 64 };

static const char PREFIX[] = "HENG_";

void settings_init(struct settings *settings)
{
    for (int i = 0; i < SETTING_COUNT; i++) {
        struct error err;
        bool good = settings_set(settings, (enum setting)i, settings_row((enum setting)i)->fallback,
                                 "default", &err);
        assert(good);
    }
}

static bool read_bool(const char *value, int64_t *out)
{
    static const char *const words[] = {"false", "true", "no", "yes", "off", "on", "0", "1"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(value, words[i]) == 0) {
            *out = (int64_t)(i % 2);
            return true;
        }
    }
    return false;
}

static bool is_choice(const char *choices, const char *value)
{
    size_t size = strlen(value);
    const char *choice = choices;
    for (;;) {
        size_t choice_size = strcspn(choice, "|");
        if (choice_size == size && memcmp(choice, value, size) == 0)
            return true;
        if (choice[choice_size] == '\0')
            return false;
        choice += choice_size + 1;
    }
}

/* Says what was expected; NULL when the value is good. */
static const char *refusal_of(const struct setting_row *row, const char *value, int64_t *integer)
{
    switch (row->type) {
    case SETTING_TEXT:
        return NULL;
    case SETTING_PATH:
        return value[0] == '\0' || value[0] == '/' ? NULL : "an absolute path";
    case SETTING_BOOL:
        return read_bool(value, integer) ? NULL : "true or false";
    case SETTING_INTEGER:
        return text_to_i64(text_of(value), integer) ? NULL : "a whole number";
    case SETTING_CHOICE:
        return is_choice(row->choices, value) ? NULL : row->choices;
    }
    return "a known type";
}

bool settings_set(struct settings *settings, enum setting setting, const char *value,
                  const char *source, struct error *err)
{
    const struct setting_row *row = settings_row(setting);
    struct setting_value *slot = &settings->values[setting];
    int64_t integer = 0;
    const char *shown = row->secret ? "(hidden)" : value;
    if (strlen(value) >= SETTING_VALUE_SIZE)
        return error_set(err, ERROR_LIMIT, source, "%s.%s may have %d bytes, found %zu",
                         row->section, row->key, SETTING_VALUE_SIZE - 1, strlen(value));
    const char *expected = refusal_of(row, value, &integer);
    if (expected)
        return error_set(err, ERROR_CONFIG, source, "%s.%s must be %s, found \"%s\"", row->section,
                         row->key, expected, shown);
    if (row->type == SETTING_INTEGER && (integer < row->min || integer > row->max))
        return error_set(err, ERROR_CONFIG, source, "%s.%s must be %lld to %lld, found %lld",
                         row->section, row->key, (long long)row->min, (long long)row->max,
                         (long long)integer);
    slot->integer = integer;
    snprintf(slot->text, sizeof slot->text, "%s", value);
    snprintf(slot->source, sizeof slot->source, "%s", source);
    return true;
}

static void name_of(const struct setting_row *row, char *name)
{
    snprintf(name, KEY_SIZE, "%s.%s", row->section, row->key);
}

static bool find(const char *name, const char *source, enum setting *out, struct error *err)
{
    char known[SETTING_COUNT][KEY_SIZE];
    struct suggest suggest;
    suggest_init(&suggest, name);
    for (int i = 0; i < SETTING_COUNT; i++) {
        name_of(settings_row((enum setting)i), known[i]);
        if (strcmp(known[i], name) == 0) {
            *out = (enum setting)i;
            return true;
        }
        suggest_offer(&suggest, known[i]);
    }
    char hint[SUGGEST_TEXT_SIZE];
    return error_set(err, ERROR_CONFIG, source, "there is no setting %s%s", name,
                     suggest_text(&suggest, "", hint));
}

bool settings_assign(struct settings *settings, const char *assignment, const char *source,
                     struct error *err)
{
    const char *equals = strchr(assignment, '=');
    char name[KEY_SIZE];
    if (!equals || (size_t)(equals - assignment) >= sizeof name)
        return error_set(err, ERROR_USAGE, source, "expected section.key=value, found \"%s\"",
                         assignment);
    snprintf(name, sizeof name, "%.*s", (int)(equals - assignment), assignment);
    enum setting setting;
    return find(name, source, &setting, err) &&
           settings_set(settings, setting, equals + 1, source, err);
}

/* The first line of a file that holds one secret. */
static bool read_secret(const char *path, const char *source, char *value, struct error *err)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return error_errno(err, source, path, errno);
    bool good = fgets(value, SETTING_VALUE_SIZE, file) != NULL;
    fclose(file);
    if (!good)
        return error_set(err, ERROR_CONFIG, source, "%s must hold one line, found none", path);
    value[strcspn(value, "\r\n")] = '\0';
    return true;
}

/* HENG_CLUSTER__DATA_DIR=… → "cluster.data_dir"; false when the entry has no such form. */
static bool split_entry(const char *entry, char *name, char *variable)
{
    size_t size = strcspn(entry, "=");
    if (strncmp(entry, PREFIX, sizeof PREFIX - 1) != 0 || size >= KEY_SIZE || !entry[size])
        return false;
    snprintf(variable, KEY_SIZE, "%.*s", (int)size, entry);
    char *section = variable + sizeof PREFIX - 1;
    char *separator = strstr(section, "__");
    if (!separator || separator == section)
        return false;
    snprintf(name, KEY_SIZE, "%.*s.%s", (int)(separator - section), section, separator + 2);
    for (char *c = name; *c; c++)
        *c = (char)tolower((unsigned char)*c);
    return true;
}

/* A value and the file that holds it are two answers to one question. */
static bool set_once(struct settings *settings, const char *name, const char *variable,
                     const char *value, struct error *err)
{
    enum setting setting;
    if (!find(name, variable, &setting, err))
        return false;
    const char *source = settings->values[setting].source;
    if (strncmp(source, PREFIX, sizeof PREFIX - 1) == 0)
        return error_set(err, ERROR_CONFIG, variable, "%s is set too; give one of them", source);
    return settings_set(settings, setting, value, variable, err);
}

static bool read_entry(struct settings *settings, char *name, const char *variable,
                       const char *value, struct error *err)
{
    static const char suffix[] = "_file";
    const size_t suffix_size = sizeof suffix - 1;
    size_t size = strlen(name);
    if (size <= suffix_size || strcmp(name + size - suffix_size, suffix) != 0)
        return set_once(settings, name, variable, value, err);
    char secret[SETTING_VALUE_SIZE] = "";
    name[size - suffix_size] = '\0';
    return read_secret(value, variable, secret, err) &&
           set_once(settings, name, variable, secret, err);
}

bool settings_read_environment(struct settings *settings, const char *const *environment,
                               struct error *err)
{
    static const char alias[] = "DATABASE_URL=";
    for (const char *const *entry = environment; *entry; entry++) {
        if (strncmp(*entry, alias, sizeof alias - 1) == 0 &&
            !settings_set(settings, SETTING_DATABASE_DSN, *entry + sizeof alias - 1,
                          "environment DATABASE_URL", err))
            return false;
    }
    for (const char *const *entry = environment; *entry; entry++) {
        char name[KEY_SIZE];
        char variable[KEY_SIZE];
        if (split_entry(*entry, name, variable) &&
            !read_entry(settings, name, variable, strchr(*entry, '=') + 1, err))
            return false;
    }
    return true;
}

const char *settings_text(const struct settings *settings, enum setting setting)
{
    return settings->values[setting].text;
}

int64_t settings_integer(const struct settings *settings, enum setting setting)
{
    assert(settings_row(setting)->type == SETTING_INTEGER);
    return settings->values[setting].integer;
}

bool settings_bool(const struct settings *settings, enum setting setting)
{
    assert(settings_row(setting)->type == SETTING_BOOL);
    return settings->values[setting].integer != 0;
}

bool settings_chinese(const struct settings *settings)
{
    return strcmp(settings_text(settings, SETTING_REGISTER_LANGUAGE), "zh") == 0;
}
