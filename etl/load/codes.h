/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the reading of rows needs beside the mapping: the code lists of the database and the names
 * of a file's columns. */
#ifndef HENG_ETL_LOAD_CODES_H
#define HENG_ETL_LOAD_CODES_H

#include "etl/record/codelist.h"
#include "etl/store/db.h"

/* The lists are freed by the caller with codelist_free(), also after a failure. */
ERROR_CHECKED bool codes_fetch(struct db *db, struct codelist *regions, struct codelist *industries,
                               struct error *err);

#endif
