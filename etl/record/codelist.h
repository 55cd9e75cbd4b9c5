/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A set of codes known to the database (regions, industries), for checking fields. */
#ifndef HENG_ETL_RECORD_CODELIST_H
#define HENG_ETL_RECORD_CODELIST_H

#include <stdbool.h>
#include <stddef.h>

#include "models/core/text.h"

enum { CODELIST_CAP = 100000, CODELIST_CODE_SIZE = 128 };

struct codelist {
    char (*codes)[CODELIST_CODE_SIZE];
    size_t count;
    size_t room;
};

/* False for want of memory, or when the code is longer than CODELIST_CODE_SIZE - 1 or the list has
 * CODELIST_CAP codes. */
bool codelist_add(struct codelist *list, struct text code);

/* Before codelist_has(). */
void codelist_sort(struct codelist *list);

bool codelist_has(const struct codelist *list, struct text code);
void codelist_free(struct codelist *list);

#endif
