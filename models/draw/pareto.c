/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/pareto.h"

#include <assert.h>

static bool check_weights(const int64_t *weights, size_t count, size_t wanted, struct error *err)
{
    if (count > PARETO_COUNT_CAP)
        return error_set(err, ERROR_LIMIT, "weights", "at most %d weights, found %zu",
                         PARETO_COUNT_CAP, count);
    if (wanted > count)
        return error_set(err, ERROR_INPUT, "weights", "expected a sample of at most %zu, found %zu",
                         count, wanted);
    for (size_t i = 0; i < count; i++) {
        if (weights[i] < 1 || weights[i] > PARETO_WEIGHT_CAP)
            return error_set(err, ERROR_INPUT, "weights",
                             "weight %zu: expected 1 to %lld, found %lld", i + 1,
                             (long long)PARETO_WEIGHT_CAP, (long long)weights[i]);
    }
    return true;
}

/* Marks every weight whose share of the remaining sample reaches 1. Returns how many. */
static size_t take_certain(const int64_t *weights, size_t count, size_t wanted, selection_key sum,
                           uint64_t *shares)
{
    size_t taken = 0;
    for (size_t i = 0; i < count; i++) {
        if (shares[i] != PARETO_CERTAIN && (selection_key)weights[i] * wanted >= sum) {
            shares[i] = PARETO_CERTAIN;
            taken++;
        }
    }
    return taken;
}

static selection_key sum_uncertain(const int64_t *weights, size_t count, const uint64_t *shares)
{
    selection_key sum = 0;
    for (size_t i = 0; i < count; i++) {
        if (shares[i] != PARETO_CERTAIN)
            sum += (uint64_t)weights[i];
    }
    return sum;
}

static uint64_t share_of(int64_t weight, size_t wanted, selection_key sum)
{
    uint64_t share = (uint64_t)((selection_key)weight * wanted * PARETO_ONE / sum);
    if (share < 1)
        return 1;
    return share >= PARETO_ONE ? PARETO_ONE - 1 : share;
}

bool pareto_shares(const int64_t *weights, size_t count, size_t wanted, uint64_t *shares,
                   size_t *certain, struct error *err)
{
    if (!check_weights(weights, count, wanted, err))
        return false;
    for (size_t i = 0; i < count; i++)
        shares[i] = 0;
    *certain = 0;
    size_t taken = 0;
    selection_key sum = 0;
    do {
        sum = sum_uncertain(weights, count, shares);
        taken =
            *certain < wanted ? take_certain(weights, count, wanted - *certain, sum, shares) : 0;
        *certain += taken;
    } while (taken > 0);
    for (size_t i = 0; i < count; i++) {
        if (shares[i] != PARETO_CERTAIN)
            shares[i] = share_of(weights[i], wanted - *certain, sum);
    }
    return true;
}

selection_key pareto_key(uint64_t number, uint64_t share)
{
    assert(share > 0 && share < PARETO_ONE);
    uint64_t a = number | 1;
    uint64_t b = 0 - a;
    return ((selection_key)a * (PARETO_ONE - share) << 32) / ((selection_key)b * share);
}
