/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/merkle.h"

#include <assert.h>
#include <string.h>

static void join(enum digest_alg alg, const unsigned char *left, const unsigned char *right,
                 unsigned char *out)
{
    unsigned char message[1 + 2 * DIGEST_SIZE] = {1};
    memcpy(message + 1, left, DIGEST_SIZE);
    memcpy(message + 1 + DIGEST_SIZE, right, DIGEST_SIZE);
    digest_of(alg, message, sizeof message, out);
}

void merkle_start(struct merkle *merkle, enum digest_alg alg)
{
    merkle->alg = alg;
    merkle->count = 0;
    merkle->peak_count = 0;
}

void merkle_add(struct merkle *merkle, const unsigned char leaf[DIGEST_SIZE])
{
    assert(merkle->peak_count < MERKLE_DEPTH_CAP);
    memcpy(merkle->peaks[merkle->peak_count++], leaf, DIGEST_SIZE);
    for (uint64_t count = merkle->count++; count & 1; count >>= 1) {
        unsigned char(*left)[DIGEST_SIZE] = &merkle->peaks[merkle->peak_count - 2];
        join(merkle->alg, left[0], left[1], left[0]);
        merkle->peak_count--;
    }
}

void merkle_root(const struct merkle *merkle, unsigned char root[DIGEST_SIZE])
{
    assert(merkle->peak_count > 0);
    size_t peak = merkle->peak_count - 1;
    memcpy(root, merkle->peaks[peak], DIGEST_SIZE);
    while (peak-- > 0)
        join(merkle->alg, merkle->peaks[peak], root, root);
}

size_t merkle_path(enum digest_alg alg, unsigned char (*leaves)[DIGEST_SIZE], size_t count,
                   size_t index, unsigned char (*path)[DIGEST_SIZE])
{
    assert(index < count);
    size_t size = 0;
    for (; count > 1; count = (count + 1) / 2, index /= 2) {
        if ((index ^ 1) < count)
            memcpy(path[size++], leaves[index ^ 1], DIGEST_SIZE);
        for (size_t i = 0; i + 1 < count; i += 2)
            join(alg, leaves[i], leaves[i + 1], leaves[i / 2]);
        if (count & 1) /* an odd one out moves up unchanged: the shape of RFC 6962 */
            memmove(leaves[count / 2], leaves[count - 1], DIGEST_SIZE);
    }
    return size;
}

bool merkle_check(enum digest_alg alg, const unsigned char leaf[DIGEST_SIZE], uint64_t index,
                  uint64_t count, const unsigned char (*path)[DIGEST_SIZE], size_t path_size,
                  const unsigned char root[DIGEST_SIZE])
{
    unsigned char node[DIGEST_SIZE];
    size_t used = 0;
    if (index >= count)
        return false;
    memcpy(node, leaf, DIGEST_SIZE);
    for (; count > 1; count = (count + 1) / 2, index /= 2) {
        if ((index ^ 1) >= count)
            continue;
        if (used == path_size)
            return false;
        const unsigned char *sibling = path[used++];
        join(alg, index & 1 ? sibling : node, index & 1 ? node : sibling, node);
    }
    return used == path_size && memcmp(node, root, DIGEST_SIZE) == 0;
}
