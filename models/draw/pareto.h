/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pareto order sampling in integers: inclusion close to proportional to a weight, and every entity
 * keeps its own number. B. Rosen, "On sampling with probability proportional to size", Journal of
 * Statistical Planning and Inference 62 (1997). Definition: FORMAT.md section 5.
 */
#ifndef HENG_MODELS_DRAW_PARETO_H
#define HENG_MODELS_DRAW_PARETO_H

#include "models/draw/selection.h"

/* Shares are in units of 2^-32. An entity that is certain to be drawn has PARETO_CERTAIN; it is
 * taken outright, outside the order. */
#define PARETO_ONE ((uint64_t)1 << 32)
#define PARETO_CERTAIN PARETO_ONE

enum { PARETO_COUNT_CAP = 100000000 };
#define PARETO_WEIGHT_CAP ((int64_t)1000000000000)

/* shares[i] from weights[i] (1 to PARETO_WEIGHT_CAP) for a sample of wanted (at most count);
 * *certain is the number of entities that are certain. */
ERROR_CHECKED bool pareto_shares(const int64_t *weights, size_t count, size_t wanted,
                                 uint64_t *shares, size_t *certain, struct error *err);

/* The place in the order of an entity that is not certain; number is ticket_number(). */
selection_key pareto_key(uint64_t number, uint64_t share);

#endif
