/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A draw from commit to reveal, in memory. Each step takes a bundle and gives it the files of the
 * next state; texts live in the arena or in the caller's input, which must outlive the bundle.
 *
 *   draw_commit()  before the beacon exists: fixes frame, rates, inspectors, rules
 *   draw_run()     with the beacon and the secret: the result
 *   draw_reveal()  after the visits: the secret and the key, so that anyone can verify
 *
 * Every step returns the log hash to publish at once; it is also in log.txt.
 */
#ifndef HENG_MODELS_DRAW_DRAW_H
#define HENG_MODELS_DRAW_DRAW_H

#include "models/draw/result.h"

struct draw_plan {
    struct commit commit;               /* the members that the caller decides; see commit.h */
    const struct quota_stratum *strata; /* name, rate_ppm, min, max; in any order */
    size_t stratum_count;
    const struct frame_entity *entities; /* in any order */
    size_t entity_count;
    const struct roster_inspector *inspectors; /* in any order */
    size_t inspector_count;
    const struct roster_recusal *recusals; /* in any order */
    size_t recusal_count;
    unsigned char salt_key[DIGEST_SIZE]; /* random, for auditors only */
    unsigned char secret[DIGEST_SIZE];   /* random, only its digest enters the bundle */
};

struct draw_seed {
    unsigned char secret[DIGEST_SIZE]; /* the one committed to */
    struct text evidence;              /* of the beacon, see beacon_of() */
    unsigned char log_previous[DIGEST_SIZE];
};

ERROR_CHECKED bool draw_commit(const struct draw_plan *plan, struct arena *arena,
                               struct bundle *bundle, unsigned char log_hash[DIGEST_SIZE],
                               struct error *err);

/* docket and result are for the caller's own use (storing the visits); both live in the arena. */
ERROR_CHECKED bool draw_run(struct bundle *bundle, const struct draw_seed *seed,
                            struct arena *arena, struct docket *docket, struct result *result,
                            unsigned char log_hash[DIGEST_SIZE], struct error *err);

ERROR_CHECKED bool draw_reveal(struct bundle *bundle, const unsigned char secret[DIGEST_SIZE],
                               const unsigned char log_previous[DIGEST_SIZE], struct arena *arena,
                               unsigned char log_hash[DIGEST_SIZE], struct error *err);

#endif
