/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

const char *http_listen_text(const struct sockaddr *address, char *out, size_t size)
{
    const void *where = NULL;
    out[0] = '\0';
    if (address && address->sa_family == AF_INET)
        where = &((const struct sockaddr_in *)(const void *)address)->sin_addr;
    else if (address && address->sa_family == AF_INET6)
        where = &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr;
    if (where && !inet_ntop(address->sa_family, where, out, (socklen_t)size))
        out[0] = '\0';
    return out;
}

bool http_listen_is_loopback(const char *address)
{
    return strncmp(address, "127.", 4) == 0 || strcmp(address, "::1") == 0;
}

static bool parse(const char *text, int port, union address *out, socklen_t *size)
{
    memset(out, 0, sizeof *out);
    if (inet_pton(AF_INET, text, &out->four.sin_addr) == 1) {
        out->four.sin_family = AF_INET;
        out->four.sin_port = htons((uint16_t)port);
        *size = sizeof out->four;
        return true;
    }
    if (inet_pton(AF_INET6, text, &out->six.sin6_addr) == 1) {
        out->six.sin6_family = AF_INET6;
        out->six.sin6_port = htons((uint16_t)port);
        *size = sizeof out->six;
        return true;
    }
    return false;
}

bool http_listen_normal(const char *address, char *out, size_t size)
{
    union address parsed;
    socklen_t length;
    return parse(address, 0, &parsed, &length) && http_listen_text(&parsed.any, out, size)[0];
}

static bool check(const struct settings *settings, struct http_listen *out, struct error *err)
{
    const char *certificate = settings_text(settings, SETTING_HTTP_TLS_CERTIFICATE);
    const char *key = settings_text(settings, SETTING_HTTP_TLS_KEY);
    const char *proxy = settings_text(settings, SETTING_HTTP_TRUSTED_PROXY);
    char normal[64];
    out->tls = certificate[0] != '\0';
    if (out->tls != (key[0] != '\0'))
        return error_set(err, ERROR_CONFIG, "http.tls_key",
                         "http.tls_certificate and http.tls_key must be given together");
    if (proxy[0] && !http_listen_normal(proxy, normal, sizeof normal))
        return error_set(err, ERROR_CONFIG, "http.trusted_proxy",
                         "expected an IP address, found \"%s\"", proxy);
    if (out->loopback || out->tls || proxy[0])
        return true;
    return error_set(
        err, ERROR_CONFIG, "http.address",
        "%s can be reached by other machines, and plain HTTP would show them passwords "
        "and sessions: set http.tls_certificate and http.tls_key, or "
        "http.trusted_proxy, or listen on 127.0.0.1",
        out->address);
}

static bool bind_socket(struct http_listen *out, const union address *address, socklen_t size,
                        struct error *err)
{
    const int on = 1;
    union address bound = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t bound_size = sizeof bound;
    if (setsockopt(out->descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0 ||
        bind(out->descriptor, &address->any, size) != 0 || listen(out->descriptor, BACKLOG) != 0 ||
        getsockname(out->descriptor, &bound.any, &bound_size) != 0)
        return error_errno(err, out->address, "cannot listen on http.address and http.port", errno);
    out->port = ntohs(bound.any.sa_family == AF_INET6 ? bound.six.sin6_port : bound.four.sin_port);
    return true;
}

bool http_listen_open(const struct settings *settings, struct http_listen *out, struct error *err)
{
    const char *text = settings_text(settings, SETTING_HTTP_ADDRESS);
    union address address;
    socklen_t size;
    *out = (struct http_listen){.descriptor = -1};
    if (!parse(text, (int)settings_integer(settings, SETTING_HTTP_PORT), &address, &size))
        return error_set(err, ERROR_CONFIG, "http.address", "expected an IP address, found \"%s\"",
                         text);
    snprintf(out->address, sizeof out->address, "%s", text);
    out->loopback = http_listen_is_loopback(text);
    if (!check(settings, out, err))
        return false;
    out->descriptor =
        socket(address.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, IPPROTO_TCP);
    if (out->descriptor < 0)
        return error_errno(err, "http.address", "cannot make a socket", errno);
    if (bind_socket(out, &address, size, err))
        return true;
    close(out->descriptor);
    return false;
}
