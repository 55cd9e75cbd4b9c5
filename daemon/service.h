/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What all requests of a running service share: database sessions, one for each thread that answers
 * requests; the version of what is served; known login sessions; limits of logins; static pages;
 * counters. Safe for any number of threads.
 */
#ifndef HENG_DAEMON_SERVICE_H
#define HENG_DAEMON_SERVICE_H

#include <pthread.h>
#include <stdatomic.h>

#include "daemon/http.h"
#include "daemon/metrics.h"
#include "daemon/page.h"
#include "daemon/secret.h"
#include "daemon/throttle.h"
#include "etl/backup/place.h"
#include "etl/store/change.h"
#include "etl/store/view.h"

enum {
    SERVICE_THREADS = 4,
    SERVICE_STATEMENT_SECONDS = 2,
    SERVICE_POLL_MS = 1000, /* how old the version of what is served may be */
    SERVICE_LOGINS_AT_ONCE = 2,
    SERVICE_PUSHES_AT_ONCE = 2,
    SERVICE_RETRY_SECONDS = 1,
    /* Less free space than this for the database and the service is not ready: PostgreSQL needs it
     * for its log (WAL segments of 16 MiB) to stop and start again. */
    SERVICE_DISK_FREE_BYTES = 256 * 1024 * 1024
};

struct login_cache;
struct job_runner;
struct feeds;

struct service {
    const struct settings *settings;
    const char *dsn;
    const char *data_dir; /* of the database that this program runs itself, else NULL */
    bool secure;          /* browsers reach it by TLS, ours or the proxy's */
    char decoy_hash[SECRET_PASSWORD_HASH_SIZE]; /* verified for names that do not exist */

    pthread_mutex_t database_lock;
    struct db *databases[SERVICE_THREADS]; /* those not in use; NULL = to be opened */
    int databases_free;

    pthread_mutex_t version_lock;
    struct change_state version;
    int64_t version_polled_ms; /* 0 = never */
    struct view_stamp stamp;   /* the run of the last list; under version_lock */

    pthread_mutex_t throttle_lock;
    struct throttle *by_account;
    struct throttle *by_address;
    atomic_int logins;
    atomic_int pushes; /* bodies of records being loaded */

    pthread_rwlock_t pages_lock;
    struct page_set *pages;

    char backup_folder[PLACE_PATH_SIZE]; /* "" = none is set */
    struct login_cache *known;
    struct job_runner *jobs;
    struct job_runner *feed_jobs;
    struct feeds *feeds;
    struct metrics metrics;
    atomic_bool stopping;
};

/* data_dir NULL: the database is elsewhere. */
ERROR_CHECKED bool service_open(const struct settings *settings, const char *dsn,
                                const char *data_dir, struct service **out, struct error *err);
void service_close(struct service *service);

/* A database session, to be given back. Unavailable: none is free or none can be opened. A database
 * that is not migrated gives none (ERROR_SCHEMA). */
ERROR_CHECKED bool service_take_database(struct service *service, struct db **out,
                                         struct error *err);
/* broken: it will be opened anew before its next use. */
void service_give_database(struct service *service, struct db *db, bool broken);

/* At most SERVICE_POLL_MS old. */
ERROR_CHECKED bool service_version(struct service *service, struct db *db, struct change_state *out,
                                   struct error *err);

/* After a change of this process: the next request reads the version anew, so that whoever made the
 * change is not shown what was there before. */
void service_changed(struct service *service);

/* The run that was published when a list was last read: a guess to begin with, see
 * view_list_answer(). */
void service_stamp(struct service *service, struct view_stamp *out);
void service_note_stamp(struct service *service, const struct view_stamp *stamp);

/* Reads the pages again; the old ones stay when the new cannot be read. */
ERROR_CHECKED bool service_reload_pages(struct service *service, struct error *err);

#endif
