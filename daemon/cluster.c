/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/clock.h"
#include "daemon/cluster_binary.h"
#include "daemon/cluster_create.h"
#include "daemon/cluster_lock.h"
#include "daemon/cluster_paths.h"
#include "daemon/cluster_server.h"
#include "daemon/cluster_state.h"
#include "daemon/cluster_user.h"
#include "daemon/interrupt.h"
#include "etl/store/ping.h"
#include "etl/store/provision.h"

enum {
    POLL_MS = 50,
    PATIENCE_MS = 2000,             /* before a wait is explained on the terminal */
    JOIN_DEADLINE_MS = 3600 * 1000, /* the owner has its own, shorter deadlines */
    PING_TIMEOUT_SECONDS = 2,
    CREATE_FREE_MB = 256, /* a new cluster takes 39 MB and its log soon 80 more */
    START_FREE_MB = 64,
};

struct cluster {
    bool embedded;
    bool owner;
    bool ready; /* the owner's: others may have joined */
    char dsn[SETTING_VALUE_SIZE];
    struct cluster_paths paths;
    struct cluster_lock owner_lock;
    struct cluster_lock users_lock;
    struct cluster_lock serve_lock;
    struct cluster_server server;
};

const char *cluster_dsn(const struct cluster *cluster)
{
    return cluster->dsn;
}

const char *cluster_data_dir(const struct cluster *cluster)
{
    return cluster->embedded ? cluster->server.data : NULL;
}

bool cluster_check(struct cluster *cluster, struct error *err)
{
    return cluster_server_check(&cluster->server, err);
}

/* Explains a wait that lasts, once. */
struct patience {
    int64_t start_ms;
    bool explained;
};

static bool patience_ends(struct patience *patience)
{
    if (patience->explained || clock_monotonic_ms() - patience->start_ms < PATIENCE_MS)
        return false;
    patience->explained = true;
    return true;
}

static bool enter(const struct settings *settings, struct cluster *cluster,
                  struct cluster_user *user, struct error *err)
{
    return cluster_user_find(settings, user, err) && cluster_paths_prepare(settings, user, err) &&
           cluster_user_become(user, err) &&
           cluster_paths_choose(settings, user, &cluster->paths, err);
}

static bool open_locks(struct cluster *cluster, struct error *err)
{
    const char *home = cluster->paths.home;
    return cluster_lock_open(home, "owner.lock", &cluster->owner_lock, err) &&
           cluster_lock_open(home, "users.lock", &cluster->users_lock, err) &&
           cluster_lock_open(home, "serve.lock", &cluster->serve_lock, err);
}

static bool exclude_second_serve(struct cluster *cluster, struct error *err)
{
    bool got;
    if (!cluster_lock_try(&cluster->serve_lock, CLUSTER_LOCK_EXCLUSIVE, &got, err))
        return false;
    return got || error_set(err, ERROR_CONFLICT, cluster->paths.home,
                            "heng serve already runs on this data (process %d)",
                            (int)cluster_lock_holder(&cluster->serve_lock));
}

/* Where the data of this version is; made on the first start. */
static bool provide_data(struct cluster *cluster, const struct cluster_binary *binary,
                         const char *os_user, struct progress *progress, struct error *err)
{
    struct cluster_server *server = &cluster->server;
    if (access(server->data, F_OK) == 0)
        return cluster_paths_check_free(cluster->paths.home, START_FREE_MB, err);
    progress_note(progress, "making a database in %s (once, a few seconds)", server->data);
    return cluster_paths_check_free(cluster->paths.home, CREATE_FREE_MB, err) &&
           cluster_create_data(server, binary, os_user, err);
}

static bool name_files(struct cluster *cluster, int major, struct error *err)
{
    char version[16];
    snprintf(version, sizeof version, "%d", major);
    return cluster_paths_join(cluster->paths.home, version, cluster->server.data, err) &&
           cluster_paths_join(cluster->paths.home, "server.log", cluster->server.log, err);
}

