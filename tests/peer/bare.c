/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The limit for HTTP: libmicrohttpd as the service starts it, answering every request with the same
 * bytes and headers.
 *
 * usage: bare BODY-FILE    prints "port N", serves until it is told to end
 */
#include <microhttpd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS = 4, BODY_CAP = 16 * 1024 * 1024, MEMORY_LIMIT = 32 * 1024 };

static const char *const headers[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
    {"Content-Type", "application/json; charset=utf-8"},
    {"ETag", "\"0123456789abcdef0123456789abcdef\""},
    {"Vary", "Accept-Language, Cookie"},
    {"Cache-Control", "private, no-cache"},
};

static enum MHD_Result answer(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_size, void **slot)
{
    static int seen;
    (void)url, (void)method, (void)version, (void)upload, (void)upload_size;
    if (!*slot) {
        *slot = &seen; /* an answer on the first call would close the connection */
        return MHD_YES;
    }
    return MHD_queue_response(connection, MHD_HTTP_OK, context);
}

static struct MHD_Response *read_body(const char *path)
{
    FILE *file = fopen(path, "re");
    char *bytes = malloc(BODY_CAP);
    size_t size = file && bytes ? fread(bytes, 1, BODY_CAP, file) : 0;
    if (file)
        fclose(file);
    struct MHD_Response *response =
        size ? MHD_create_response_from_buffer(size, bytes, MHD_RESPMEM_MUST_FREE) : NULL;
    for (size_t i = 0; response && i < sizeof headers / sizeof headers[0]; i++)
        MHD_add_response_header(response, headers[i][0], headers[i][1]);
    return response;
}

int main(int count, char **arguments)
{
    sigset_t ends;
    int signal_number;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    struct MHD_Response *response = count == 2 ? read_body(arguments[1]) : NULL;
    struct MHD_Daemon *daemon =
        response ? MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ITC, 0, NULL, NULL,
                                    answer, response, MHD_OPTION_THREAD_POOL_SIZE, THREADS,
                                    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_LIMIT,
                                    MHD_OPTION_END)
                 : NULL;
    const union MHD_DaemonInfo *info =
        daemon ? MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT) : NULL;
    if (!info) {
        fprintf(stderr, "bare: expected a body file and a free port\n");
        return 1;
    }
    printf("port %d\n", (int)info->port);
    fflush(stdout);
    sigwait(&ends, &signal_number);
    MHD_stop_daemon(daemon);
    MHD_destroy_response(response);
    return 0;
}
