/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The demo register: what departments of a generated Chongqing would send, as files ready for
 * loading, with known truths planted in it.
 *
 * demo_write() creates directory (its parent must exist) and writes into it the source files,
 * mapping/ with their mapping documents, truth.json and, last, manifest.json: a folder with a
 * manifest is complete. The same options give the same bytes on any machine and in any locale;
 * only the compression inside a .gz file may differ between versions of zlib. Memory does not
 * grow with the number of entities. No firm or person in it is real.
 *
 * Fails with ERROR_LIMIT (options out of range), ERROR_IO (a file), ERROR_INTERRUPTED (the
 * callback returned false). Requires models_init().
 */
#ifndef HENG_ETL_DEMO_DEMO_H
#define HENG_ETL_DEMO_DEMO_H

#include <stdbool.h>
#include <stdint.h>

#include "models/core/day.h"
#include "models/core/error.h"

enum { DEMO_ENTITIES_MIN = 100, DEMO_ENTITIES_MAX = 100000, DEMO_ENTITIES_DEFAULT = 20000 };
enum { DEMO_HISTORY_DAYS = 3 * 365 };

#define DEMO_UNTIL_MIN ((day)18262)     /* 2020-01-01 */
#define DEMO_UNTIL_MAX ((day)24105)     /* 2035-12-31 */
#define DEMO_UNTIL_DEFAULT ((day)20634) /* 2026-06-30 */

/* The seed is written to truth.json, and JSON readers agree on no larger integers. */
#define DEMO_SEED_MAX (UINT64_C(9007199254740991)) /* 2^53 - 1 */

struct demo_options {
    uint64_t entities; /* DEMO_ENTITIES_MIN … DEMO_ENTITIES_MAX */
    uint64_t seed;     /* at most DEMO_SEED_MAX */
    day until;         /* the last day of the history of DEMO_HISTORY_DAYS days */
    const char *directory;
};

/* Called now and then with entities done and in all; false stops the work. */
typedef bool (*demo_progress_callback)(uint64_t done, uint64_t total, void *context);

/* progress may be NULL. */
ERROR_CHECKED bool demo_write(const struct demo_options *options, demo_progress_callback progress,
                              void *context, struct error *err);

#endif
