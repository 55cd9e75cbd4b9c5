/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/beacon.h"

#include <string.h>

enum { QUICKNET_PERIOD_S = 3 };

const char *const beacon_source_names[BEACON_COUNT + 1] = {
    [BEACON_REHEARSAL] = "rehearsal",
    [BEACON_DRAND_QUICKNET] = "drand-quicknet",
    [BEACON_DECLARED_TEXT] = "declared-text"};

static const char *const caveats[BEACON_COUNT] = {
    [BEACON_REHEARSAL] =
        "rehearsal: the beacon follows from the commit, so this is not a fair draw",
    [BEACON_DRAND_QUICKNET] =
        "the BLS signature of the round is not verified here: compare two mirrors",
    [BEACON_DECLARED_TEXT] = "compare the declared text with the published results it quotes"};

static const char rehearsal_tag[] = "SR-DRAW-REHEARSAL-v1"; /* hashed with its NUL */

int64_t beacon_quicknet_round(int64_t moment_s, int64_t delay_s)
{
    int64_t wait = moment_s + delay_s - BEACON_QUICKNET_GENESIS_S;
    if (wait < 0)
        return 0;
    return 1 + (wait + QUICKNET_PERIOD_S - 1) / QUICKNET_PERIOD_S;
}

int64_t beacon_quicknet_moment_s(int64_t round)
{
    return BEACON_QUICKNET_GENESIS_S + (round - 1) * QUICKNET_PERIOD_S;
}

static bool check_evidence(enum beacon_source source, struct text evidence, struct error *err)
{
    if (source == BEACON_REHEARSAL && evidence.size != 0)
        return error_set(err, ERROR_INPUT, "beacon", "a rehearsal has no evidence, found %zu bytes",
                         evidence.size);
    if (source == BEACON_DRAND_QUICKNET && evidence.size != BEACON_SIGNATURE_SIZE)
        return error_set(err, ERROR_INPUT, "beacon", "expected a signature of %d bytes, found %zu",
                         BEACON_SIGNATURE_SIZE, evidence.size);
    if (source == BEACON_DECLARED_TEXT &&
        (evidence.size == 0 || evidence.size > BEACON_EVIDENCE_CAP || !text_valid_utf8(evidence)))
        return error_set(err, ERROR_INPUT, "beacon",
                         "expected a declared text of 1 to %d bytes of UTF-8, found %zu bytes",
                         BEACON_EVIDENCE_CAP, evidence.size);
    return true;
}

bool beacon_of(enum beacon_source source, enum digest_alg alg,
               const unsigned char commit[DIGEST_SIZE], struct text evidence,
               unsigned char beacon[DIGEST_SIZE], struct error *err)
{
    if (!check_evidence(source, evidence, err))
        return false;
    if (source == BEACON_REHEARSAL) {
        unsigned char message[sizeof rehearsal_tag + DIGEST_SIZE];
        memcpy(message, rehearsal_tag, sizeof rehearsal_tag);
        memcpy(message + sizeof rehearsal_tag, commit, DIGEST_SIZE);
        digest_of(alg, message, sizeof message, beacon);
    } else if (source == BEACON_DRAND_QUICKNET) {
        digest_of(DIGEST_SHA256, evidence.data, evidence.size, beacon); /* as drand defines it */
    } else {
        digest_of(alg, evidence.data, evidence.size, beacon);
    }
    return true;
}

const char *beacon_caveat(enum beacon_source source)
{
    return caveats[source];
}
