/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The published files of draws in the database, byte for byte. */
#ifndef HENG_ETL_STORE_DRAW_FILE_H
#define HENG_ETL_STORE_DRAW_FILE_H

#include "etl/store/draw_store.h"

/* Stores the files that are present, within the caller's transaction. Of a file that is stored
 * already only log.txt takes new bytes. */
ERROR_CHECKED bool draw_file_store(const struct draw_context *context, const char *authority,
                                   int64_t number, const struct bundle *bundle, struct error *err);

/* All files of a draw, in the arena. ERROR_NOT_FOUND when there is no such draw. */
ERROR_CHECKED bool draw_file_bundle(const struct draw_context *context, const char *authority,
                                    int64_t number, struct bundle *out, struct error *err);

/* What a draw committed to; its texts live in the arena. */
ERROR_CHECKED bool draw_file_commit(const struct draw_context *context, const char *authority,
                                    int64_t number, struct commit *out, struct error *err);

#endif
