/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commit record (commit.txt): everything that is fixed before any randomness is known. Its
 * digest goes into the key, so no byte of it can change later. Definition: FORMAT.md section 9.
 */
#ifndef HENG_MODELS_DRAW_COMMIT_H
#define HENG_MODELS_DRAW_COMMIT_H

#include "models/core/day.h"
#include "models/core/digest.h"
#include "models/draw/beacon.h"
#include "models/draw/record.h"

enum { COMMIT_EXCLUSIONS_CAP = 1000, COMMIT_TIERS_CAP = 8 };

/* Why entities were left out of the frame, and how many. */
struct commit_exclusion {
    struct text reason;
    int64_t count;
};

/* Members marked * are computed by draw_commit(); the caller decides the others. */
struct commit {
    struct text authority;
    int64_t number; /* gapless per authority, from 1 */
    struct text plan;
    unsigned char plan_hash[DIGEST_SIZE];
    int64_t redraw_of;         /* number of the draw that this one replaces, 0 = none */
    struct text redraw_reason; /* empty exactly when redraw_of is 0 */
    day as_of;
    day reveal_by;
    int alg;                                    /* enum digest_alg */
    int quota_rule;                             /* enum quota_rule */
    int64_t quota_total;                        /* hamilton only, else 0 */
    int64_t frame_count;                        /* * */
    unsigned char frame_root[DIGEST_SIZE];      /* * */
    unsigned char strata_hash[DIGEST_SIZE];     /* * */
    int64_t inspector_count;                    /* * */
    unsigned char inspectors_hash[DIGEST_SIZE]; /* * */
    int64_t recusal_count;                      /* * */
    unsigned char recusals_hash[DIGEST_SIZE];   /* * */
    struct text region_tiers; /* "6,4,0": leading bytes of the region code that must agree, tier by
                                 tier; 0 = the whole area */
    int64_t per_visit;        /* inspectors per visit; 0 = none are drawn */
    int64_t reserves;         /* per visit */
    int64_t slack;            /* above the least possible load */
    int64_t load_cap;         /* most visits of any inspector, 0 = none */
    unsigned char salt_key_hash[DIGEST_SIZE]; /* * */
    unsigned char secret_hash[DIGEST_SIZE];   /* * */
    int rehearsal;                            /* *, 1 = yes */
    int beacon_source;                        /* enum beacon_source */
    int64_t committed_at_s;                   /* Unix seconds */
    int64_t beacon_delay_s;
    int64_t beacon_round;    /* *, drand-quicknet only, else 0 */
    struct text beacon_rule; /* which future results a declared text quotes, and how; else empty */
    unsigned char log_previous[DIGEST_SIZE]; /* the authority's log before this entry */
    struct commit_exclusion *exclusions;     /* sorted by reason */
    size_t exclusion_count;
};

/* Do the members fit together? ERROR_INPUT if not. */
ERROR_CHECKED bool commit_check(const struct commit *commit, struct error *err);

ERROR_CHECKED bool commit_write(const struct commit *commit, struct arena *arena, struct text *out,
                                struct error *err);
ERROR_CHECKED bool commit_read(struct text content, struct arena *arena, struct commit *out,
                               struct error *err);

/* From when on the beacon can be known, Unix seconds: what exists before is not it. */
int64_t commit_beacon_at_s(const struct commit *commit);

/* ERROR_CONFLICT before that moment. */
ERROR_CHECKED bool commit_beacon_due(const struct commit *commit, int64_t now_s, struct error *err);

/* The tiers as numbers of bytes; true when they are 1 to COMMIT_TIERS_CAP falling numbers. */
bool commit_tiers(struct text tiers, size_t widths[COMMIT_TIERS_CAP], size_t *count);

#endif
