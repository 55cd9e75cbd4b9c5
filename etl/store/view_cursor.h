/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The place after a row in an ordered list, as opaque text. It is bound to the statement and its
 * parameters: with a changed filter, or another account's scope, it is refused (ERROR_INPUT).
 */
#ifndef HENG_ETL_STORE_VIEW_CURSOR_H
#define HENG_ETL_STORE_VIEW_CURSOR_H

#include "models/core/arena.h"

enum { VIEW_KEYS_CAP = 4, VIEW_CURSOR_BYTES_CAP = 4096, VIEW_BINDING_SIZE = 17 };

/* What a cursor is bound to; parameters may be NULL. */
const char *view_cursor_bind(const char *statement, const char *const *parameters, int count,
                             char out[VIEW_BINDING_SIZE]);

/* Keys may be NULL (SQL NULL). The text lives in the arena. */
ERROR_CHECKED bool view_cursor_write(const char *binding, const char *const *keys, int count,
                                     struct arena *arena, const char **out, struct error *err);

/* Fills keys[0..count); they live in the arena. */
ERROR_CHECKED bool view_cursor_read(const char *cursor, const char *binding, int count,
                                    struct arena *arena, const char **keys, struct error *err);

#endif
