/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One call of one command: what the command gets from the command line and the process. A command
 * is a function `bool cmd_load(struct invocation *inv, struct error *err)`:
 *
 *     if (!invocation_options(inv, &form, err))     reads inv->argv, prints --help
 *         return false;
 *     const char *dsn;
 *     if (!invocation_database(inv, &dsn, err))     starts or joins the database
 *         return false;
 *     … print data to inv->out, as one JSON value when inv->json …
 *
 * Open files that only root can read before invocation_database(): as root it changes the user.
 */
#ifndef HENG_DAEMON_INVOCATION_H
#define HENG_DAEMON_INVOCATION_H

#include <stdbool.h>
#include <stdio.h>

#include "daemon/cluster.h"
#include "daemon/option.h"
#include "daemon/progress.h"
#include "daemon/settings.h"
#include "models/core/error.h"

struct command;

struct invocation {
    const struct command *command;
    int argc; /* after invocation_options(): the positional arguments only */
    char **argv;
    const struct settings *settings;
    struct progress *progress; /* on stderr */
    FILE *out;
    bool json;
    bool help;
    bool chinese;            /* the language of reports */
    struct cluster *cluster; /* NULL until invocation_database() */
};

/* Reads the arguments of the command. After --help it prints the help and returns false with
 * err->kind ERROR_NONE, which ends the command with success. */
ERROR_CHECKED bool invocation_options(struct invocation *inv, const struct option_form *form,
                                      struct error *err);

/* The connection string of the database, which stays up until the command has returned. Only for
 * commands whose row in the table says that they need one. */
ERROR_CHECKED bool invocation_database(struct invocation *inv, const char **dsn, struct error *err);

#endif
