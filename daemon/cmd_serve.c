/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/backup_work.h"
#include "daemon/command.h"
#include "daemon/feeds.h"
#include "daemon/http_server.h"
#include "daemon/interrupt.h"
#include "daemon/job.h"
#include "daemon/notify.h"
#include "daemon/service.h"
#include "etl/store/facts.h"

struct serving {
    struct service *service;
    struct http_front *front;
};

/* Pages, feed documents and TLS files; everything else is read at the start only. What cannot be
 * read is said and the former stays. */
static void reload(struct invocation *inv, struct serving *serving)
{
    struct error err = {.kind = ERROR_NONE};
    notify_send("RELOADING=1");
    bool good = service_reload_pages(serving->service, &err) &&
                feeds_reload(serving->service->feeds, &err) &&
                http_server_reload(serving->front, &err);
    job_wake(serving->service->feed_jobs);
    notify_send("READY=1");
    if (good)
        progress_note(inv->progress, "pages, feed documents and TLS files read again");
    else
        progress_note(inv->progress, "SIGHUP: %s: %s", err.subject, err.message);
}

static bool wait_for_stop(struct invocation *inv, struct serving *serving, struct error *err)
{
    for (;;) {
        switch (interrupt_wait()) {
        case INTERRUPT_STOP:
            return true;
        case INTERRUPT_HANGUP:
            reload(inv, serving);
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

static bool open_service(struct invocation *inv, struct serving *serving, struct error *err)
{
    if (!service_open(inv->settings, cluster_dsn(inv->cluster), cluster_data_dir(inv->cluster),
                      &serving->service, err))
        return false;
    backup_work_folder(inv->settings, cluster_data_dir(inv->cluster),
                       serving->service->backup_folder);
    return job_runner_open(serving->service, JOB_LANE_WORK, &serving->service->jobs, err) &&
           job_runner_open(serving->service, JOB_LANE_FEED, &serving->service->feed_jobs, err) &&
           http_server_open(serving->service, inv->progress->quiet, &serving->front, err);
}

/* In the order in which they need each other; the database goes last, after the command. */
static void close_service(struct serving *serving)
{
    if (!serving->service)
        return;
    atomic_store(&serving->service->stopping, true);
    http_server_close(serving->front);
    job_runner_close(serving->service->jobs);
    job_runner_close(serving->service->feed_jobs);
    service_close(serving->service);
}

static bool serve(struct invocation *inv, struct serving *serving, struct error *err)
{
    if (!open_service(inv, serving, err))
        return false;
    notify_send("READY=1");
    progress_note(inv->progress, "serving %s", http_server_url(serving->front));
    progress_note(inv->progress, "ready: %s",
                  cluster_data_dir(inv->cluster) ? cluster_dsn(inv->cluster)
                                                 : "using the server of database.dsn");
    bool good = wait_for_stop(inv, serving, err);
    notify_send("STOPPING=1");
    progress_note(inv->progress, "stopping");
    return good;
}

bool cmd_serve(struct invocation *inv, struct error *err)
{
    const struct option_form form = {.count = 0};
    struct serving serving = {.service = NULL};
    if (!invocation_options(inv, &form, err))
        return false;
    if (!open_database(inv, err))
        return err->kind == ERROR_INTERRUPTED; /* asked to stop while starting: as asked */
    bool good = serve(inv, &serving, err);
    close_service(&serving);
    return good;
}
