/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the firms of the demo do: class codes of GB/T 4754-2017 with shares that resemble a city's
 * register (retail first, then catering, business services, manufacturing). The weights are our
 * round estimate, not a statistic.
 */
#ifndef HENG_ETL_DEMO_TRADE_H
#define HENG_ETL_DEMO_TRADE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "etl/demo/chance.h"

struct trade {
    const char *digits;
    const char *word;         /* goes into the firm's name */
    const char *licence_tags; /* separated by '|'; "" for none */
    uint32_t weight;
    char section;
    bool for_consumers; /* complaints come mostly about these */
    bool for_farmers;   /* what a cooperative may do */
};

enum { TRADE_COUNT = 48 };

const struct trade *trade_at(size_t index);
const struct trade *trade_of_digits(const char *digits);
const struct trade *trade_pick(struct chance *chance);
const struct trade *trade_pick_for_farmers(struct chance *chance);

/* True when tag is one of the trade's licence tags. */
bool trade_has_tag(const struct trade *trade, const char *tag);

#endif
