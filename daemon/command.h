/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands of the program: one table, from which help, suggestions and dispatch come.
 */
#ifndef HENG_DAEMON_COMMAND_H
#define HENG_DAEMON_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "daemon/invocation.h"

struct command {
    const char *name;
    const char *summary_zh;
    const char *summary_en;
    bool (*run)(struct invocation *inv, struct error *err);
    bool needs_database;
};

bool cmd_alert(struct invocation *inv, struct error *err);
bool cmd_audit(struct invocation *inv, struct error *err);
bool cmd_backup(struct invocation *inv, struct error *err);
bool cmd_check(struct invocation *inv, struct error *err);
bool cmd_demo(struct invocation *inv, struct error *err);
bool cmd_draw(struct invocation *inv, struct error *err);
bool cmd_feed(struct invocation *inv, struct error *err);
bool cmd_explain(struct invocation *inv, struct error *err);
bool cmd_load(struct invocation *inv, struct error *err);
bool cmd_migrate(struct invocation *inv, struct error *err);
bool cmd_reject(struct invocation *inv, struct error *err);
bool cmd_restore(struct invocation *inv, struct error *err);
bool cmd_score(struct invocation *inv, struct error *err);
bool cmd_serve(struct invocation *inv, struct error *err);
bool cmd_user(struct invocation *inv, struct error *err);
bool cmd_verify(struct invocation *inv, struct error *err);
bool cmd_version(struct invocation *inv, struct error *err);

/* NULL, with a suggestion in *err, when there is no such command. */
const struct command *command_find(const char *name, struct error *err);

/* One line per command. */
void command_print_all(bool chinese, FILE *stream);

#endif
