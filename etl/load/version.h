/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The records of one batch by id: whether a record repeats an earlier one of the same batch word
 * for word, or is a later version of it. At most LOAD_BATCH_CAP records, 32 bytes each at no more
 * than half load.
 */
#ifndef HENG_ETL_LOAD_VERSION_H
#define HENG_ETL_LOAD_VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "etl/record/row.h"

struct version_slot;

struct version_map {
    struct version_slot *slots;
    size_t room; /* a power of two */
    size_t count;
};

/* False for want of memory. */
bool version_map_init(struct version_map *map);
void version_map_clear(struct version_map *map);
void version_map_free(struct version_map *map);

/* Enters the record. *version counts from 0; *repeats is true when it equals the version before,
 * in which case nothing is entered. False for want of memory. */
bool version_map_enter(struct version_map *map, int64_t id,
                       const unsigned char content[ROW_CONTENT_SIZE], int *version, bool *repeats);

#endif
