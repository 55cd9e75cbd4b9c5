/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Files and folders of backups, private to their user: folders 0700, files 0600. Whatever is
 * written is on disk (fsync) before the call that ends it returns.
 *
 * Errors tell apart what the user can do something about: limit (disk full, quota), config (no
 * permission), not-found, io (all else).
 */
#ifndef HENG_ETL_BACKUP_PLACE_H
#define HENG_ETL_BACKUP_PLACE_H

#include <stddef.h>
#include <stdint.h>

#include "models/core/error.h"

enum { PLACE_PATH_SIZE = 1024, PLACE_FILE_MODE = 0600, PLACE_FOLDER_MODE = 0700 };

/* "<folder>/<name>" into out (PLACE_PATH_SIZE bytes). */
ERROR_CHECKED bool place_join(const char *folder, const char *name, char *out, struct error *err);

/* The error for a failed call on path. Returns false. */
bool place_failed(struct error *err, const char *path, const char *what, int errno_value);

/* Makes the folder, and those above it, if they are not there. */
ERROR_CHECKED bool place_make(const char *path, struct error *err);
ERROR_CHECKED bool place_sync(const char *folder, struct error *err);
ERROR_CHECKED bool place_rename(const char *from, const char *to, struct error *err);

/* Removes a folder with all that is in it; one that is not there is no error. */
ERROR_CHECKED bool place_remove(const char *path, struct error *err);

/* A small file at once; it must not be there yet. */
ERROR_CHECKED bool place_write(const char *path, const char *bytes, size_t size, struct error *err);

/* At most cap bytes of a plain file, with a NUL behind them; the caller frees *out. */
ERROR_CHECKED bool place_read(const char *path, size_t cap, char **out, size_t *size,
                              struct error *err);

/* Writes all bytes to an open file. */
ERROR_CHECKED bool place_put(int file, const char *path, const void *bytes, size_t size,
                             struct error *err);

/* To disk, and out of the page cache, so that a check reads what the disk has; closes the file also
 * on failure. */
ERROR_CHECKED bool place_close(int file, const char *path, struct error *err);

/* A lock between processes, dropped by the kernel when its holder ends; *file is closed to give it
 * up. The lock file stays. Conflict: another process holds it. */
ERROR_CHECKED bool place_lock(const char *path, const char *what, int *file, struct error *err);

/* Refuses to go on with less than need bytes free below path; what names the work. */
ERROR_CHECKED bool place_check_free(const char *path, int64_t need_bytes, const char *what,
                                    struct error *err);

#endif
