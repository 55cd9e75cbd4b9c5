/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/core/digest.h"

#include <assert.h>
#include <openssl/evp.h>
#include <stdlib.h>

struct digest {
    EVP_MD_CTX *context;
    const EVP_MD *method;
};

static const char *const names[] = {[DIGEST_SHA256] = "sha256", [DIGEST_SM3] = "sm3"};

/* Fetched once: a lookup per message would cost more than the hash of a short message. */
static EVP_MD *methods[2];

const char *digest_name(enum digest_alg alg)
{
    return names[alg];
}

bool digest_alg_of(struct text name, enum digest_alg *out)
{
    for (int i = 0; i < 2; i++) {
        if (text_is(name, names[i])) {
            *out = (enum digest_alg)i;
            return true;
        }
    }
    return false;
}

static void release_methods(void)
{
    for (int i = 0; i < 2; i++) {
        EVP_MD_free(methods[i]);
        methods[i] = NULL;
    }
}

void digest_init(void)
{
    if (methods[0])
        return;
    methods[DIGEST_SHA256] = EVP_MD_fetch(NULL, "SHA2-256", NULL);
    methods[DIGEST_SM3] = EVP_MD_fetch(NULL, "SM3", NULL);
    assert(methods[DIGEST_SHA256] && methods[DIGEST_SM3]);
    int registered = atexit(release_methods);
    assert(registered == 0);
    (void)registered;
}

struct digest *digest_new(enum digest_alg alg)
{
    assert(methods[alg]);
    struct digest *digest = malloc(sizeof *digest);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!digest || !context) {
        free(digest);
        EVP_MD_CTX_free(context);
        return NULL;
    }
    *digest = (struct digest){.context = context, .method = methods[alg]};
    digest_start(digest);
    return digest;
}

void digest_free(struct digest *digest)
{
    if (!digest)
        return;
    EVP_MD_CTX_free(digest->context);
    free(digest);
}

void digest_start(struct digest *digest)
{
    int done = EVP_DigestInit_ex2(digest->context, digest->method, NULL);
    assert(done == 1);
    (void)done;
}

void digest_update(struct digest *digest, const void *data, size_t size)
{
    int done = EVP_DigestUpdate(digest->context, data, size);
    assert(done == 1);
    (void)done;
}

void digest_finish(struct digest *digest, unsigned char out[DIGEST_SIZE])
{
    int done = EVP_DigestFinal_ex(digest->context, out, NULL);
    assert(done == 1);
    (void)done;
}

void digest_of(enum digest_alg alg, const void *data, size_t size, unsigned char out[DIGEST_SIZE])
{
    assert(methods[alg]);
    int done = EVP_Digest(data, size, out, NULL, methods[alg], NULL);
    assert(done == 1);
    (void)done;
}

uint64_t digest_prefix(const unsigned char digest[DIGEST_SIZE])
{
    uint64_t value = 0;
    for (int i = 0; i < 8; i++)
        value = value << 8 | digest[i];
    return value;
}
