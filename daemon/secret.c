/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/secret.h"

#include <sodium.h>

bool secret_fill(unsigned char *out, size_t size, struct error *err)
{
    if (sodium_init() < 0)
        return error_set(err, ERROR_INTERNAL, "libsodium", "cannot be initialised");
    randombytes_buf(out, size);
    return true;
}
