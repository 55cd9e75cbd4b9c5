/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/command.h"
#include "daemon/interrupt.h"
#include "daemon/notify.h"
#include "etl/store/facts.h"

static bool wait_for_stop(struct invocation *inv, struct error *err)
{
    for (;;) {
        switch (interrupt_wait()) {
        case INTERRUPT_STOP:
            return true;
        case INTERRUPT_HANGUP:
            progress_note(inv->progress, "SIGHUP ignored: settings are read at the start only");
            break;
        case INTERRUPT_CHILD:
            if (!cluster_check(inv->cluster, err))
                return false;
            break;
        }
    }
}

/* Opened and answering. */
static bool open_database(struct invocation *inv, struct error *err)
{
    struct facts facts;
    return cluster_open(inv->settings, CLUSTER_SERVE, inv->progress, &inv->cluster, err) &&
           facts_fetch(cluster_dsn(inv->cluster), &facts, err);
}

bool cmd_serve(struct invocation *inv, struct error *err)
{
    const struct option_form form = {.count = 0};
    if (!invocation_options(inv, &form, err))
        return false;
    if (!open_database(inv, err))
        return err->kind == ERROR_INTERRUPTED; /* asked to stop while starting: as asked */
    notify_send("READY=1");
    progress_note(inv->progress, "ready: %s",
                  cluster_data_dir(inv->cluster) ? cluster_dsn(inv->cluster)
                                                 : "using the server of database.dsn");
    bool good = wait_for_stop(inv, err);
    notify_send("STOPPING=1");
    progress_note(inv->progress, "stopping");
    return good;
}