/* The application's role and database exist before the state says that the server is ready. */
static bool publish(struct cluster *cluster, struct error *err)
{
    struct cluster_state state = {.ready = true};
    char superuser_dsn[CLUSTER_PATH_SIZE];
    const char *socket_dir = cluster->server.socket_dir;
    memcpy(state.socket_dir, socket_dir, sizeof state.socket_dir);
    cluster_server_dsn(socket_dir, CLUSTER_SUPERUSER, "postgres", superuser_dsn);
    cluster_server_dsn(socket_dir, "heng", "heng", cluster->dsn);
    cluster->ready = provision_database(superuser_dsn, err) &&
                     cluster_state_write(cluster->paths.home, &state, err);
    return cluster->ready;
}

/* The owner's start; the owner lock is held. */
static bool start(struct cluster *cluster, const struct settings *settings, const char *os_user,
                  struct progress *progress, struct error *err)
{
    struct cluster_server *server = &cluster->server;
    struct cluster_state state = {.ready = false};
    struct cluster_binary binary;
    int data_major = cluster_binary_newest(cluster->paths.home, "PG_VERSION");
    cluster_state_remove(cluster->paths.home);
    if (!cluster_binary_find(settings, data_major, &binary, err) ||
        !name_files(cluster, binary.major, err) ||
        !provide_data(cluster, &binary, os_user, progress, err) ||
        !cluster_paths_make_socket_dir(&cluster->paths, server->socket_dir, err))
        return false;
    memcpy(state.socket_dir, server->socket_dir, sizeof state.socket_dir);
    progress_note(progress, "no database.dsn is set: using the embedded PostgreSQL %d in %s",
                  binary.major, server->data);
    int64_t buffers_mb = settings_integer(settings, SETTING_CLUSTER_SHARED_BUFFERS_MB);
    return cluster_state_write(cluster->paths.home, &state, err) &&
           cluster_server_start(server, &binary, buffers_mb, err) && publish(cluster, err);
}

/* True when the owner's server is ready for this process. */
static bool join(struct cluster *cluster)
{
    struct cluster_state state;
    int major = cluster_binary_newest(cluster->paths.home, "PG_VERSION");
    if (!cluster_state_read(cluster->paths.home, &state) || !state.ready ||
        !name_files(cluster, major, NULL))
        return false;
    cluster_server_dsn(state.socket_dir, "heng", "heng", cluster->dsn);
    return ping_server(cluster->dsn, PING_TIMEOUT_SECONDS) == PING_READY;
}

static void explain_wait(const struct cluster *cluster, enum cluster_purpose purpose,
                         struct progress *progress)
{
    const char *reason = purpose == CLUSTER_SERVE ? "is done with the database"
                                                  : "has started (or stopped) the database";
    progress_note(progress, "waiting until another heng (process %d) %s",
                  (int)cluster_lock_holder(&cluster->owner_lock), reason);
}

/* One attempt to become a user or the owner; *settled: no further attempt is needed. A command
 * counts as a user before it looks who owns the server, so an owner that it finds cannot leave; a
 * serve must not count, as it waits for the owner to leave. */
static bool attempt(struct cluster *cluster, enum cluster_purpose purpose, bool *settled,
                    struct error *err)
{
    bool counted = true;
    *settled = false;
    if (purpose == CLUSTER_COMMAND &&
        !cluster_lock_try(&cluster->users_lock, CLUSTER_LOCK_SHARED, &counted, err))
        return false;
    if (!counted)
        return true; /* the owner is stopping the server */
    if (!cluster_lock_try(&cluster->owner_lock, CLUSTER_LOCK_EXCLUSIVE, &cluster->owner, err))
        return false;
    *settled = cluster->owner || (purpose == CLUSTER_COMMAND && join(cluster));
    return true;
}

