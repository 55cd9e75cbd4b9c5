/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The members of a request's JSON body, from a table of rows. Everything that is wrong is
 * ERROR_INPUT with the JSON Pointer of the member as the subject.
 *
 *     const struct body_member members[] = {
 *         {"reason", BODY_TEXT, true, .text = &reason},
 *     };
 *     json_t *body = NULL;
 *     if (!body_read(request, members, 1, &body, err))
 *         return false;
 */
#ifndef HENG_DAEMON_BODY_H
#define HENG_DAEMON_BODY_H

#include "daemon/http.h"

enum body_kind { BODY_TEXT, BODY_NUMBER, BODY_BOOL, BODY_DAY };

struct body_member {
    const char *name;
    enum body_kind kind;
    bool required;
    union {                /* left alone when the member is absent or null */
        const char **text; /* not empty; lives as long as the body */
        int64_t *number;   /* from 1 */
        int *truth;        /* 0 or 1 */
        day *day;
    };
};

/* No body counts as {}. The caller releases *out with json_decref(). */
ERROR_CHECKED bool body_read(const struct request *request, const struct body_member *members,
                             size_t count, json_t **out, struct error *err);

#endif
