/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A gzip file being written (etl/source/stream.h reads them), hashed as it will lie on disk. The
 * same bytes give the same file: its head has no time and no name. */
#ifndef HENG_ETL_BACKUP_PACK_H
#define HENG_ETL_BACKUP_PACK_H

#include <stddef.h>

#include "models/core/digest.h"
#include "models/core/error.h"

struct pack;

/* The file must not be there yet. Errors as etl/backup/place.h says. */
ERROR_CHECKED bool pack_open(const char *path, struct pack **out, struct error *err);
ERROR_CHECKED bool pack_put(struct pack *pack, const char *bytes, size_t size, struct error *err);

/* The rest of the file, to disk; its SHA-256. */
ERROR_CHECKED bool pack_finish(struct pack *pack, unsigned char sha256[DIGEST_SIZE],
                               struct error *err);

/* Frees it, finished or not. NULL is allowed. */
void pack_close(struct pack *pack);

#endif
