/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a batch was like: how full its fields are, what was rejected and why, how often a key came
 * again, the last day on which something happened. Counted while rows pass, stored in the batch's
 * transaction, listed per source and day by GET /api/v1/quality.
 */
#ifndef HENG_ETL_LOAD_QUALITY_H
#define HENG_ETL_LOAD_QUALITY_H

#include "etl/record/row.h"
#include "etl/store/db.h"

struct quality {
    int64_t reasons[REJECT_REASON_COUNT];
    int64_t filled[KIND_FIELDS_CAP]; /* of the rows that were read */
    int64_t duplicates;              /* rows whose key the batch had before */
    char newest_on[DAY_TEXT_SIZE];   /* "" = nothing has a day */
    struct reject first;             /* the first reject, when there is one */
    int64_t first_line;              /* 0 = none */
};

void quality_reset(struct quality *quality);
void quality_add(struct quality *quality, const struct kind *kind, const struct row *row);
void quality_add_reject(struct quality *quality, int64_t line, const struct reject *reject);

/* The reason most often given; the first of the table when several are. */
enum reject_reason quality_main_reason(const struct quality *quality);

ERROR_CHECKED bool quality_store(const struct quality *quality, const struct kind *kind,
                                 struct db *db, int64_t batch_id, const char *now,
                                 struct error *err);

#endif
