/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The target of a request ("/api/v1/alerts?state=open") taken apart: percent escapes decoded once,
 * names and values as UTF-8 without NUL. Only origin form is taken (RFC 9112, 3.2.1).
 *
 * Refused (kind ERROR_INPUT): not beginning with "/", "//", "." or ".." segments, escapes that are
 * no two hexadecimal digits, an escaped "/", "\", "%" or control character in the path, bytes
 * outside printable ASCII, invalid UTF-8, a parameter without name or given twice, more than
 * REQUEST_NAMED_CAP parameters.
 */
#ifndef HENG_DAEMON_TARGET_H
#define HENG_DAEMON_TARGET_H

#include "daemon/http.h"

/* Fills path and query of the request from its arena. */
ERROR_CHECKED bool target_read(const char *target, struct request *request, struct error *err);

#endif
