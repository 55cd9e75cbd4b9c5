/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/uuid.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>

#include "daemon/secret.h"
#include "models/core/text.h"

/* The 74 bits that are not time: random where the process begins, then counted, so that no two are
 * the same and none costs a call of the system. They name requests and are no secret. */
static bool next_bits(uint64_t *high, uint64_t *low, struct error *err)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static uint64_t bits[2];
    static bool begun;
    pthread_mutex_lock(&lock);
    begun = begun || secret_fill((unsigned char *)bits, sizeof bits, err);
    bool good = begun;
    bits[0] += ++bits[1] == 0;
    *high = bits[0];
    *low = bits[1];
    pthread_mutex_unlock(&lock);
    return good;
}

static void put_bytes(uint64_t value, int count, unsigned char *out)
{
    for (int i = 0; i < count; i++)
        out[i] = (unsigned char)(value >> (8 * (count - 1 - i)));
}

bool uuid_make(int64_t now_ms, char out[UUID_TEXT_SIZE], struct error *err)
{
    static const int groups[] = {8, 4, 4, 4, 12};
    unsigned char bytes[16];
    char hex[2 * sizeof bytes + 1];
    uint64_t high;
    uint64_t low;
    if (!next_bits(&high, &low, err))
        return false;
    put_bytes((uint64_t)now_ms, 6, bytes);
    put_bytes(high, 2, bytes + 6);
    put_bytes(low, 8, bytes + 8);
    bytes[6] = (unsigned char)(0x70 | (bytes[6] & 0x0F)); /* version 7 */
    bytes[8] = (unsigned char)(0x80 | (bytes[8] & 0x3F)); /* the RFC's variant */
    text_hex(bytes, sizeof bytes, hex);
    const char *from = hex;
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        memcpy(out, from, (size_t)groups[i]);
        from += groups[i];
        out += groups[i];
        *out++ = '-';
    }
    out[-1] = '\0';
    return true;
}
