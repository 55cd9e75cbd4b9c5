/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_watch.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "daemon/clock.h"

struct http_watch {
    pthread_mutex_t lock;
    pthread_t sweeper;
    atomic_bool ending;
    int64_t limits_ms[HTTP_PHASE_COUNT];
    struct metrics *metrics;
    struct http_connection *first;
};

static uint64_t bytes_received(int descriptor)
{
    struct tcp_info info = {.tcpi_bytes_received = 0};
    socklen_t size = sizeof info;
    if (getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
        return 0;
    return info.tcpi_bytes_received;
}

void http_watch_phase(struct http_connection *connection, enum http_phase phase)
{
    /* The moment first: a sweep in between sees the old phase as younger, never as older. */
    atomic_store(&connection->since_ms, clock_monotonic_ms());
    atomic_store(&connection->phase, phase);
}

void http_watch_quiet(struct http_connection *connection, uint64_t bytes)
{
    if (connection->encrypted)
        atomic_store(&connection->consumed, bytes_received(connection->descriptor));
    else
        atomic_fetch_add(&connection->consumed, bytes);
    http_watch_phase(connection, HTTP_PHASE_QUIET);
}

/* The first bytes of a request have arrived. */
static void notice_head(struct http_connection *connection)
{
    int quiet = HTTP_PHASE_QUIET;
    if (bytes_received(connection->descriptor) <= atomic_load(&connection->consumed))
        return;
    int64_t now_ms = clock_monotonic_ms();
    if (atomic_compare_exchange_strong(&connection->phase, &quiet, HTTP_PHASE_HEAD))
        atomic_store(&connection->since_ms, now_ms);
}

static void check(struct http_watch *watch, struct http_connection *connection, int64_t now_ms)
{
    if (atomic_load(&connection->phase) == HTTP_PHASE_QUIET)
        notice_head(connection);
    int64_t limit_ms = watch->limits_ms[atomic_load(&connection->phase)];
    if (connection->cut || limit_ms == 0 || now_ms - atomic_load(&connection->since_ms) < limit_ms)
        return;
    connection->cut = true;
    atomic_fetch_add(&watch->metrics->connections_cut, 1);
    (void)shutdown(connection->descriptor, SHUT_RDWR);
}

static void *sweep(void *context)
{
    struct http_watch *watch = context;
    while (!atomic_load(&watch->ending)) {
        clock_sleep_ms(HTTP_SWEEP_MS);
        pthread_mutex_lock(&watch->lock);
        int64_t now_ms = clock_monotonic_ms();
        for (struct http_connection *connection = watch->first; connection;
             connection = connection->next)
            check(watch, connection, now_ms);
        pthread_mutex_unlock(&watch->lock);
    }
    return NULL;
}

bool http_watch_open(const int64_t limits_ms[HTTP_PHASE_COUNT], struct metrics *metrics,
                     struct http_watch **out, struct error *err)
{
    struct http_watch *watch = calloc(1, sizeof *watch);
    if (!watch)
        return error_memory(err);
    for (int i = 0; i < HTTP_PHASE_COUNT; i++)
        watch->limits_ms[i] = limits_ms[i];
    watch->metrics = metrics;
    pthread_mutex_init(&watch->lock, NULL);
    int failed = pthread_create(&watch->sweeper, NULL, sweep, watch);
    if (failed) {
        pthread_mutex_destroy(&watch->lock);
        free(watch);
        return error_errno(err, NULL, "cannot start a thread", failed);
    }
    *out = watch;
    return true;
}

void http_watch_close(struct http_watch *watch)
{
    if (!watch)
        return;
    atomic_store(&watch->ending, true);
    pthread_join(watch->sweeper, NULL);
    pthread_mutex_destroy(&watch->lock);
    free(watch);
}

struct http_connection *http_watch_add(struct http_watch *watch, int descriptor, bool encrypted)
{
    struct http_connection *connection = calloc(1, sizeof *connection);
    if (!connection)
        return NULL;
    connection->descriptor = descriptor;
    connection->encrypted = encrypted;
    atomic_store(&connection->since_ms, clock_monotonic_ms());
    pthread_mutex_lock(&watch->lock);
    connection->next = watch->first;
    if (watch->first)
        watch->first->previous = connection;
    watch->first = connection;
    pthread_mutex_unlock(&watch->lock);
    atomic_fetch_add(&watch->metrics->connections_now, 1);
    return connection;
}

void http_watch_remove(struct http_watch *watch, struct http_connection *connection)
{
    pthread_mutex_lock(&watch->lock);
    if (connection->next)
        connection->next->previous = connection->previous;
    if (connection->previous)
        connection->previous->next = connection->next;
    else
        watch->first = connection->next;
    pthread_mutex_unlock(&watch->lock);
    atomic_fetch_sub(&watch->metrics->connections_now, 1);
    free(connection);
}
