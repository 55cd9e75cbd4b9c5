/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/uuid.h"

#include <stdio.h>

#include "daemon/secret.h"
#include "models/core/text.h"

bool uuid_make(int64_t now_ms, char out[UUID_TEXT_SIZE], struct error *err)
{
    unsigned char bytes[16];
    char hex[2 * sizeof bytes + 1];
    if (!secret_fill(bytes, sizeof bytes, err))
        return false;
    for (int i = 0; i < 6; i++)
        bytes[i] = (unsigned char)((uint64_t)now_ms >> (40 - 8 * i));
    bytes[6] = (unsigned char)(0x70 | (bytes[6] & 0x0F)); /* version 7 */
    bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3F)); /* the RFC's variant */
    text_hex(bytes, sizeof bytes, hex);
    snprintf(out, UUID_TEXT_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
             hex + 20);
    return true;
}
