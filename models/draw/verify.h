/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Verifies a bundle from its bytes alone: everything that was stated is computed again, in the
 * order of FORMAT.md section 11, and the first thing that is wrong is named.
 *
 * What no bundle can show by itself: that its log hashes are those the authority published in
 * time, and that the beacon is the one the world saw. The report carries both for comparison.
 */
#ifndef HENG_MODELS_DRAW_VERIFY_H
#define HENG_MODELS_DRAW_VERIFY_H

#include "models/draw/draw.h"

struct verify_report {
    enum bundle_state state;
    bool rehearsal;
    struct text authority;
    int64_t number;
    int64_t frame_count;
    int64_t selected_count; /* from DRAWN on */
    int64_t least_load;     /* when REVEALED */
    unsigned char commit_hash[DIGEST_SIZE];
    unsigned char frame_root[DIGEST_SIZE];
    struct ledger_log log;     /* to compare with the published log */
    const char *beacon_caveat; /* what must be checked by other means */
};

/* True: valid. Otherwise err->kind is ERROR_INVALID (subject = the file, message = what was
 * expected and found), ERROR_NOT_REVEALED (consistent as far as it can be checked; the report is
 * filled), or a failure to verify at all. */
ERROR_CHECKED bool verify_bundle(const struct bundle *bundle, struct arena *arena,
                                 struct verify_report *report, struct error *err);

#endif
