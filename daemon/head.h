/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The head of a request, header by header, and what of it is refused although the HTTP library lets
 * it through (each is a way to make two programs in a row read two different requests): a header of
 * the table given twice, Content-Length together with Transfer-Encoding, no Host, a Content-Length
 * that is no plain number, names that are no tokens, control characters in values, a method
 * outside the list, a version other than HTTP/1.0 and 1.1. A body must come with Content-Length.
 */
#ifndef HENG_DAEMON_HEAD_H
#define HENG_DAEMON_HEAD_H

#include "daemon/problem.h"
#include "models/core/text.h"

enum head_name {
    HEAD_HOST,
    HEAD_CONTENT_LENGTH,
    HEAD_TRANSFER_ENCODING,
    HEAD_CONTENT_TYPE,
    HEAD_ORIGIN,
    HEAD_TOKEN, /* X-Heng-Token */
    HEAD_COOKIE,
    HEAD_IF_NONE_MATCH,
    HEAD_IF_MATCH,
    HEAD_IDEMPOTENCY_KEY,
    HEAD_PURPOSE, /* X-Heng-Purpose */
    HEAD_ACCEPT_LANGUAGE,
    HEAD_ACCEPT_ENCODING,
    HEAD_FORWARDED_FOR, /* X-Forwarded-For */
    HEAD_NAME_COUNT
};

struct head {
    struct text values[HEAD_NAME_COUNT]; /* data NULL when absent; borrowed */
    const char *wrong;                   /* what is refused; NULL while all is well */
};

void head_init(struct head *head);

/* One header after the other. */
void head_add(struct head *head, struct text name, struct text value);

/* After the last. *body_bytes gets Content-Length. Returns what to refuse the request as;
 * PROBLEM_BY_ERROR when all is well. */
enum problem_kind head_check(struct head *head, const char *method, const char *version,
                             uint64_t *body_bytes);

/* The value of a cookie; data NULL when absent or given twice. */
struct text head_cookie(const struct head *head, const char *name);

/* Accept-Language: whether Chinese is wanted at least as much as English; Chinese without one. */
bool head_chinese(const struct head *head);

/* Origin is http://<Host>, or https://<Host> when secure. */
bool head_same_origin(const struct head *head, bool secure);

/* One of the entity tags of If-None-Match is etag (with its quotes), or it is "*". */
bool head_none_match(const struct head *head, const char *etag);

#endif
