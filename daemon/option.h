/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The options of a command: a table of rows with pointers to where the values go. The same table
 * prints the help. Accepted forms: --name=value, --name value, --flag, and "--" before arguments
 * that begin with a dash. Values are not copied: they live as long as argv.
 *
 *     const char *out = NULL;
 *     const struct option_row rows[] = {
 *         {"out", "DIR", OPTION_TEXT, .text = &out, .help_zh = "…", .help_en = "…"},
 *     };
 *     struct option_form form = {OPTION_ROWS(rows), .usage = "FILE…", .positional_max = 1};
 *     if (!option_read(&form, …))
 *         return false;
 */
#ifndef HENG_DAEMON_OPTION_H
#define HENG_DAEMON_OPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "models/core/day.h"
#include "models/core/error.h"

enum option_type { OPTION_FLAG, OPTION_TEXT, OPTION_LIST, OPTION_INTEGER, OPTION_DAY };

enum { OPTION_LIST_CAP = 32 };

/* The values of an option that may be given several times, in their order. */
struct option_list {
    const char *items[OPTION_LIST_CAP];
    size_t count;
};

struct option_row {
    const char *name;     /* without the dashes */
    const char *argument; /* its name in the help; NULL for OPTION_FLAG */
    enum option_type type;
    union {
        bool *flag;
        const char **text;
        struct option_list *list;
        int64_t *integer;
        day *day;
    };
    int64_t min; /* OPTION_INTEGER only */
    int64_t max;
    const char *help_zh;
    const char *help_en;
};

#define OPTION_ROWS(rows) (rows), sizeof(rows) / sizeof(rows)[0]

struct option_form {
    const struct option_row *rows;
    size_t count;
    const char *usage; /* the positional arguments in the help: "FILE…", or NULL */
    int positional_min;
    int positional_max;
    const char *const *more_names; /* names read elsewhere, to suggest; NULL or ended by NULL */
};

/* Reads argv (argc entries, no program name) and moves the positional arguments to its front;
 * *positionals receives their number. */
ERROR_CHECKED bool option_read(const struct option_form *form, int argc, char **argv,
                               int *positionals, struct error *err);

/* Takes the options of the form that stand anywhere in argv out of it and leaves all the rest in
 * order; *argc is updated. What follows "--" is left alone. */
ERROR_CHECKED bool option_extract(const struct option_form *form, int *argc, char **argv,
                                  struct error *err);

/* One line per option. */
void option_print_help(const struct option_form *form, bool chinese, FILE *stream);

#endif
