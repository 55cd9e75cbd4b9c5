/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The socket that the service listens on, and who may connect to it. */
#ifndef HENG_DAEMON_HTTP_LISTEN_H
#define HENG_DAEMON_HTTP_LISTEN_H

#include <stddef.h>
#include <sys/socket.h>

#include "daemon/settings.h"

struct http_listen {
    int descriptor; /* close() it */
    bool loopback;
    bool tls;
    int port;
    char address[64]; /* as in the setting */
};

/* Refuses plain HTTP where other machines could connect. */
ERROR_CHECKED bool http_listen_open(const struct settings *settings, struct http_listen *out,
                                    struct error *err);

/* The address as text; "" when it is neither IPv4 nor IPv6. */
const char *http_listen_text(const struct sockaddr *address, char *out, size_t size);

bool http_listen_is_loopback(const char *address);

/* An IP address, as text, in the one form that http_listen_text() gives. */
bool http_listen_normal(const char *address, char *out, size_t size);

#endif
