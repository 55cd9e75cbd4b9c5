/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/chain.h"

enum { LENGTH_BYTES = 8 };

static void add_field(struct digest *digest, struct text field)
{
    unsigned char head[1 + LENGTH_BYTES] = {field.data != NULL};
    if (!field.data) {
        digest_update(digest, head, 1);
        return;
    }
    uint64_t size = field.size;
    for (int i = LENGTH_BYTES; i > 0; i--, size >>= 8)
        head[i] = (unsigned char)size;
    digest_update(digest, head, sizeof head);
    digest_update(digest, field.data, field.size);
}

void chain_hash(struct digest *digest, const unsigned char previous[DIGEST_SIZE],
                const struct text fields[CHAIN_FIELD_COUNT], unsigned char out[DIGEST_SIZE])
{
    digest_start(digest);
    digest_update(digest, previous, DIGEST_SIZE);
    for (int i = 0; i < CHAIN_FIELD_COUNT; i++)
        add_field(digest, fields[i]);
    digest_finish(digest, out);
}
