/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of JSON per request on standard error, whole in one write. It names the route's pattern,
 * not the target: what a client asked for may be personal. */
#ifndef HENG_DAEMON_HTTP_LOG_H
#define HENG_DAEMON_HTTP_LOG_H

#include "daemon/http_exchange.h"

/* sent: the client took the whole answer. Also counts the request. */
void http_log(struct http_exchange *exchange, bool sent);

#endif
