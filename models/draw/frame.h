/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The frame: every entity that could be drawn, sorted by identifier, no two the same, under one
 * Merkle root with salted leaves. Because leaves are sorted, an entity can be shown to be in the
 * frame and one that was left out can be shown to be absent (between two neighbours).
 * Definition: FORMAT.md section 7.
 */
#ifndef HENG_MODELS_DRAW_FRAME_H
#define HENG_MODELS_DRAW_FRAME_H

#include "models/draw/bundle.h"
#include "models/draw/lines.h"
#include "models/draw/merkle.h"

enum { FRAME_CAP = 100000000 };

struct frame_entity {
    struct text id; /* the entity's code */
    struct text stratum;
    struct text region;
    struct text licence; /* speciality that one inspector must have; empty = none */
};

struct frame {
    struct frame_entity *entities;
    size_t count;
};

/* A sorted copy of the array in the arena. Refuses an empty frame, bad names and duplicates. */
ERROR_CHECKED bool frame_sort(const struct frame_entity *entities, size_t count,
                              struct arena *arena, struct frame *out, struct error *err);

ERROR_CHECKED bool frame_write(const struct frame *frame, struct arena *arena, struct text *out,
                               struct error *err);
ERROR_CHECKED bool frame_read(struct text content, struct arena *arena, struct frame *out,
                              struct error *err);

ERROR_CHECKED bool frame_root(const struct frame *frame, enum digest_alg alg,
                              const unsigned char salt_key[DIGEST_SIZE],
                              unsigned char root[DIGEST_SIZE], struct error *err);

/* The place of an identifier. When it is absent, false and the place where it would stand. */
bool frame_find(const struct frame *frame, struct text id, size_t *place);

/* One leaf and its way to the root. seal hides stratum, region and licence. */
struct frame_leaf {
    struct text id;
    unsigned char seal[DIGEST_SIZE];
    uint64_t index;
    unsigned char path[MERKLE_DEPTH_CAP][DIGEST_SIZE];
    size_t path_size;
};

/* That id is in the frame (one leaf), or that it is not (its neighbours: two leaves, or one at
 * either end of the frame). */
struct frame_proof {
    bool present;
    struct frame_leaf leaves[2];
    size_t leaf_count;
};

ERROR_CHECKED bool frame_prove(const struct frame *frame, enum digest_alg alg,
                               const unsigned char salt_key[DIGEST_SIZE], struct text id,
                               struct arena *arena, struct frame_proof *out, struct error *err);

/* Does the proof show what it says about id, for a frame of count entities with this root? */
ERROR_CHECKED bool frame_check(const struct frame_proof *proof, enum digest_alg alg, struct text id,
                               uint64_t count, const unsigned char root[DIGEST_SIZE],
                               struct error *err);

#endif
