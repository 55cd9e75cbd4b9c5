/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/secret.h"

#include <sodium.h>

_Static_assert(SECRET_PASSWORD_HASH_SIZE == crypto_pwhash_STRBYTES, "size of libsodium's text");

bool secret_fill(unsigned char *out, size_t size, struct error *err)
{
    if (sodium_init() < 0)
        return error_set(err, ERROR_INTERNAL, "libsodium", "cannot be initialised");
    randombytes_buf(out, size);
    return true;
}

bool secret_random_password(char out[SECRET_PASSWORD_RANDOM_SIZE], struct error *err)
{
    static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned char random[SECRET_PASSWORD_RANDOM_SIZE - 1] = {0};
    if (!secret_fill(random, sizeof random, err))
        return false;
    for (size_t i = 0; i < sizeof random; i++)
        out[i] = letters[random[i] % (sizeof letters - 1)];
    out[sizeof random] = '\0';
    sodium_memzero(random, sizeof random);
    return true;
}

bool secret_password_hash(const char *password, size_t size, char out[SECRET_PASSWORD_HASH_SIZE],
                          struct error *err)
{
    if (size < SECRET_PASSWORD_MIN || size > SECRET_PASSWORD_MAX)
        return error_set(err, ERROR_INPUT, "password", "a password has %d to %d bytes, found %zu",
                         SECRET_PASSWORD_MIN, SECRET_PASSWORD_MAX, size);
    if (sodium_init() < 0)
        return error_set(err, ERROR_INTERNAL, "libsodium", "cannot be initialised");
    if (crypto_pwhash_str_alg(out, password, size, SECRET_PASSWORD_PASSES, SECRET_PASSWORD_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return error_memory(err);
    return true;
}

bool secret_password_matches(const char *hash, const char *password, size_t size)
{
    return size <= SECRET_PASSWORD_MAX && crypto_pwhash_str_verify(hash, password, size) == 0;
}

bool secret_equal(const void *a, const void *b, size_t size)
{
    return sodium_memcmp(a, b, size) == 0;
}

void secret_forget(void *memory, size_t size)
{
    sodium_memzero(memory, size);
}
