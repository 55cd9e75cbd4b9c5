/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who may see which rows. An account belongs to one role and may be bound to a district
 * (region_code) or a department (department_id); a bound account sees only rows of that district or
 * department, an unbound one sees all. This is the only place that turns an account into statement
 * parameters: a statement that returns register data has the predicate
 *
 *     ($n::text IS NULL OR region_code = $n) AND ($m::text IS NULL OR department_id = $m)
 *
 * with $n and $m from scope_region() and scope_department().
 */
#ifndef HENG_DAEMON_SCOPE_H
#define HENG_DAEMON_SCOPE_H

#include <stdbool.h>

#include "daemon/role.h"

enum { SCOPE_CODE_SIZE = 32, SCOPE_KEY_SIZE = 96 };

struct scope {
    enum role role;
    char region_code[SCOPE_CODE_SIZE];   /* "" = every district */
    char department_id[SCOPE_CODE_SIZE]; /* "" = every department */
};

/* Statement parameters: NULL = no limit. */
const char *scope_region(const struct scope *scope);
const char *scope_department(const struct scope *scope);

/* A region that the caller asks for (NULL = none asked), narrowed by the scope. False when it lies
 * outside: the answer is then empty, or 404 for one object. */
bool scope_narrow(const struct scope *scope, const char *asked, const char **region);

/* Distinguishes what two scopes may see, for caches: out has SCOPE_KEY_SIZE bytes. */
const char *scope_key(const struct scope *scope, char *out);

#endif
