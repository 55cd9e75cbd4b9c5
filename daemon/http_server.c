/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_server.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "daemon/http_exchange.h"
#include "daemon/http_listen.h"
#include "daemon/http_log.h"

enum {
    PEM_BYTES_CAP = 256 * 1024,
    OPTIONS_CAP = 16,
    DRAIN_POLL_MS = 20,
    SPARE_DESCRIPTORS = 128 /* database, files, the program's own */
};

static const char PRIORITIES[] = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";

struct http_front {
    struct http_server server;
    struct http_listen listen;
    struct MHD_Daemon *daemon;
    char proxy[HTTP_ADDRESS_SIZE]; /* "" without one */
    char url[HTTP_URL_SIZE];
    unsigned connections;
};

static bool read_pem(const char *path, char **out, struct error *err)
{
    FILE *file = fopen(path, "re");
    char *text = file ? calloc(1, PEM_BYTES_CAP + 1) : NULL;
    if (!file)
        return error_errno(err, path, "cannot open", errno);
    size_t size = text ? fread(text, 1, PEM_BYTES_CAP, file) : 0;
    bool whole = text && size > 0 && !ferror(file) && fgetc(file) == EOF;
    fclose(file);
    if (whole) {
        *out = text;
        return true;
    }
    free(text);
    return error_set(err, ERROR_CONFIG, path, "expected a PEM file of 1 to %d bytes",
                     PEM_BYTES_CAP);
}

static void note_connection(void *context, struct MHD_Connection *mhd, void **slot,
                            enum MHD_ConnectionNotificationCode code)
{
    struct http_front *front = context;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
    if (code == MHD_CONNECTION_NOTIFY_STARTED && info)
        *slot = http_watch_add(front->server.watch, info->connect_fd, front->listen.tls);
    else if (code == MHD_CONNECTION_NOTIFY_CLOSED && *slot)
        http_watch_remove(front->server.watch, *slot);
}

/* Behind a proxy nobody else may come, or he could claim any address. */
static enum MHD_Result accept_client(void *context, const struct sockaddr *address, socklen_t size)
{
    const struct http_front *front = context;
    char text[HTTP_ADDRESS_SIZE];
    (void)size;
    http_listen_text(address, text, sizeof text);
    return !front->proxy[0] || http_listen_is_loopback(text) || strcmp(text, front->proxy) == 0
               ? MHD_YES
               : MHD_NO;
}

static struct MHD_OptionItem number(enum MHD_OPTION option, intptr_t value)
{
    return (struct MHD_OptionItem){option, value, NULL};
}

static size_t tls_options(char *certificate, char *key, struct MHD_OptionItem *out)
{
    if (!certificate)
        return 0;
    out[0] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_CERT, 0, certificate};
    out[1] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_MEM_KEY, 0, key};
    out[2] = (struct MHD_OptionItem){MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)PRIORITIES};
    return 3;
}

/* Gets a descriptor of its own: the library closes the one it was given when it cannot start. */
static struct MHD_Daemon *start(struct http_front *front, char *certificate, char *key)
{
    int descriptor = fcntl(front->listen.descriptor, F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0)
        return NULL;
    struct MHD_OptionItem options[OPTIONS_CAP];
    size_t count = tls_options(certificate, key, options);
    bool crowd = !front->listen.loopback && !front->proxy[0];
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC;
    options[count++] = number(MHD_OPTION_LISTEN_SOCKET, descriptor);
    options[count++] = number(MHD_OPTION_THREAD_POOL_SIZE, SERVICE_THREADS);
    options[count++] = number(MHD_OPTION_CONNECTION_MEMORY_LIMIT, HTTP_HEAD_BYTES);
    options[count++] = number(MHD_OPTION_CONNECTION_LIMIT, front->connections);
    options[count++] = number(MHD_OPTION_STRICT_FOR_CLIENT, 1);
    if (crowd)
        options[count++] = number(MHD_OPTION_PER_IP_CONNECTION_LIMIT, HTTP_CONNECTIONS_PER_ADDRESS);
    options[count] = number(MHD_OPTION_END, 0);
    return MHD_start_daemon(flags | (certificate ? MHD_USE_TLS : 0), 0, accept_client, front,
                            http_exchange_request, &front->server, MHD_OPTION_URI_LOG_CALLBACK,
                            http_exchange_begin, &front->server, MHD_OPTION_NOTIFY_COMPLETED,
                            http_exchange_end, &front->server, MHD_OPTION_NOTIFY_CONNECTION,
                            note_connection, front, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
}

static bool start_daemon(struct http_front *front, struct MHD_Daemon **out, struct error *err)
{
    const struct settings *settings = front->server.service->settings;
    char *certificate = NULL;
    char *key = NULL;
    bool good =
        !front->listen.tls ||
        (read_pem(settings_text(settings, SETTING_HTTP_TLS_CERTIFICATE), &certificate, err) &&
         read_pem(settings_text(settings, SETTING_HTTP_TLS_KEY), &key, err));
    *out = good ? start(front, certificate, key) : NULL;
    free(certificate);
    free(key);
    if (good && !*out)
        return error_set(err, ERROR_CONFIG, front->url,
                         front->listen.tls ? "cannot serve HTTPS: do certificate and key fit?"
                                           : "cannot serve HTTP");
    return good;
}

/* As many connections as file descriptors allow. */
static unsigned connections_possible(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return HTTP_CONNECTIONS / 16;
    limit.rlim_cur = limit.rlim_max;
    (void)setrlimit(RLIMIT_NOFILE, &limit); /* what counts is what it is afterwards */
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur < 2 * SPARE_DESCRIPTORS)
        return SPARE_DESCRIPTORS;
    rlim_t possible = limit.rlim_cur - SPARE_DESCRIPTORS;
    return possible < HTTP_CONNECTIONS ? (unsigned)possible : HTTP_CONNECTIONS;
}