static bool settle(struct cluster *cluster, enum cluster_purpose purpose, struct progress *progress,
                   struct error *err)
{
    struct patience patience = {.start_ms = clock_monotonic_ms()};
    bool settled;
    for (;;) {
        if (!attempt(cluster, purpose, &settled, err) || !interrupt_check(err))
            return false;
        if (settled)
            return true;
        if (purpose == CLUSTER_COMMAND &&
            clock_monotonic_ms() - patience.start_ms >= JOIN_DEADLINE_MS)
            return error_set(err, ERROR_UNAVAILABLE, cluster->paths.home,
                             "process %d should have started the database within %d s",
                             (int)cluster_lock_holder(&cluster->owner_lock),
                             JOIN_DEADLINE_MS / 1000);
        if (patience_ends(&patience))
            explain_wait(cluster, purpose, progress);
        clock_sleep_ms(POLL_MS);
    }
}

static bool open_embedded(struct cluster *cluster, const struct settings *settings,
                          enum cluster_purpose purpose, struct progress *progress,
                          struct error *err)
{
    struct cluster_user user;
    cluster->embedded = true;
    if (!enter(settings, cluster, &user, err) || !open_locks(cluster, err))
        return false;
    if (purpose == CLUSTER_SERVE && !exclude_second_serve(cluster, err))
        return false;
    return settle(cluster, purpose, progress, err) &&
           (!cluster->owner || start(cluster, settings, user.name, progress, err));
}

static bool open_database(struct cluster *cluster, const struct settings *settings,
                          enum cluster_purpose purpose, struct progress *progress,
                          struct error *err)
{
    const char *dsn = settings_text(settings, SETTING_DATABASE_DSN);
    if (dsn[0]) {
        snprintf(cluster->dsn, sizeof cluster->dsn, "%s", dsn);
        return true;
    }
    if (!settings_bool(settings, SETTING_DATABASE_EMBEDDED))
        return error_set(err, ERROR_CONFIG, "database.dsn",
                         "must name a server, because database.embedded is false; found nothing");
    return open_embedded(cluster, settings, purpose, progress, err);
}

bool cluster_open(const struct settings *settings, enum cluster_purpose purpose,
                  struct progress *progress, struct cluster **out, struct error *err)
{
    struct cluster *cluster = calloc(1, sizeof *cluster);
    *out = NULL;
    if (!cluster)
        return error_memory(err);
    cluster->owner_lock.file = cluster->users_lock.file = cluster->serve_lock.file = -1;
    if (open_database(cluster, settings, purpose, progress, err)) {
        *out = cluster;
        return true;
    }
    struct error second; /* the first cause is the one to report */
    bool stopped = cluster_close(cluster, progress, &second);
    (void)stopped;
    return false;
}

/* Holding users.lock exclusively, nobody uses the server and nobody new can. A request to stop
 * that comes during the wait ends it. */
static void wait_for_users(struct cluster *cluster, struct progress *progress)
{
    struct patience patience = {.start_ms = clock_monotonic_ms()};
    struct error ignored; /* a lock that cannot be asked for must not keep the server up */
    const bool asked_before = interrupt_requested();
    bool alone = false;
    while (asked_before == interrupt_requested() && cluster_server_check(&cluster->server, NULL) &&
           cluster->server.process != 0 &&
           cluster_lock_try(&cluster->users_lock, CLUSTER_LOCK_EXCLUSIVE, &alone, &ignored) &&
           !alone) {
        if (patience_ends(&patience))
            progress_note(progress, "done; the database stays up until other heng commands that "
                                    "use it are done (interrupt to stop it now)");
        clock_sleep_ms(POLL_MS);
    }
}

static bool stop(struct cluster *cluster, struct progress *progress, struct error *err)
{
    if (cluster->ready)
        wait_for_users(cluster, progress);
    bool good = cluster_server_stop(&cluster->server, err);
    cluster_state_remove(cluster->paths.home);
    cluster_paths_remove_socket_dir(cluster->server.socket_dir);
    return good;
}

bool cluster_close(struct cluster *cluster, struct progress *progress, struct error *err)
{
    if (!cluster)
        return true;
    bool good = !cluster->owner || stop(cluster, progress, err);
    /* In this order: who gets past users.lock finds the owner gone. */
    cluster_lock_close(&cluster->owner_lock);
    cluster_lock_close(&cluster->users_lock);
    cluster_lock_close(&cluster->serve_lock);
    free(cluster);
    return good;
}
