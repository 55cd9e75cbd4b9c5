/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Secrets through libsodium: randomness from the system, passwords (Argon2id, RFC 9106, as
 * self-describing text, SECRET_PASSWORD_MEMORY bytes and SECRET_PASSWORD_PASSES passes), comparison
 * in constant time. Nothing that a draw decides comes from here: a draw uses what
 * models/draw/FORMAT.md defines.
 */
#ifndef HENG_DAEMON_SECRET_H
#define HENG_DAEMON_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "models/core/error.h"

enum {
    SECRET_TOKEN_BYTES = 32,
    SECRET_TOKEN_HEX_SIZE = 2 * SECRET_TOKEN_BYTES + 1,
    SECRET_PASSWORD_HASH_SIZE = 128,
    SECRET_PASSWORD_MEMORY = 64 * 1024 * 1024,
    SECRET_PASSWORD_PASSES = 3,
    SECRET_PASSWORD_MIN = 10, /* bytes */
    SECRET_PASSWORD_MAX = 256,
    SECRET_PASSWORD_RANDOM_SIZE = 25 /* a random one with its NUL: 24 characters of 5 bits */
};

ERROR_CHECKED bool secret_fill(unsigned char *out, size_t size, struct error *err);

/* A random password that can be read aloud: digits and lower-case letters without i, l, o, u. */
ERROR_CHECKED bool secret_random_password(char out[SECRET_PASSWORD_RANDOM_SIZE], struct error *err);

/* Input: the password's length is outside its limits. Takes about 0.1 s. */
ERROR_CHECKED bool secret_password_hash(const char *password, size_t size,
                                        char out[SECRET_PASSWORD_HASH_SIZE], struct error *err);

/* Takes as long whether it matches or not. */
bool secret_password_matches(const char *hash, const char *password, size_t size);

bool secret_equal(const void *a, const void *b, size_t size);

/* Overwrites memory that held a secret, also where the compiler would leave it out. */
void secret_forget(void *memory, size_t size);

#endif
