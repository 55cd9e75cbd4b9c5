/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an account is for; every account has one role. Bits, so that a route can name several. */
#ifndef HENG_DAEMON_ROLE_H
#define HENG_DAEMON_ROLE_H

#include <stdbool.h>

#include "models/core/text.h"

enum role {
    ROLE_REGULATOR = 1 << 0,
    ROLE_PLANNER = 1 << 1,
    ROLE_LEADER = 1 << 2,
    ROLE_AUDITOR = 1 << 3,
    ROLE_ADMIN = 1 << 4,
    ROLE_FEEDER = 1 << 5,    /* a machine that delivers records, and reads none */
    ROLE_ALL = (1 << 5) - 1, /* every person */
    ROLE_EVERY = (1 << 6) - 1
};

enum { ROLE_COUNT = 6 };

const char *role_name(enum role role);
/* The i-th role, 0 … ROLE_COUNT - 1. */
enum role role_at(int index);
bool role_find(struct text name, enum role *out);

#endif
