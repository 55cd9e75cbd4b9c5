/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The bundle of a draw as a tar file, in parts of at most DRAW_TAR_PART_BYTES and a little: a frame
 * of millions would not fit into the memory of a request. The files are in the folder
 * "draw-<number>". No session is held between two parts: the list of files, their sizes and
 * log.txt, which alone grows from state to state, are read at once at the start; the others never
 * change.
 */
#ifndef HENG_ETL_STORE_DRAW_TAR_H
#define HENG_ETL_STORE_DRAW_TAR_H

#include "etl/store/db.h"

enum { DRAW_TAR_PART_BYTES = 4 * 1024 * 1024 };

struct draw_tar;

/* ERROR_NOT_FOUND when there is no such draw. */
ERROR_CHECKED bool draw_tar_open(struct db *db, const char *authority, int64_t number,
                                 struct draw_tar **out, struct error *err);

/* The next part; valid until the next call. *last: nothing follows. context is a draw_tar. */
ERROR_CHECKED bool draw_tar_next(void *context, struct db *db, const char **bytes, size_t *size,
                                 bool *last, struct error *err);

void draw_tar_close(void *context);

#endif