static bool open_watch(struct http_front *front, struct error *err)
{
    struct service *service = front->server.service;
    const enum setting seconds[HTTP_PHASE_COUNT] = {
        [HTTP_PHASE_QUIET] = SETTING_HTTP_IDLE_SECONDS,
        [HTTP_PHASE_HEAD] = SETTING_HTTP_HEAD_SECONDS,
        [HTTP_PHASE_BODY] = SETTING_HTTP_BODY_SECONDS,
        [HTTP_PHASE_SEND] = SETTING_HTTP_SEND_SECONDS,
    };
    int64_t limits_ms[HTTP_PHASE_COUNT] = {0};
    for (int i = 0; i < HTTP_PHASE_COUNT; i++) {
        if (i != HTTP_PHASE_WORK)
            limits_ms[i] = 1000 * settings_integer(service->settings, seconds[i]);
    }
    return http_watch_open(limits_ms, &service->metrics, &front->server.watch, err);
}

static void name_url(struct http_front *front)
{
    bool six = strchr(front->listen.address, ':') != NULL;
    snprintf(front->url, sizeof front->url, "%s://%s%s%s:%d/", front->listen.tls ? "https" : "http",
             six ? "[" : "", front->listen.address, six ? "]" : "", front->listen.port);
}

static bool open_all(struct http_front *front, struct error *err)
{
    const struct settings *settings = front->server.service->settings;
    if (!http_listen_open(settings, &front->listen, err))
        return false;
    name_url(front);
    if (settings_text(settings, SETTING_HTTP_TRUSTED_PROXY)[0])
        (void)http_listen_normal(settings_text(settings, SETTING_HTTP_TRUSTED_PROXY), front->proxy,
                                 sizeof front->proxy);
    front->connections = connections_possible();
    front->server.cache = http_cache_new();
    if (!front->server.cache)
        return error_memory(err);
    return open_watch(front, err) && start_daemon(front, &front->daemon, err);
}

bool http_server_open(struct service *service, bool quiet, struct http_front **out,
                      struct error *err)
{
    struct http_front *front = calloc(1, sizeof *front);
    if (!front)
        return error_memory(err);
    front->server.service = service;
    front->server.proxy = front->proxy;
    front->listen.descriptor = -1;
    bool good = quiet || http_log_open(&service->metrics, &front->server.log, err);
    if (!good || !open_all(front, err)) {
        http_server_close(front);
        return false;
    }
    *out = front;
    return true;
}

const char *http_server_url(const struct http_front *front)
{
    return front->url;
}

static void drain(struct http_front *front)
{
    struct service *service = front->server.service;
    int64_t end_ms = clock_monotonic_ms() +
                     1000 * settings_integer(service->settings, SETTING_HTTP_STOP_SECONDS);
    while (atomic_load(&service->metrics.requests_now) > 0 && clock_monotonic_ms() < end_ms)
        clock_sleep_ms(DRAIN_POLL_MS);
}

static void stop_daemon(struct http_front *front, struct MHD_Daemon *daemon)
{
    int descriptor = MHD_quiesce_daemon(daemon);
    drain(front);
    MHD_stop_daemon(daemon);
    if (descriptor >= 0)
        close(descriptor);
}

bool http_server_reload(struct http_front *front, struct error *err)
{
    struct MHD_Daemon *next = NULL;
    if (!front->listen.tls)
        return true;
    if (!start_daemon(front, &next, err))
        return false;
    struct MHD_Daemon *former = front->daemon;
    front->daemon = next;
    stop_daemon(front, former);
    return true;
}

void http_server_close(struct http_front *front)
{
    if (!front)
        return;
    if (front->daemon)
        stop_daemon(front, front->daemon);
    http_watch_close(front->server.watch);
    http_log_close(front->server.log);
    http_cache_free(front->server.cache);
    if (front->listen.descriptor >= 0)
        close(front->listen.descriptor);
    free(front);
}
