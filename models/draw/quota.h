/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How many of each stratum are drawn, from its size and rate, in integers only.
 *
 *   ceil        not less than the rate in every stratum (the default)
 *   controlled  unbiased for a capacity-bound total: one random offset, each count is the floor or
 *               the ceiling of size * rate (controlled rounding in one dimension, after L. H. Cox,
 *               "A constructive procedure for unbiased controlled rounding", JASA 82, 1987)
 *   hamilton    a fixed total, shared in proportion to size * rate by largest remainders
 *
 * Definition: FORMAT.md section 4.
 */
#ifndef HENG_MODELS_DRAW_QUOTA_H
#define HENG_MODELS_DRAW_QUOTA_H

#include "models/draw/ticket.h"

enum { QUOTA_PPM = 1000000 };

/* Largest frame: keeps every product below inside its integer type. */
enum { QUOTA_FRAME_CAP = 100000000, QUOTA_STRATA_CAP = 4096 };

enum quota_rule { QUOTA_CEIL, QUOTA_CONTROLLED, QUOTA_HAMILTON, QUOTA_RULE_COUNT };

/* "ceil", "controlled", "hamilton"; NULL ends the list. */
extern const char *const quota_rule_names[QUOTA_RULE_COUNT + 1];

struct quota_stratum {
    struct text name;
    int64_t size;     /* entities in the frame */
    int64_t rate_ppm; /* 0 to QUOTA_PPM */
    int64_t min;      /* ceil only; 0 = none */
    int64_t max;      /* ceil only; 0 = none */
    int64_t quota;    /* result */
};

/* Refuses rates, sizes and bounds that make no sense. strata must be sorted by name bytes. */
ERROR_CHECKED bool quota_check(enum quota_rule rule, int64_t total,
                               const struct quota_stratum *strata, size_t count, struct error *err);

/* The offset V of the controlled rule, 0 to QUOTA_PPM - 1. */
int64_t quota_offset(struct ticket_press *press);

/* Fill strata[].quota. The strata must have passed quota_check(). */
void quota_ceil(struct quota_stratum *strata, size_t count);
void quota_controlled(struct quota_stratum *strata, size_t count, int64_t offset);
ERROR_CHECKED bool quota_hamilton(struct quota_stratum *strata, size_t count, int64_t total,
                                  struct error *err);

/* The rule by name; press is read by the controlled rule only. */
ERROR_CHECKED bool quota_fill(enum quota_rule rule, int64_t total, struct ticket_press *press,
                              struct quota_stratum *strata, size_t count, struct error *err);

#endif
