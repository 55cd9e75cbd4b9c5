/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads a file that pack.h wrote, once: its SHA-256 as it lies on disk and its content. */
#ifndef HENG_ETL_BACKUP_UNPACK_H
#define HENG_ETL_BACKUP_UNPACK_H

#include <stddef.h>

#include "models/core/digest.h"
#include "models/core/error.h"

typedef bool unpack_part(void *context, const char *bytes, size_t size, struct error *err);

/* Calls part for each piece of the content; stops when it returns false. Kind check: the file is
 * missing, ends early, has more behind its end, or is no gzip. */
ERROR_CHECKED bool unpack_file(const char *path, unpack_part *part, void *context,
                               unsigned char sha256[DIGEST_SIZE], struct error *err);

#endif
