/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Problem documents (RFC 9457): what a refused request answers. One table holds the kinds; the
 * kinds of struct error map into it, the rest are refusals that only HTTP knows. Details of
 * failures of the program itself stay in the log; the document carries the request id. Title and
 * detail are in the language asked for; errors[] and the message of the error stay English, the
 * language of the API's names, for those who look into it.
 */
#ifndef HENG_DAEMON_PROBLEM_H
#define HENG_DAEMON_PROBLEM_H

#include <jansson.h>
#include <stdbool.h>

#include "models/core/error.h"

struct response;

enum problem_kind {
    PROBLEM_BY_ERROR, /* the kind of the error decides */
    PROBLEM_MALFORMED,
    PROBLEM_NO_SESSION,
    PROBLEM_FORBIDDEN,
    PROBLEM_ORIGIN,
    PROBLEM_NOT_FOUND,
    PROBLEM_METHOD,
    PROBLEM_CONFLICT,
    PROBLEM_LENGTH_REQUIRED,
    PROBLEM_PRECONDITION,
    PROBLEM_BODY_SIZE,
    PROBLEM_MEDIA_TYPE,
    PROBLEM_INPUT,
    PROBLEM_PRECONDITION_REQUIRED,
    PROBLEM_RATE,
    PROBLEM_INTERNAL,
    PROBLEM_UNAVAILABLE,
    PROBLEM_SCHEMA,
    PROBLEM_DISK,
    PROBLEM_KIND_COUNT
};

struct problem_row {
    const char *name; /* urn:heng:problem:<name> */
    int status;
    const char *title_zh;
    const char *title_en;
    const char *advice_zh;  /* what to do; the error's message, in English, follows in brackets */
    const char *instead_en; /* where the message is for the log only: what is said instead */
};

const struct problem_row *problem_row_of(enum problem_kind kind, const struct error *err);

/* Fills *err and the response's kind; returns false. A subject beginning with "/" is a pointer. */
bool problem_set(struct response *response, struct error *err, enum problem_kind kind,
                 const char *subject, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* The document; NULL without memory. in_query: the subject names a query parameter. */
json_t *problem_document(enum problem_kind kind, const struct error *err, bool in_query,
                         bool chinese, const char *request_id);

#endif
