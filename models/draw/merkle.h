/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Merkle trees in the shape of RFC 6962: a node is H(01 || left || right), the left side holds the
 * largest power of two below the count. Leaves are digests that the caller has already hashed with
 * the prefix 00.
 */
#ifndef HENG_MODELS_DRAW_MERKLE_H
#define HENG_MODELS_DRAW_MERKLE_H

#include "models/core/digest.h"
#include "models/core/error.h"

enum { MERKLE_DEPTH_CAP = 40 };

/* A root computed from a stream of leaves, in memory that does not grow. */
struct merkle {
    enum digest_alg alg;
    uint64_t count;
    unsigned char peaks[MERKLE_DEPTH_CAP]
                       [DIGEST_SIZE]; /* one per set bit of count, deepest first */
    size_t peak_count;
};

void merkle_start(struct merkle *merkle, enum digest_alg alg);
void merkle_add(struct merkle *merkle, const unsigned char leaf[DIGEST_SIZE]);

/* At least one leaf must have been added. */
void merkle_root(const struct merkle *merkle, unsigned char root[DIGEST_SIZE]);

/* The siblings from a leaf to the root, lowest first. Returns how many (at most
 * MERKLE_DEPTH_CAP). leaves is overwritten. */
size_t merkle_path(enum digest_alg alg, unsigned char (*leaves)[DIGEST_SIZE], size_t count,
                   size_t index, unsigned char (*path)[DIGEST_SIZE]);

/* Does the path lead from this leaf at this index of count leaves to the root? */
bool merkle_check(enum digest_alg alg, const unsigned char leaf[DIGEST_SIZE], uint64_t index,
                  uint64_t count, const unsigned char (*path)[DIGEST_SIZE], size_t path_size,
                  const unsigned char root[DIGEST_SIZE]);

#endif
