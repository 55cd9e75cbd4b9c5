/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a bundle commits to, read and checked: everything about a draw that does not depend on the
 * beacon and the secret.
 */
#ifndef HENG_MODELS_DRAW_DOCKET_H
#define HENG_MODELS_DRAW_DOCKET_H

#include "models/draw/commit.h"
#include "models/draw/frame.h"
#include "models/draw/ledger.h"
#include "models/draw/roster.h"
#include "models/draw/strata.h"

struct docket {
    struct commit commit;
    unsigned char commit_hash[DIGEST_SIZE];
    unsigned char salt_key[DIGEST_SIZE];
    struct ledger_log log;
    struct frame frame;
    struct strata strata;
    struct roster roster;
};

enum digest_alg docket_alg(const struct docket *docket);

/* Reads the files of the state COMMITTED and checks each against the commit. The first that is
 * wrong is ERROR_INVALID. Texts point into the bundle. */
ERROR_CHECKED bool docket_read(const struct bundle *bundle, struct arena *arena, struct docket *out,
                               struct error *err);

/* The digests and counts that the commit states about the other members, from those members. */
ERROR_CHECKED bool docket_seal(struct docket *docket, const struct bundle *bundle,
                               struct error *err);

/* salt.txt */
ERROR_CHECKED bool docket_write_salt(const struct docket *docket, struct arena *arena,
                                     struct text *out, struct error *err);

#endif
