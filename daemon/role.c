/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/role.h"

#include <assert.h>

static const char *const names[ROLE_COUNT] = {"regulator", "planner", "leader",
                                              "auditor",   "admin",   "feeder"};

enum role role_at(int index)
{
    assert(index >= 0 && index < ROLE_COUNT);
    return (enum role)(1 << index);
}

const char *role_name(enum role role)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (role_at(i) == role)
            return names[i];
    }
    return "none";
}

bool role_find(struct text name, enum role *out)
{
    for (int i = 0; i < ROLE_COUNT; i++) {
        if (text_is(name, names[i])) {
            *out = role_at(i);
            return true;
        }
    }
    return false;
}
