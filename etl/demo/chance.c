/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/chance.h"

#include <assert.h>

static const uint64_t golden_gamma = UINT64_C(0x9E3779B97F4A7C15);

static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94D049BB133111EB);
    return value ^ (value >> 31);
}

struct chance chance_start(uint64_t seed, enum chance_stream stream, uint64_t index)
{
    uint64_t state = mix(seed + golden_gamma);
    state = mix(state ^ ((uint64_t)stream + 1) * golden_gamma);
    return (struct chance){mix(state ^ (index + 1) * golden_gamma)};
}

uint64_t chance_next(struct chance *chance)
{
    chance->state += golden_gamma;
    return mix(chance->state);
}

uint32_t chance_below(struct chance *chance, uint32_t limit)
{
    assert(limit > 0);
    return (uint32_t)(((chance_next(chance) >> 32) * limit) >> 32);
}

int32_t chance_between(struct chance *chance, int32_t low, int32_t high)
{
    assert(low <= high);
    return low + (int32_t)chance_below(chance, (uint32_t)(high - low) + 1);
}

bool chance_hit(struct chance *chance, uint32_t ppm)
{
    return chance_below(chance, 1000000) < ppm;
}

size_t chance_pick(struct chance *chance, const uint32_t *weights, size_t count)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += weights[i];
    uint32_t at = chance_below(chance, sum);
    size_t picked = 0;
    while (at >= weights[picked])
        at -= weights[picked++];
    assert(picked < count);
    return picked;
}
