/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/command.h"

bool cmd_version(struct invocation *inv, struct error *err)
{
    const struct option_form form = {.count = 0};
    if (!invocation_options(inv, &form, err))
        return false;
    fprintf(inv->out, inv->json ? "{\"name\": \"heng\", \"version\": \"%s\"}\n" : "heng %s\n",
            HENG_VERSION);
    return true;
}
