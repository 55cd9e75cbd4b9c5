/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Makes the role and the database "heng" in the embedded cluster, if they are not there. Cut off
 * halfway, the next call does the rest.
 */
#ifndef HENG_ETL_STORE_PROVISION_H
#define HENG_ETL_STORE_PROVISION_H

#include <stdbool.h>

#include "models/core/error.h"

/* dsn is that of the superuser. */
ERROR_CHECKED bool provision_database(const char *dsn, struct error *err);

#endif
