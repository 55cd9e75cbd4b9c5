/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The HTTP server: libmicrohttpd with epoll and SERVICE_THREADS threads on a socket of our own.
 *
 * Plain HTTP is served on a loopback address only. Another address needs http.tls_certificate and
 * http.tls_key, or http.trusted_proxy, which must then be the only machine that connects: without
 * either, opening is refused with the reason (kind ERROR_CONFIG).
 */
#ifndef HENG_DAEMON_HTTP_SERVER_H
#define HENG_DAEMON_HTTP_SERVER_H

#include <stdbool.h>

#include "models/core/error.h"

struct service;
struct http_front;

enum {
    HTTP_HEAD_BYTES = 32 * 1024, /* of a connection: head, and the head of the answer */
    HTTP_CONNECTIONS = 12000,
    HTTP_CONNECTIONS_PER_ADDRESS = 256, /* where others than the proxy and this machine come */
    HTTP_URL_SIZE = 128
};

/* Listens and answers on return. */
ERROR_CHECKED bool http_server_open(struct service *service, bool quiet, struct http_front **out,
                                    struct error *err);

/* "http://127.0.0.1:8360/" */
const char *http_server_url(const struct http_front *front);

/* Reads certificate and key again: new connections use them at once, old ones finish. */
ERROR_CHECKED bool http_server_reload(struct http_front *front, struct error *err);

/* Takes no new connection, waits at most http.stop_seconds for requests under way, ends. */
void http_server_close(struct http_front *front);

#endif
