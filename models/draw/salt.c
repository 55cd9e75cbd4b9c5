/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/salt.h"

/* Both tags are hashed with the NUL that ends them. */
static const char table_tag[] = "SR-DRAW-TABLE-v1";
static const char entity_tag[] = "SR-DRAW-SALT-v1";

bool salt_table(enum digest_alg alg, const unsigned char salt_key[DIGEST_SIZE], const char *file,
                struct text content, unsigned char out[DIGEST_SIZE], struct error *err)
{
    struct digest *digest = digest_new(alg);
    if (!digest)
        return error_memory(err);
    unsigned char salt[DIGEST_SIZE];
    struct text name = text_of(file);
    digest_update(digest, table_tag, sizeof table_tag);
    digest_update(digest, salt_key, DIGEST_SIZE);
    digest_update(digest, name.data, name.size);
    digest_finish(digest, salt);
    digest_start(digest);
    digest_update(digest, salt, DIGEST_SIZE);
    digest_update(digest, content.data, content.size);
    digest_finish(digest, out);
    digest_free(digest);
    return true;
}

void salt_entity(struct digest *digest, const unsigned char salt_key[DIGEST_SIZE], struct text id,
                 unsigned char out[DIGEST_SIZE])
{
    digest_start(digest);
    digest_update(digest, entity_tag, sizeof entity_tag);
    digest_update(digest, salt_key, DIGEST_SIZE);
    digest_update(digest, id.data, id.size);
    digest_finish(digest, out);
}
