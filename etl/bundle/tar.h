/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ustar form of POSIX.1-1988, which every tar reads: a header of one block before each plain
 * file, its bytes filled up to whole blocks, two empty blocks at the end. */
#ifndef HENG_ETL_BUNDLE_TAR_H
#define HENG_ETL_BUNDLE_TAR_H

#include <stddef.h>
#include <stdint.h>

enum { TAR_BLOCK_BYTES = 512, TAR_NAME_CAP = 99, TAR_END_BYTES = 2 * TAR_BLOCK_BYTES };

#define TAR_FILE_CAP ((int64_t)1 << 33) /* eleven octal digits */

/* The header of a plain file, mode 0644. A name or size above the cap is a broken invariant. */
void tar_header(const char *name, int64_t size, int64_t changed_at_s,
                unsigned char out[TAR_BLOCK_BYTES]);

/* Zero bytes that follow a file of this size. */
size_t tar_padding(int64_t size);

#endif
