/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entries of the audit chain about a request: actor, moment and request id are filled in. A route
 * that changes something calls record_event() inside its transaction, as its last statement but
 * change_note() and the commit; one that only reads calls record_alone() before it answers. */
#ifndef HENG_DAEMON_RECORD_H
#define HENG_DAEMON_RECORD_H

#include "daemon/http.h"

/* detail: the reason given, or with what; NULL stands for "". */
ERROR_CHECKED bool record_event(struct request *request, const char *action, const char *subject,
                                const char *detail, struct error *err);
ERROR_CHECKED bool record_alone(struct request *request, const char *action, const char *subject,
                                const char *detail, struct error *err);

#endif
