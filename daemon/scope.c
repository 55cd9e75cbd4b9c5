/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/scope.h"

#include <stdio.h>
#include <string.h>

const char *scope_region(const struct scope *scope)
{
    return scope->region_code[0] ? scope->region_code : NULL;
}

const char *scope_department(const struct scope *scope)
{
    return scope->department_id[0] ? scope->department_id : NULL;
}

bool scope_narrow(const struct scope *scope, const char *asked, const char **region)
{
    const char *own = scope_region(scope);
    *region = own ? own : asked;
    return !own || !asked || strcmp(own, asked) == 0;
}

const char *scope_key(const struct scope *scope, char *out)
{
    snprintf(out, SCOPE_KEY_SIZE, "%s|%s|%s", role_name(scope->role), scope->region_code,
             scope->department_id);
    return out;
}
