/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bundle in memory: the published files of one draw. Which files are there says how far the draw
 * is. Reading and writing directories is the business of etl/bundle.
 */
#ifndef HENG_MODELS_DRAW_BUNDLE_H
#define HENG_MODELS_DRAW_BUNDLE_H

#include "models/core/error.h"
#include "models/core/text.h"

enum bundle_file {
    BUNDLE_README,
    BUNDLE_COMMIT,
    BUNDLE_SALT,
    BUNDLE_STRATA,
    BUNDLE_FRAME,
    BUNDLE_INSPECTORS,
    BUNDLE_RECUSALS,
    BUNDLE_DRAW,
    BUNDLE_RESULT,
    BUNDLE_REVEAL,
    BUNDLE_LOG,
    BUNDLE_FILE_COUNT
};

/* COMMITTED: no draw yet; DRAWN: the result is fixed; REVEALED: anyone can verify it. */
enum bundle_state { BUNDLE_COMMITTED, BUNDLE_DRAWN, BUNDLE_REVEALED };

struct bundle_rule {
    const char *name;
    size_t size_cap;         /* bytes */
    enum bundle_state since; /* the state from which on the file is there */
};

extern const struct bundle_rule bundle_rules[BUNDLE_FILE_COUNT];
extern const char *const bundle_state_names[];

/* data is NULL where a file is absent; the bytes belong to whoever filled the bundle. */
struct bundle {
    struct text files[BUNDLE_FILE_COUNT];
};

/* The text of README.txt, the same in every bundle. */
extern const char bundle_readme[];

/* The file of this name; false when a bundle has no such file. */
bool bundle_file_of(const char *name, enum bundle_file *out);

/* The state that the files present say. Refuses a missing file and one that is too large. */
ERROR_CHECKED bool bundle_state_of(const struct bundle *bundle, enum bundle_state *out,
                                   struct error *err);

#endif
