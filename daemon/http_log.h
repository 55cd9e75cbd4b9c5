/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The access log: one line of JSON per request on standard error. It names the route's pattern, not
 * the target: what a client asked for may be personal. Lines of HTTP_LOG_GATHER_MS leave together,
 * written by a thread of its own, so that a log that is read slowly holds up no request; lines that
 * find no room are counted (heng_log_lines_lost_total).
 */
#ifndef HENG_DAEMON_HTTP_LOG_H
#define HENG_DAEMON_HTTP_LOG_H

#include "daemon/http_exchange.h"

enum { HTTP_LOG_BYTES = 1024 * 1024, HTTP_LOG_GATHER_MS = 5 };

struct http_log;

ERROR_CHECKED bool http_log_open(struct metrics *metrics, struct http_log **out, struct error *err);
/* Writes what is left. */
void http_log_close(struct http_log *log);

/* sent: the client took the whole answer. Also counts the request. */
void http_log_request(const struct http_exchange *exchange, bool sent);

#endif
