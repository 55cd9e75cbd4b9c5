/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The document that a command works by: a file of the user's, or one of the catalogue shipped with
 * the program.
 */
#ifndef HENG_DAEMON_MODEL_FILE_H
#define HENG_DAEMON_MODEL_FILE_H

#include "models/core/arena.h"
#include "models/core/error.h"

struct model_file {
    const char *name;
    const char *bytes; /* NUL behind the last */
    size_t size;
};

/* path NULL: the catalogue document `shipped`. */
ERROR_CHECKED bool model_file_read(const char *path, const char *shipped, size_t cap,
                                   struct arena *arena, struct model_file *out, struct error *err);

#endif
