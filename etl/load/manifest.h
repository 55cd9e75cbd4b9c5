/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A delivery: a folder whose manifest.json lists files with their mapping documents in the order
 * in which they are loaded.
 *
 *   {"manifest": "heng-manifest-1",
 *    "files": [{"mapping": "mapping/entity.json", "file": "entity.csv", "known_on": "2026-06-30"}]}
 *
 * Paths are relative to the folder and stay inside it. "known_on" marks the file as a back-fill:
 * its records count as known from that day on; without it they are known from the load on.
 */
#ifndef HENG_ETL_LOAD_MANIFEST_H
#define HENG_ETL_LOAD_MANIFEST_H

#include "models/core/arena.h"
#include "models/core/day.h"
#include "models/core/error.h"

enum { MANIFEST_BYTES_CAP = 1024 * 1024, MANIFEST_FILES_CAP = 1000 };

struct manifest_file {
    const char *mapping; /* path */
    const char *path;
    day known_on; /* DAY_NONE: not a back-fill */
};

struct manifest {
    struct manifest_file *files;
    size_t count;
};

ERROR_CHECKED bool manifest_read(const char *folder, struct arena *arena, struct manifest *out,
                                 struct error *err);

#endif
