/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The query parameters that views take, one table: what each may be. */
#ifndef HENG_ETL_STORE_VIEW_VALUE_H
#define HENG_ETL_STORE_VIEW_VALUE_H

#include <stdbool.h>

#include "models/core/error.h"

enum { VIEW_VALUE_BYTES_CAP = 200, VIEW_NAME_CHARACTERS = 2 /* fewest of a part of a name */ };

/* ERROR_INPUT naming the parameter. NULL (absent) is allowed for all; a name that the table does
 * not have is a broken invariant. */
ERROR_CHECKED bool view_value_check(const char *name, const char *value, struct error *err);

#endif
