/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The chain of steps: every step of every alert carries the hash of the step before it, so that a
 * step changed, added or taken out later no longer fits. It shows a change to whoever kept an
 * earlier hash; it cannot stop one who rewrites all steps from there on.
 *
 *   hash = SHA-256( hash of the step before, 32 bytes (32 zero bytes before step 1),
 *                   then each field in the order of enum chain_field: one byte 0 if it is absent,
 *                   else one byte 1, its length in bytes (8 bytes, big endian), its UTF-8 bytes )
 *
 * Numbers are decimal without leading zeros, hashes lower-case hexadecimal, days YYYY-MM-DD,
 * moments YYYY-MM-DDThh:mm:ss.ffffffZ.
 */
#ifndef HENG_MODELS_ALERT_CHAIN_H
#define HENG_MODELS_ALERT_CHAIN_H

#include "models/core/digest.h"
#include "models/core/text.h"

enum chain_field {
    CHAIN_TRANSITION_ID, /* 1, 2, … over all alerts, without a gap */
    CHAIN_ALERT_ID,
    CHAIN_FINGERPRINT,
    CHAIN_RULE_ID,
    CHAIN_EVENT,
    CHAIN_FROM_STATE,
    CHAIN_TO_STATE,
    CHAIN_ACTOR,
    CHAIN_REASON,
    CHAIN_ASSIGNEE,
    CHAIN_VERDICT,
    CHAIN_EVIDENCE, /* JSON, byte for byte as stored */
    CHAIN_AS_OF,    /* of the scan */
    CHAIN_AT,       /* when the step was taken */
    CHAIN_FIELD_COUNT
};

/* A field whose data is NULL is absent. digest is a SHA-256 of the caller's, used and left free for
 * the next message. out may be previous. */
void chain_hash(struct digest *digest, const unsigned char previous[DIGEST_SIZE],
                const struct text fields[CHAIN_FIELD_COUNT], unsigned char out[DIGEST_SIZE]);

#endif
