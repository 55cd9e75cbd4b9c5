/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/ping.h"

#include <libpq-fe.h>
#include <stdio.h>

enum ping_answer ping_server(const char *dsn, int timeout_seconds)
{
    char timeout[16];
    snprintf(timeout, sizeof timeout, "%d", timeout_seconds);
    /* With expand_dbname the string takes the place of "dbname"; what follows overrides it. */
    const char *const keywords[] = {"dbname", "connect_timeout", NULL};
    const char *const values[] = {dsn, timeout, NULL};
    switch (PQpingParams(keywords, values, 1)) {
    case PQPING_OK:
        return PING_READY;
    case PQPING_REJECT:
        return PING_REJECTING;
    case PQPING_NO_RESPONSE:
    case PQPING_NO_ATTEMPT:
        break;
    }
    return PING_SILENT;
}
