/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/service.h"

#include <stdlib.h>
#include <string.h>

#include "daemon/clock.h"
#include "daemon/feeds.h"
#include "daemon/login_cache.h"
#include "etl/store/migrate.h"

static bool make_decoy(struct service *service, struct error *err)
{
    char password[SECRET_PASSWORD_RANDOM_SIZE];
    return secret_random_password(password, err) &&
           secret_password_hash(password, strlen(password), service->decoy_hash, err);
}

static bool make_parts(struct service *service, struct error *err)
{
    const struct settings *settings = service->settings;
    service->by_account =
        throttle_new((int)settings_integer(settings, SETTING_SESSION_TRIES_PER_ACCOUNT));
    service->by_address =
        throttle_new((int)settings_integer(settings, SETTING_SESSION_TRIES_PER_ADDRESS));
    service->known = login_cache_new();
    if (!service->by_account || !service->by_address || !service->known)
        return error_memory(err);
    return make_decoy(service, err) &&
           page_set_load(settings_text(settings, SETTING_HTTP_PAGES), &service->pages, err) &&
           feeds_open(settings, &service->feeds, err);
}

bool service_open(const struct settings *settings, const char *dsn, const char *data_dir,
                  struct service **out, struct error *err)
{
    struct service *service = calloc(1, sizeof *service);
    if (!service)
        return error_memory(err);
    service->settings = settings;
    service->dsn = dsn;
    service->data_dir = data_dir;
    service->secure = settings_text(settings, SETTING_HTTP_TLS_CERTIFICATE)[0] != '\0' ||
                      settings_text(settings, SETTING_HTTP_TRUSTED_PROXY)[0] != '\0';
    service->databases_free = SERVICE_THREADS;
    pthread_mutex_init(&service->database_lock, NULL);
    pthread_mutex_init(&service->version_lock, NULL);
    pthread_mutex_init(&service->throttle_lock, NULL);
    pthread_rwlock_init(&service->pages_lock, NULL);
    metrics_init(&service->metrics);
    if (!make_parts(service, err)) {
        service_close(service);
        return false;
    }
    *out = service;
    return true;
}

void service_close(struct service *service)
{
    if (!service)
        return;
    for (int i = 0; i < SERVICE_THREADS; i++)
        db_close(service->databases[i]);
    throttle_free(service->by_account);
    throttle_free(service->by_address);
    login_cache_free(service->known);
    page_set_free(service->pages);
    feeds_close(service->feeds);
    pthread_mutex_destroy(&service->database_lock);
    pthread_mutex_destroy(&service->version_lock);
    pthread_mutex_destroy(&service->throttle_lock);
    pthread_rwlock_destroy(&service->pages_lock);
    free(service);
}

static bool open_database(const struct service *service, struct db **out, struct error *err)
{
    struct db *db = NULL;
    if (!db_open(service->dsn, SERVICE_STATEMENT_SECONDS, &db, err))
        return false;
    if (migrate_require(db, err)) {
        *out = db;
        return true;
    }
    db_close(db);
    return false;
}

bool service_take_database(struct service *service, struct db **out, struct error *err)
{
    bool got = false;
    pthread_mutex_lock(&service->database_lock);
    if (service->databases_free > 0) {
        got = true;
        service->databases_free--;
        *out = service->databases[service->databases_free];
        service->databases[service->databases_free] = NULL;
    }
    pthread_mutex_unlock(&service->database_lock);
    if (!got)
        return error_set(err, ERROR_UNAVAILABLE, NULL, "all %d database sessions are in use",
                         SERVICE_THREADS);
    if (*out && !db_is_alive(*out)) {
        db_close(*out);
        *out = NULL;
    }
    if (*out || open_database(service, out, err))
        return true;
    service_give_database(service, NULL, false);
    return false;
}

void service_give_database(struct service *service, struct db *db, bool broken)
{
    if (db && broken) {
        db_close(db);
        db = NULL;
    }
    if (db)
        db_rollback(db);
    pthread_mutex_lock(&service->database_lock);
    service->databases[service->databases_free++] = db;
    pthread_mutex_unlock(&service->database_lock);
}

bool service_version(struct service *service, struct db *db, struct change_state *out,
                     struct error *err)
{
    bool good = true;
    pthread_mutex_lock(&service->version_lock);
    int64_t now_ms = clock_monotonic_ms();
    if (service->version_polled_ms == 0 || now_ms - service->version_polled_ms >= SERVICE_POLL_MS) {
        good = change_fetch(db, &service->version, err);
        service->version_polled_ms = good ? now_ms : 0;
    }
    *out = service->version;
    pthread_mutex_unlock(&service->version_lock);
    return good;
}

void service_changed(struct service *service)
{
    pthread_mutex_lock(&service->version_lock);
    service->version_polled_ms = 0;
    pthread_mutex_unlock(&service->version_lock);
}

void service_stamp(struct service *service, struct view_stamp *out)
{
    pthread_mutex_lock(&service->version_lock);
    *out = service->stamp;
    pthread_mutex_unlock(&service->version_lock);
}

void service_note_stamp(struct service *service, const struct view_stamp *stamp)
{
    pthread_mutex_lock(&service->version_lock);
    service->stamp = *stamp;
    pthread_mutex_unlock(&service->version_lock);
}

bool service_reload_pages(struct service *service, struct error *err)
{
    struct page_set *pages = NULL;
    if (!page_set_load(settings_text(service->settings, SETTING_HTTP_PAGES), &pages, err))
        return false;
    pthread_rwlock_wrlock(&service->pages_lock);
    page_set_free(service->pages);
    service->pages = pages;
    pthread_rwlock_unlock(&service->pages_lock);
    return true;
}
