/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A bundle as a directory of plain files. Reading follows no symbolic link and refuses unknown
 * names and files above their cap; writing is all or nothing: a directory beside the target is
 * filled, synced and renamed into place.
 */
#ifndef HENG_ETL_BUNDLE_BUNDLE_H
#define HENG_ETL_BUNDLE_BUNDLE_H

#include "models/core/arena.h"
#include "models/draw/bundle.h"

/* The bytes live in the arena. A name that no bundle has, or one that is not a plain file, is
 * ERROR_INVALID; a directory that is not there is ERROR_NOT_FOUND. */
ERROR_CHECKED bool bundle_load(const char *path, struct arena *arena, struct bundle *out,
                               struct error *err);

/* Writes the files that are present. An existing bundle at path is replaced in one step; anything
 * else there is ERROR_CONFLICT. The parent directory must exist. */
ERROR_CHECKED bool bundle_save(const char *path, const struct bundle *bundle, struct error *err);

#endif
