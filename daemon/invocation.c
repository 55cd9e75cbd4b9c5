/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/invocation.h"

#include <assert.h>

#include "daemon/command.h"
#include "daemon/global.h"

static void print_help(const struct invocation *inv, const struct option_form *form)
{
    const struct command *command = inv->command;
    fprintf(inv->out, "heng %s%s%s%s\n\n%s\n", command->name, form->count > 0 ? " [OPTION…]" : "",
            form->usage ? " " : "", form->usage ? form->usage : "",
            inv->chinese ? command->summary_zh : command->summary_en);
    if (form->count > 0)
        fputc('\n', inv->out);
    option_print_help(form, inv->chinese, inv->out);
    fprintf(inv->out, "\n%s\n",
            inv->chinese ? "通用选项见 heng --help" : "Global options: heng --help");
}

bool invocation_options(struct invocation *inv, const struct option_form *form, struct error *err)
{
    if (inv->help) {
        print_help(inv, form);
        err->kind = ERROR_NONE;
        return false;
    }
    struct option_form whole = *form;
    whole.more_names = global_names();
    return option_read(&whole, inv->argc, inv->argv, &inv->argc, err);
}

bool invocation_database(struct invocation *inv, const char **dsn, struct error *err)
{
    assert(inv->command->needs_database);
    if (!inv->cluster &&
        !cluster_open(inv->settings, CLUSTER_COMMAND, inv->progress, &inv->cluster, err))
        return false;
    *dsn = cluster_dsn(inv->cluster);
    return true;
}
