/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The public randomness of a draw: 32 bytes that did not exist when the draw was committed.
 * Definition: FORMAT.md section 8. The drand network "quicknet" (drand.love) signs a round every
 * three seconds; the round is fixed by rule, never chosen. Its signature (BLS12-381) is not
 * verified here: check it against two mirrors.
 */
#ifndef HENG_MODELS_DRAW_BEACON_H
#define HENG_MODELS_DRAW_BEACON_H

#include "models/core/digest.h"
#include "models/core/error.h"

enum beacon_source { BEACON_REHEARSAL, BEACON_DRAND_QUICKNET, BEACON_DECLARED_TEXT, BEACON_COUNT };

/* "rehearsal", "drand-quicknet", "declared-text"; NULL ends the list. */
extern const char *const beacon_source_names[BEACON_COUNT + 1];

enum { BEACON_EVIDENCE_CAP = 512, BEACON_SIGNATURE_SIZE = 48 };
#define BEACON_QUICKNET_GENESIS_S 1692803367
#define BEACON_QUICKNET_CHAIN "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"

/* R = 1 + ceil((moment + delay - genesis) / 3), moments in Unix seconds. 0 before the genesis. */
int64_t beacon_quicknet_round(int64_t moment_s, int64_t delay_s);

/* When a round is signed, Unix seconds. */
int64_t beacon_quicknet_moment_s(int64_t round);

/* evidence: nothing for a rehearsal, the 48-byte signature, or the declared text. */
ERROR_CHECKED bool beacon_of(enum beacon_source source, enum digest_alg alg,
                             const unsigned char commit[DIGEST_SIZE], struct text evidence,
                             unsigned char beacon[DIGEST_SIZE], struct error *err);

/* What a verifier must still check by other means; never empty. */
const char *beacon_caveat(enum beacon_source source);

#endif
