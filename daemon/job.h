/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Work that takes longer than a request may: queued by POST /jobs (or a route of its own through
 * job_queue()), done one after the other by one thread with a database session of its own; runs of
 * feeds by a second one, which also queues those that are due. To add a kind: one row in the table
 * of job.c and its function
 *
 *     bool job_<kind>(struct job *job, struct error *err)
 *
 * which calls job_progress() now and then, and returns false when that does.
 */
#ifndef HENG_DAEMON_JOB_H
#define HENG_DAEMON_JOB_H

#include <jansson.h>

#include "daemon/http.h"
#include "daemon/link.h"
#include "etl/store/job_store.h"

enum { JOB_RESULT_SIZE = LINK_SIZE, JOB_POLL_SECONDS = 5 };

struct job_runner;

struct job {
    struct job_row row;
    const json_t *argument; /* an object */
    struct service *service;
    const struct settings *settings;
    struct db *db;    /* statement limit DB_JOB_SECONDS */
    struct db *notes; /* for progress while db is inside a transaction */
    struct arena *arena;
    char result[JOB_RESULT_SIZE]; /* a link to what was made; "" without */
    bool forget;                  /* nothing came of it that anybody asked for: leaves no row */
};

struct job_kind {
    const char *name;
    unsigned roles; /* who may queue it by POST /jobs; 0 = only a route of its own */
    bool (*function)(struct job *job, struct error *err);
};

/* NULL when there is no such kind. */
const struct job_kind *job_kind_find(const char *name);

bool job_audit_verify(struct job *job, struct error *err);
bool job_backup(struct job *job, struct error *err);
bool job_score(struct job *job, struct error *err); /* {as_of}: YYYY-MM-DD, default today */
bool job_scan(struct job *job, struct error *err);  /* the same */
bool job_feed(struct job *job, struct error *err);  /* {feed}: its name */
bool job_draw_commit(struct job *job, struct error *err);
bool job_draw_run(struct job *job, struct error *err);
bool job_draw_reveal(struct job *job, struct error *err);
bool job_draw_verify(struct job *job, struct error *err);

bool job_replay(struct job *job, struct error *err); /* {mapping, batch?, reason?}: POST
                                                      * /rejects/replay */

/* False, kind ERROR_INTERRUPTED, when the job was asked to end. */
ERROR_CHECKED bool job_progress(struct job *job, int percent, const char *detail,
                                struct error *err);

/* The job that a former request of this account, kind and Idempotency-Key queued; *job_id = 0 when
 * there is none. ERROR_CONFLICT when that request asked for something else. */
ERROR_CHECKED bool job_repeated(struct request *request, const char *kind, const json_t *argument,
                                int64_t *job_id, struct error *err);

/* Queues a job inside the caller's transaction; job_wake() after its commit. argument is borrowed.
 * The request's Idempotency-Key makes a repeated request find the same job. */
ERROR_CHECKED bool job_queue(struct request *request, const char *kind, const json_t *argument,
                             int64_t *job_id, struct error *err);
void job_wake(struct job_runner *runner);

/* 202 with Location and the job. */
ERROR_CHECKED bool job_answer(struct request *request, struct response *response, int64_t job_id,
                              struct error *err);

ERROR_CHECKED bool job_runner_open(struct service *service, enum job_lane lane,
                                   struct job_runner **out, struct error *err);
/* Asks a running job to end and waits for it. */
void job_runner_close(struct job_runner *runner);

#endif
