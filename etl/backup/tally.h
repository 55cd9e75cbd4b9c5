/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sum of a table: rows, bytes, and a checksum that does not depend on the order of the rows,
 * because a table has none. It is the sum modulo 2^256 of the SHA-256 of each line of COPY's text
 * (its newline included), so a line changed, lost, doubled or moved to another column changes it.
 * It finds accidents; it is no signature, which nothing without a key can be.
 */
#ifndef HENG_ETL_BACKUP_TALLY_H
#define HENG_ETL_BACKUP_TALLY_H

#include "models/core/digest.h"
#include "models/core/error.h"

struct tally {
    struct digest *digest;
    unsigned char sum[DIGEST_SIZE]; /* big endian */
    int64_t lines;
    int64_t bytes;
};

ERROR_CHECKED bool tally_init(struct tally *tally, struct error *err);
void tally_reset(struct tally *tally);

void tally_start(struct tally *tally);
void tally_add(struct tally *tally, const char *line, size_t size);

/* Rows counted: the first line names the columns. */
int64_t tally_rows(const struct tally *tally);

#endif
