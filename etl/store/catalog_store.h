/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The code lists shipped with the program, brought into the reference tables. */
#ifndef HENG_ETL_STORE_CATALOG_STORE_H
#define HENG_ETL_STORE_CATALOG_STORE_H

#include "etl/store/db.h"

/* Inside a transaction. Rows that a user loaded are not touched. */
ERROR_CHECKED bool catalog_store_all(struct db *db, struct error *err);

#endif
