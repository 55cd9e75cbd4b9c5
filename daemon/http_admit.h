/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a request may be answered at all, decided from its head: well-formed, a known route and
 * its parameters, a valid session of a role that may, a change only with the right origin and
 * token, a body no larger than the route takes. */
#ifndef HENG_DAEMON_HTTP_ADMIT_H
#define HENG_DAEMON_HTTP_ADMIT_H

#include "daemon/http_exchange.h"

/* Fills the exchange's request; false with the refusal in its response and error. */
ERROR_CHECKED bool http_admit(struct http_exchange *exchange, const char *method,
                              const char *version);

#endif
