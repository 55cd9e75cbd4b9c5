/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How often each of a set of values occurs. Values are told apart by their first
 * FREQUENCY_TEXT_SIZE - 1 bytes; when there are FREQUENCY_CAP of them, further ones are only
 * counted together.
 */
#ifndef HENG_ETL_LOAD_FREQUENCY_H
#define HENG_ETL_LOAD_FREQUENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/text.h"

enum { FREQUENCY_CAP = 4096, FREQUENCY_TEXT_SIZE = 96 };

struct frequency_entry {
    char text[FREQUENCY_TEXT_SIZE];
    int64_t count; /* 0 = empty slot */
    int64_t line;  /* where it came first */
};

struct frequency {
    struct frequency_entry *entries;
    size_t room; /* a power of two */
    size_t distinct;
    int64_t others; /* occurrences of values that had no place */
};

void frequency_free(struct frequency *frequency);

/* False for want of memory. */
bool frequency_add(struct frequency *frequency, struct text value, int64_t line);

/* Moves the most frequent to the front (of equally frequent ones the one that came first) and
 * returns how many there are, at most most. Nothing can be added afterwards. */
size_t frequency_rank(struct frequency *frequency, size_t most);

#endif
