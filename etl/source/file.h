/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small document read whole: mapping, manifest, model. */
#ifndef HENG_ETL_SOURCE_FILE_H
#define HENG_ETL_SOURCE_FILE_H

#include <stddef.h>

#include "models/core/arena.h"
#include "models/core/error.h"

/* The bytes live in the arena and end in a NUL that is not counted. A file of more than cap bytes
 * is an error. */
ERROR_CHECKED bool file_read(const char *path, size_t cap, struct arena *arena, char **data,
                             size_t *size, struct error *err);

#endif
