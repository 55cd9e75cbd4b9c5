/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Absolute deadlines of connections. The library's own time-out counts inactivity, so a client that
 * sends a byte now and then holds a connection for ever; here each phase of a connection has an end
 * in time, and a sweep twice a second shuts down the sockets that are past it.
 *
 * A quiet connection (nothing of a next request has arrived) may stay for idle_ms. From its first
 * byte on the head has head_ms: the sweep compares the kernel's count of bytes received with those
 * of the requests answered so far. Under TLS, where records are longer than requests, that count is
 * read whenever a request ends; without, this costs no call of the system.
 */
#ifndef HENG_DAEMON_HTTP_WATCH_H
#define HENG_DAEMON_HTTP_WATCH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "daemon/metrics.h"
#include "models/core/error.h"

enum http_phase {
    HTTP_PHASE_QUIET,
    HTTP_PHASE_HEAD,
    HTTP_PHASE_BODY,
    HTTP_PHASE_WORK, /* ours: no deadline but the statement limit */
    HTTP_PHASE_SEND,
    HTTP_PHASE_COUNT
};

enum { HTTP_SWEEP_MS = 500 };

struct http_connection {
    struct http_connection *next;
    struct http_connection *previous;
    int descriptor;
    bool encrypted;
    bool cut;
    atomic_int phase;
    _Atomic int64_t since_ms;
    _Atomic uint64_t consumed; /* bytes of the requests that were answered */
};

struct http_watch;

/* limits_ms: per phase, 0 = none. */
ERROR_CHECKED bool http_watch_open(const int64_t limits_ms[HTTP_PHASE_COUNT],
                                   struct metrics *metrics, struct http_watch **out,
                                   struct error *err);
/* After the last connection was removed. */
void http_watch_close(struct http_watch *watch);

/* NULL without memory. The descriptor stays open until http_watch_remove() has returned. */
struct http_connection *http_watch_add(struct http_watch *watch, int descriptor, bool encrypted);
void http_watch_remove(struct http_watch *watch, struct http_connection *connection);

/* A request of so many bytes was answered. */
void http_watch_quiet(struct http_connection *connection, uint64_t bytes);

void http_watch_phase(struct http_connection *connection, enum http_phase phase);

#endif
