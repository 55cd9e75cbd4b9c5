/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Numbers that look random and are a pure function of (seed, stream, index, position): any entity
 * can be generated without its predecessors, on any machine. The generator is SplitMix64 (Steele,
 * Lea and Flood 2014, "Fast splittable pseudorandom number generators") started at a mix of the
 * three numbers. Integers only. Not for the draw of inspections and not secret.
 */
#ifndef HENG_ETL_DEMO_CHANCE_H
#define HENG_ETL_DEMO_CHANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One stream per question, so that a new question does not change the answers to the others.
 * Append only. */
enum chance_stream {
    CHANCE_SCENE,
    CHANCE_FIRM,
    CHANCE_NAME,
    CHANCE_INSPECTOR,
    CHANCE_VISIT,
    CHANCE_PRICE_VISIT,
    CHANCE_COMPLAINT,
    CHANCE_PENALTY,
    CHANCE_LISTING,
    CHANCE_GRADE,
    CHANCE_AWARD,
    CHANCE_RELATION,
    CHANCE_RECUSAL,
    CHANCE_DIRT_REGISTER,
    CHANCE_DIRT_EVENTS,
    CHANCE_PHANTOM,
    CHANCE_DIRT_ALIAS
};

struct chance {
    uint64_t state;
};

struct chance chance_start(uint64_t seed, enum chance_stream stream, uint64_t index);

uint64_t chance_next(struct chance *chance);

/* 0 … limit - 1; limit > 0. The bias is below limit / 2^32. */
uint32_t chance_below(struct chance *chance, uint32_t limit);

/* low … high, both included. */
int32_t chance_between(struct chance *chance, int32_t low, int32_t high);

/* True in ppm of a million cases. */
bool chance_hit(struct chance *chance, uint32_t ppm);

/* An index with probability weights[index] / sum of weights; the sum is positive. */
size_t chance_pick(struct chance *chance, const uint32_t *weights, size_t count);

#endif
