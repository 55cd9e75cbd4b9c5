/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/http_log.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "daemon/route.h"

static json_t *line_of(const struct http_exchange *exchange, bool sent, int64_t duration_us)
{
    const struct request *request = &exchange->request;
    const char *user = request->user.name;
    json_t *line = json_pack(
        "{s:s, s:s, s:s, s:s*, s:s, s:s, s:i, s:I, s:I, s:b}", "at", exchange->now_utc,
        "request_id", exchange->id, "address", exchange->address, "user", user[0] ? user : NULL,
        "method", request->method ? request->method : "?", "route",
        request->route ? request->route->pattern : "?", "status", exchange->status, "bytes",
        (json_int_t)exchange->bytes, "duration_us", (json_int_t)duration_us, "sent", sent);
    if (line && exchange->status >= MHD_HTTP_INTERNAL_SERVER_ERROR)
        json_object_set_new(line, "error",
                            json_sprintf("%s: %s", exchange->err.subject, exchange->err.message));
    return line;
}

void http_log(struct http_exchange *exchange, bool sent)
{
    int64_t duration_us = clock_monotonic_us() - exchange->started_us;
    metrics_count(&exchange->server->service->metrics, exchange->status, duration_us,
                  exchange->bytes);
    if (exchange->server->quiet)
        return;
    json_t *line = line_of(exchange, sent, duration_us);
    char *text = line ? json_dumps(line, JSON_COMPACT | JSON_ENSURE_ASCII) : NULL;
    json_decref(line);
    if (!text)
        return;
    size_t size = strlen(text);
    text[size] = '\n'; /* in the place of the NUL: the line leaves in one write */
    /* A log that cannot be written must not stop the service. */
    if (write(STDERR_FILENO, text, size + 1) < 0)
        atomic_fetch_add(&exchange->server->service->metrics.log_lost, 1);
    free(text);
}
