/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scoring against the database: the register as it was known on a day becomes a snapshot, a run's
 * results become the published score table and class changes. A full run fills the idle one of two
 * tables in one transaction; readers see the earlier run until it commits.
 */
#ifndef HENG_ETL_STORE_SCORE_STORE_H
#define HENG_ETL_STORE_SCORE_STORE_H

#include "etl/store/db.h"
#include "models/credit/explain.h"
#include "models/credit/run.h"

enum { SCORE_SCHEME_SIZE = 80, SCORE_CLASS_CAP = 8 };

/* Called now and then with what was read, then with what was scored so far; false, with an error,
 * ends the run, which then never was. */
enum score_phase { SCORE_READING, SCORE_STORING };

typedef bool score_progress_function(void *context, enum score_phase phase, uint64_t rows,
                                     struct error *err);

/* The register for a model on a day. */
struct score_request {
    const struct credit_model *model;
    const char *model_document; /* its bytes, NUL-terminated */
    day as_of;
    int utc_offset_minutes;
    unsigned threads;
    const char *now;
    score_progress_function *progress; /* may be NULL */
    void *progress_context;
};

struct score_class {
    char letter;
    int64_t entities;
};

struct score_report {
    int64_t run_id;
    char scheme[SCORE_SCHEME_SIZE];
    char version[SCORE_SCHEME_SIZE];
    day as_of;
    int64_t entities;
    int64_t facts;
    int64_t class_changes;
    struct score_class classes[SCORE_CLASS_CAP];
    int class_count;
};

/* Scores every entity of the model's jurisdiction and publishes the run. */
ERROR_CHECKED bool score_store_run(struct db *db, const struct score_request *request,
                                   struct score_report *report, struct error *err);

/* The run that readers use; ERROR_NOT_FOUND when there is none. *document, if not NULL, gets the
 * model document of the run in the arena. *table gets 1 or 2. */
ERROR_CHECKED bool score_store_published(struct db *db, struct arena *arena,
                                         struct score_report *report, const char **document,
                                         int *table, struct error *err);

/* Who an entity is. */
struct score_entity {
    int64_t entity_id;
    const char *scheme;
    const char *code;
    const char *name;
    bool registered;
};

/* By code or earlier number; texts live in the arena. ERROR_NOT_FOUND when there is none. */
ERROR_CHECKED bool score_store_entity(struct db *db, const char *scheme, const char *code,
                                      struct arena *arena, struct score_entity *out,
                                      struct error *err);

/* What a run stored for an entity. */
struct score_stored {
    bool found;
    char class_letter;
    int64_t score_milli;
    unsigned char inputs_hash[DIGEST_SIZE]; /* credit_inputs_hash() of what it was computed from */
};

/* table: 1 or 2, of score_store_published(). */
ERROR_CHECKED bool score_store_fetch(struct db *db, int table, int64_t entity_id,
                                     struct score_stored *out, struct error *err);

/* A snapshot of one entity and those it is related to. The caller frees it. */
ERROR_CHECKED bool score_store_neighbourhood(struct db *db, const struct score_request *request,
                                             int64_t entity_id, struct credit_snapshot **out,
                                             struct error *err);

/* Where a fact of an entity came from, in the version known on the day of a run. */
struct score_origin {
    int64_t id;
    const char *source;
    const char *file;
    int64_t line;
    const char *key;
    int64_t decision_id; /* 0 = of no decision; records of one decision count once */
    day occurred_on;
    int64_t amount_fen; /* -1 = none */
};

ERROR_CHECKED bool score_store_origins(struct db *db, const struct score_request *request,
                                       int64_t entity_id, struct arena *arena,
                                       struct score_origin **out, size_t *count, struct error *err);

#endif
