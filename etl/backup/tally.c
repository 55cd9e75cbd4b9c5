/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/backup/tally.h"

#include <string.h>

bool tally_init(struct tally *tally, struct error *err)
{
    *tally = (struct tally){.digest = digest_new(DIGEST_SHA256)};
    return tally->digest || error_memory(err);
}

void tally_reset(struct tally *tally)
{
    digest_free(tally->digest);
    tally->digest = NULL;
}

void tally_start(struct tally *tally)
{
    memset(tally->sum, 0, sizeof tally->sum);
    tally->lines = 0;
    tally->bytes = 0;
}

void tally_add(struct tally *tally, const char *line, size_t size)
{
    unsigned char hash[DIGEST_SIZE];
    unsigned carry = 0;
    digest_start(tally->digest);
    digest_update(tally->digest, line, size);
    digest_finish(tally->digest, hash);
    for (int i = DIGEST_SIZE - 1; i >= 0; i--) {
        carry += (unsigned)tally->sum[i] + hash[i];
        tally->sum[i] = (unsigned char)(carry & 0xFF);
        carry >>= 8;
    }
    tally->lines++;
    tally->bytes += (int64_t)size;
}

int64_t tally_rows(const struct tally *tally)
{
    return tally->lines > 0 ? tally->lines - 1 : 0;
}
