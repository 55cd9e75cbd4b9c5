/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/throttle.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "models/core/digest.h"

struct slot {
    unsigned char key[DIGEST_SIZE];
    int64_t tries_ms[THROTTLE_TRIES_CAP]; /* a ring: the next try replaces the oldest */
    int count;
    int next;
};

struct throttle {
    int limit;
    struct slot slots[THROTTLE_KEYS];
};

struct throttle *throttle_new(int limit)
{
    assert(limit >= 1 && limit <= THROTTLE_TRIES_CAP);
    struct throttle *throttle = calloc(1, sizeof *throttle);
    if (throttle)
        throttle->limit = limit;
    return throttle;
}

void throttle_free(struct throttle *throttle)
{
    free(throttle);
}

static int64_t newest(const struct throttle *throttle, const struct slot *slot)
{
    return slot->count == 0 ? INT64_MIN
                            : slot->tries_ms[(slot->next + throttle->limit - 1) % throttle->limit];
}

static struct slot *slot_of(struct throttle *throttle, const unsigned char *key)
{
    struct slot *oldest = &throttle->slots[0];
    for (size_t i = 0; i < THROTTLE_KEYS; i++) {
        struct slot *slot = &throttle->slots[i];
        if (slot->count > 0 && memcmp(slot->key, key, DIGEST_SIZE) == 0)
            return slot;
        if (newest(throttle, slot) < newest(throttle, oldest))
            oldest = slot;
    }
    *oldest = (struct slot){.count = 0};
    memcpy(oldest->key, key, DIGEST_SIZE);
    return oldest;
}

bool throttle_try(struct throttle *throttle, const char *key, size_t size, int64_t now_ms,
                  int64_t *wait_ms)
{
    unsigned char digest[DIGEST_SIZE];
    digest_of(DIGEST_SHA256, key, size, digest);
    struct slot *slot = slot_of(throttle, digest);
    if (slot->count == throttle->limit) {
        *wait_ms = slot->tries_ms[slot->next] + THROTTLE_WINDOW_MS - now_ms;
        if (*wait_ms > 0)
            return false;
    }
    slot->tries_ms[slot->next] = now_ms;
    slot->next = (slot->next + 1) % throttle->limit;
    if (slot->count < throttle->limit)
        slot->count++;
    return true;
}
