/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The register as a snapshot; used by the score store only. */
#ifndef HENG_ETL_STORE_SCORE_READ_H
#define HENG_ETL_STORE_SCORE_READ_H

#include "etl/store/score_store.h"

/* ids: a PostgreSQL array of the entities to read, NULL for all. */
ERROR_CHECKED bool score_read_snapshot(struct db *db, const struct score_request *request,
                                       const char *ids, struct credit_snapshot **out,
                                       struct error *err);

#endif
