/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SHA-256 (FIPS 180-4) and SM3 (GB/T 32905-2016). Both give 32 bytes and take 64-byte blocks.
 * models_init() must have run. Hashing bytes in memory cannot fail; a failure inside the library
 * is a broken invariant and stops the program.
 */
#ifndef HENG_MODELS_CORE_DIGEST_H
#define HENG_MODELS_CORE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/text.h"

enum { DIGEST_SIZE = 32, DIGEST_HEX_SIZE = 65 };

enum digest_alg { DIGEST_SHA256, DIGEST_SM3 };

struct digest; /* a hash being computed; one thread at a time */

/* Names are "sha256" and "sm3". */
const char *digest_name(enum digest_alg alg);
bool digest_alg_of(struct text name, enum digest_alg *out);

/* Loads the algorithms; called by models_init(). */
void digest_init(void);

struct digest *digest_new(enum digest_alg alg);
void digest_free(struct digest *digest);

/* start, update any number of times, finish; then start again for the next message. */
void digest_start(struct digest *digest);
void digest_update(struct digest *digest, const void *data, size_t size);
void digest_finish(struct digest *digest, unsigned char out[DIGEST_SIZE]);

/* One message at once. */
void digest_of(enum digest_alg alg, const void *data, size_t size, unsigned char out[DIGEST_SIZE]);

/* The first 8 bytes, big endian. */
uint64_t digest_prefix(const unsigned char digest[DIGEST_SIZE]);

#endif
