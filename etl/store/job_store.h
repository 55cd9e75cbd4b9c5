/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Jobs as rows: queued by a request, taken by the runner, read by whoever asked. */
#ifndef HENG_ETL_STORE_JOB_STORE_H
#define HENG_ETL_STORE_JOB_STORE_H

#include <jansson.h>

#include "etl/store/db.h"

enum { JOB_KIND_SIZE = 32, JOB_ACTOR_SIZE = 65 };

/* The same idempotency key (may be NULL) of the same account and kind gives the same job. */
ERROR_CHECKED bool job_store_insert(struct db *db, const char *kind, int64_t account_id,
                                    const char *argument, const char *idempotency_key,
                                    const char *now, int64_t *job_id, struct error *err);

/* The job that has this key; *job_id = 0 when none has. ERROR_CONFLICT: its argument is another. */
ERROR_CHECKED bool job_store_find(struct db *db, const char *kind, int64_t account_id,
                                  const char *argument, const char *idempotency_key,
                                  int64_t *job_id, struct error *err);

/* The job as the contract's JSON object; account_id 0 reads those of all. Not found: none such. */
ERROR_CHECKED bool job_store_fetch(struct db *db, int64_t job_id, int64_t account_id, json_t **out,
                                   struct error *err);

/* Conflict: it is over already, or not the account's. */
ERROR_CHECKED bool job_store_cancel(struct db *db, int64_t job_id, int64_t account_id,
                                    const char *now, struct error *err);

struct job_row {
    int64_t job_id;
    int64_t account_id; /* 0: the schedule's */
    char kind[JOB_KIND_SIZE];
    char actor[JOB_ACTOR_SIZE];
    char *argument; /* JSON text, from malloc() */
};

/* Runs of feeds and all other jobs are taken apart, so that neither wait for each other. */
enum job_lane { JOB_LANE_WORK, JOB_LANE_FEED };

/* *found is false when none waits. */
ERROR_CHECKED bool job_store_take(struct db *db, enum job_lane lane, const char *now,
                                  struct job_row *out, bool *found, struct error *err);

/* *cancel: it was asked to end. */
ERROR_CHECKED bool job_store_progress(struct db *db, int64_t job_id, int percent,
                                      const char *detail, bool *cancel, struct error *err);

/* state is "done", "failed" or "cancelled"; result and message may be NULL. */
ERROR_CHECKED bool job_store_finish(struct db *db, int64_t job_id, const char *state,
                                    const char *result, const char *message, const char *now,
                                    struct error *err);

/* Deletes a job that the schedule asked for. */
ERROR_CHECKED bool job_store_forget(struct db *db, int64_t job_id, struct error *err);

/* Marks jobs that a former process was running as failed. */
ERROR_CHECKED bool job_store_abandon(struct db *db, enum job_lane lane, const char *now,
                                     struct error *err);

#endif
