/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Answers onto the wire: status, headers that every answer has, bodies whole or in parts. */
#ifndef HENG_DAEMON_HTTP_SEND_H
#define HENG_DAEMON_HTTP_SEND_H

#include "daemon/http_exchange.h"

/* Queues the exchange's response. */
enum MHD_Result http_send(struct http_exchange *exchange);

/* 304 when the client has this very answer, or the answer from the cache; false when it has to be
 * made. */
bool http_send_unchanged(struct http_exchange *exchange, enum MHD_Result *result);

#endif
