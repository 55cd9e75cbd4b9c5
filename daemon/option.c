/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/option.h"

#include <string.h>

#include "daemon/suggest.h"
#include "models/core/text.h"

enum { LABEL_SIZE = 64 };

static const struct option_row *find(const struct option_form *form, struct text name)
{
    for (size_t i = 0; i < form->count; i++) {
        if (text_is(name, form->rows[i].name))
            return &form->rows[i];
    }
    return NULL;
}

static bool store(const struct option_row *row, const char *value, struct error *err)
{
    switch (row->type) {
    case OPTION_FLAG:
        *row->flag = true;
        return true;
    case OPTION_TEXT:
        *row->text = value;
        return true;
    case OPTION_LIST:
        if (row->list->count >= OPTION_LIST_CAP)
            return error_set(err, ERROR_LIMIT, NULL, "--%s may be given %d times, found more",
                             row->name, OPTION_LIST_CAP);
        row->list->items[row->list->count++] = value;
        return true;
    case OPTION_INTEGER:
        if (!text_to_i64(text_of(value), row->integer))
            return error_set(err, ERROR_USAGE, NULL, "--%s must be a whole number, found \"%s\"",
                             row->name, value);
        if (*row->integer < row->min || *row->integer > row->max)
            return error_set(err, ERROR_USAGE, NULL, "--%s must be %lld to %lld, found %s",
                             row->name, (long long)row->min, (long long)row->max, value);
        return true;
    case OPTION_DAY:
        return day_parse(text_of(value), row->day) ||
               error_set(err, ERROR_USAGE, NULL, "--%s must be a day YYYY-MM-DD, found \"%s\"",
                         row->name, value);
    }
    return error_set(err, ERROR_INTERNAL, NULL, "--%s has no type", row->name);
}

/* Reads the option at argv[*index] and moves *index past it. */
static bool read_one(const struct option_row *row, int argc, char **argv, int *index,
                     struct error *err)
{
    const char *equals = strchr(argv[*index], '=');
    const char *value = equals ? equals + 1 : NULL;
    (*index)++;
    if (row->type == OPTION_FLAG && value)
        return error_set(err, ERROR_USAGE, NULL, "--%s takes no value, found \"%s\"", row->name,
                         value);
    if (row->type != OPTION_FLAG && !value) {
        if (*index >= argc)
            return error_set(err, ERROR_USAGE, NULL, "--%s needs a value: --%s %s", row->name,
                             row->name, row->argument);
        value = argv[(*index)++];
    }
    return store(row, value, err);
}

/* The name in "--name=value"; empty for an argument that is no option. */
static struct text name_in(const char *argument)
{
    if (argument[0] != '-' || argument[1] != '-')
        return TEXT_LITERAL("");
    return (struct text){argument + 2, strcspn(argument + 2, "=")};
}

static bool unknown(const struct option_form *form, const char *argument, struct error *err)
{
    char word[LABEL_SIZE];
    char hint[SUGGEST_TEXT_SIZE];
    struct suggest suggest;
    struct text name = name_in(argument);
    snprintf(word, sizeof word, "%.*s", (int)name.size, name.data);
    suggest_init(&suggest, word);
    for (size_t i = 0; i < form->count; i++)
        suggest_offer(&suggest, form->rows[i].name);
    for (const char *const *more = form->more_names; more && *more; more++)
        suggest_offer(&suggest, *more);
    return error_set(err, ERROR_USAGE, NULL, "there is no option %s%s", argument,
                     suggest_text(&suggest, "--", hint));
}

static bool check_count(const struct option_form *form, int found, struct error *err)
{
    const char *usage = form->usage ? form->usage : "none";
    if (found < form->positional_min)
        return error_set(err, ERROR_USAGE, NULL, "expected at least %d argument(s) (%s), found %d",
                         form->positional_min, usage, found);
    if (found > form->positional_max)
        return error_set(err, ERROR_USAGE, NULL, "expected at most %d argument(s) (%s), found %d",
                         form->positional_max, usage, found);
    return true;
}

bool option_read(const struct option_form *form, int argc, char **argv, int *positionals,
                 struct error *err)
{
    int kept = 0;
    bool only_arguments = false;
    for (int i = 0; i < argc;) {
        struct text name = only_arguments ? TEXT_LITERAL("") : name_in(argv[i]);
        const struct option_row *row = find(form, name);
        if (!only_arguments && strcmp(argv[i], "--") == 0) {
            only_arguments = true;
            i++;
        } else if (row) {
            if (!read_one(row, argc, argv, &i, err))
                return false;
        } else if (!only_arguments && argv[i][0] == '-' && argv[i][1]) {
            return unknown(form, argv[i], err);
        } else {
            argv[kept++] = argv[i++];
        }
    }
    *positionals = kept;
    return check_count(form, kept, err);
}

bool option_extract(const struct option_form *form, int *argc, char **argv, struct error *err)
{
    int kept = 0;
    int i = 0;
    while (i < *argc && strcmp(argv[i], "--") != 0) {
        const struct option_row *row = find(form, name_in(argv[i]));
        if (!row)
            argv[kept++] = argv[i++];
        else if (!read_one(row, *argc, argv, &i, err))
            return false;
    }
    while (i < *argc)
        argv[kept++] = argv[i++];
    *argc = kept;
    return true;
}

void option_print_help(const struct option_form *form, bool chinese, FILE *stream)
{
    for (size_t i = 0; i < form->count; i++) {
        const struct option_row *row = &form->rows[i];
        char label[LABEL_SIZE];
        snprintf(label, sizeof label, "--%s%s%s", row->name, row->argument ? " " : "",
                 row->argument ? row->argument : "");
        fprintf(stream, "  %-26s %s\n", label, chinese ? row->help_zh : row->help_en);
    }
}
