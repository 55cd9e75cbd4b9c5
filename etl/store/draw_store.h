/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Draws in the database: the frame of a plan as it was known on the day of the published run, and
 * the three steps (commit, run, reveal) with their files and log entries. Each step is one
 * transaction, its entry in the audit chain included; numbers are gapless per authority because
 * they are taken under a lock. The secret is in no error, audit entry or answer.
 */
#ifndef HENG_ETL_STORE_DRAW_STORE_H
#define HENG_ETL_STORE_DRAW_STORE_H

#include "etl/store/db.h"
#include "models/core/arena.h"
#include "models/draw/draw.h"
#include "models/draw/plan.h"

/* Told how far a long step is; false, with an error, ends the step: nothing of it is stored. */
typedef bool draw_advance(void *context, int percent, const char *detail, struct error *err);

struct draw_context {
    struct db *db;
    struct arena *arena; /* everything that a step returns lives here */
    int utc_offset_minutes;
    const char *now;        /* as PostgreSQL reads it */
    int64_t now_s;          /* the same moment, Unix seconds */
    const char *now_utc;    /* the same, YYYY-MM-DDThh:mm:ssZ */
    const char *actor;      /* for the audit chain: account, or "command" */
    const char *request_id; /* "" for a command */
    draw_advance *advance;  /* may be NULL */
    void *advance_context;
};

struct draw_commit_request {
    const struct plan *plan;
    struct text plan_document;
    unsigned char secret[DIGEST_SIZE];   /* from the system's randomness */
    unsigned char salt_key[DIGEST_SIZE]; /* the same */
    int64_t redraw_of;                   /* 0 = none */
    const char *redraw_reason;           /* "" = none */
    day as_of; /* the published run must be of this day; DAY_NONE = of any */
};

/* ERROR_CONFLICT when there is no published run, or it is not of the day that was asked for. */
ERROR_CHECKED bool draw_store_require_day(const struct draw_context *context, day as_of,
                                          struct error *err);

/* What a step did. */
struct draw_step {
    int64_t number;
    day as_of;
    bool rehearsal;
    int64_t frame_count;
    int64_t excluded_count;
    int64_t selected_count;
    int64_t least_load; /* of inspectors, by the step run */
    unsigned char commit_hash[DIGEST_SIZE];
    unsigned char frame_root[DIGEST_SIZE];
    unsigned char log_hash[DIGEST_SIZE];
    const struct commit_exclusion *exclusions;
    size_t exclusion_count;
    struct quota_stratum *strata;
    size_t stratum_count;
};

ERROR_CHECKED bool draw_store_commit(const struct draw_context *context,
                                     const struct draw_commit_request *request,
                                     struct draw_step *step, struct error *err);

/* evidence: of the beacon, see models/draw/beacon.h; empty for a rehearsal. ERROR_CONFLICT before
 * the moment from which the beacon can be known. */
ERROR_CHECKED bool draw_store_run(const struct draw_context *context, const char *authority,
                                  int64_t number, struct text evidence, struct draw_step *step,
                                  struct error *err);

ERROR_CHECKED bool draw_store_reveal(const struct draw_context *context, const char *authority,
                                     int64_t number, struct draw_step *step, struct error *err);

/* A committed draw that will not be run; it stays visible with its reason. */
ERROR_CHECKED bool draw_store_abandon(const struct draw_context *context, const char *authority,
                                      int64_t number, const char *reason, struct error *err);

/* The draw must be in this state, else ERROR_CONFLICT. */
ERROR_CHECKED bool draw_store_require_state(const struct draw_context *context,
                                            const char *authority, int64_t number,
                                            const char *state, struct error *err);

/* All draws, see draw/list.sql. The caller frees *rows. */
enum { DRAW_LIST_COLUMNS = 11 };
ERROR_CHECKED bool draw_store_list(const struct draw_context *context, struct db_rows **rows,
                                   struct error *err);

#endif
