/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Salts, all from one salt key that only auditors get: an unsalted digest of a short list, or of
 * an entity's class, could be guessed. Definition: FORMAT.md section 7.
 */
#ifndef HENG_MODELS_DRAW_SALT_H
#define HENG_MODELS_DRAW_SALT_H

#include "models/core/digest.h"
#include "models/core/error.h"

/* H( H("SR-DRAW-TABLE-v1" || 00 || salt key || file name) || content ) */
ERROR_CHECKED bool salt_table(enum digest_alg alg, const unsigned char salt_key[DIGEST_SIZE],
                              const char *file, struct text content, unsigned char out[DIGEST_SIZE],
                              struct error *err);

/* The salt of one entity: H("SR-DRAW-SALT-v1" || 00 || salt key || id). The entity may be given it.
 */
void salt_entity(struct digest *digest, const unsigned char salt_key[DIGEST_SIZE], struct text id,
                 unsigned char out[DIGEST_SIZE]);

#endif
