/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Administrative divisions with the days on which their codes were in force (GB/T 2260 for China).
 * A code alone names no place: 500110 was one district until 2011 and is another since, so every
 * lookup takes a day. Successions tell which code took over, wholly or in part; where it is in
 * part, only an address can tell which.
 *
 * Reads a "heng-regions-1" document (models/catalog/region/). Everything lives in the arena.
 */
#ifndef HENG_MODELS_CODES_REGION_H
#define HENG_MODELS_CODES_REGION_H

#include "models/core/arena.h"
#include "models/core/day.h"
#include "models/core/error.h"

enum { REGION_CAP = 20000 };

enum region_kind {
    REGION_PROVINCE,
    REGION_DISTRICT,
    REGION_COUNTY,
    REGION_AUTONOMOUS_COUNTY,
    REGION_FUNCTIONAL,
    REGION_WARD,
    REGION_KIND_COUNT
};

struct region {
    const char *code;
    const char *name;
    enum region_kind kind;
    const char *parent; /* code, "" = none in this list */
    day valid_from;
    day valid_to; /* the last day; DAY_LAST = in force */
};

struct region_succession {
    day on; /* the first day of the new state */
    const char *from;
    const char *to;
    bool whole;       /* false: only a part of `from` went to `to` */
    const char *note; /* which part, or "" */
};

struct region_list {
    const char *jurisdiction;
    struct region *regions; /* by code, then valid_from */
    size_t count;
    struct region_succession *successions;
    size_t succession_count;
};

/* Refuses a code with overlapping validity and a succession between codes that are not in the list
 * on its day. */
ERROR_CHECKED bool region_read(const char *bytes, size_t size, const char *subject,
                               struct arena *arena, struct region_list *out, struct error *err);

/* The region that the code names on this day; NULL if none. */
const struct region *region_find(const struct region_list *list, struct text code, day on);

/* The region that stands on day `on` for what the code named on day `known_on`; NULL when the code
 * named nothing then, or when its territory was split so that the code does not decide. */
const struct region *region_present(const struct region_list *list, struct text code, day known_on,
                                    day on);

const char *region_kind_name(enum region_kind kind);
bool region_kind_of(struct text name, enum region_kind *out);

#endif
