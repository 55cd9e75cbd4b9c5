/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The options that every command has, before or after its name, and the settings that follow from
 * them. What follows "--" is not looked at.
 */
#ifndef HENG_DAEMON_GLOBAL_H
#define HENG_DAEMON_GLOBAL_H

#include <stdbool.h>
#include <stdio.h>

#include "daemon/option.h"
#include "daemon/settings.h"
#include "models/core/error.h"

struct global {
    const char *config;
    const char *database;
    struct option_list set;
    bool print_config;
    bool sample_config;
    bool json;
    bool quiet;
    bool help;
    bool version;
};

/* Takes the global options out of argv. */
ERROR_CHECKED bool global_read(struct global *global, int *argc, char **argv, struct error *err);

/* File, environment and flags, in this order. */
ERROR_CHECKED bool global_settings(const struct global *global, const char *const *environment,
                                   struct settings *settings, struct error *err);

/* Their names, ended by NULL. */
const char *const *global_names(void);

void global_print_help(bool chinese, FILE *stream);

#endif
