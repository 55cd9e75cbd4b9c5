/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/backup/unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "etl/backup/place.h"

enum { GZIP_FORMAT = 15 + 16, BLOCK_SIZE = 256 * 1024 };

struct unpack {
    const char *path;
    int file;
    bool inflating;
    bool ended; /* the gzip data */
    z_stream inflater;
    struct digest *digest;
    unpack_part *part;
    void *context;
    unsigned char packed[BLOCK_SIZE];
    unsigned char plain[BLOCK_SIZE];
};

static bool broken(const struct unpack *unpack, const char *how, struct error *err)
{
    return error_set(err, ERROR_CHECK, unpack->path, "the file is broken: %s", how);
}

static bool begin(struct unpack *unpack, struct error *err)
{
    struct stat status;
    unpack->file = open(unpack->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (unpack->file < 0)
        return errno == ENOENT ? error_set(err, ERROR_CHECK, unpack->path, "the file is missing")
                               : place_failed(err, unpack->path, "cannot open", errno);
    if (fstat(unpack->file, &status) != 0 || !S_ISREG(status.st_mode))
        return broken(unpack, "it is no plain file", err);
    unpack->digest = digest_new(DIGEST_SHA256);
    unpack->inflating = inflateInit2(&unpack->inflater, GZIP_FORMAT) == Z_OK;
    return (unpack->digest && unpack->inflating) || error_memory(err);
}

/* What a block that was read gives. */
static bool inflate_block(struct unpack *unpack, size_t size, struct error *err)
{
    z_stream *inflater = &unpack->inflater;
    inflater->next_in = unpack->packed;
    inflater->avail_in = (uInt)size;
    do {
        if (unpack->ended)
            return inflater->avail_in == 0 ||
                   broken(unpack, "there is more behind the end of its data", err);
        inflater->next_out = unpack->plain;
        inflater->avail_out = sizeof unpack->plain;
        int outcome = inflate(inflater, Z_NO_FLUSH);
        if (outcome == Z_MEM_ERROR)
            return error_memory(err);
        if (outcome != Z_OK && outcome != Z_STREAM_END && outcome != Z_BUF_ERROR)
            return broken(unpack, inflater->msg ? inflater->msg : "it is no gzip data", err);
        unpack->ended = outcome == Z_STREAM_END;
        size_t made = sizeof unpack->plain - inflater->avail_out;
        if (made > 0 && !unpack->part(unpack->context, (const char *)unpack->plain, made, err))
            return false;
    } while (inflater->avail_in > 0 || inflater->avail_out == 0);
    return true;
}

static bool read_all(struct unpack *unpack, struct error *err)
{
    for (;;) {
        ssize_t got = read(unpack->file, unpack->packed, sizeof unpack->packed);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return place_failed(err, unpack->path, "cannot read", errno);
        if (got == 0)
            return unpack->ended || broken(unpack, "its data ends early", err);
        digest_update(unpack->digest, unpack->packed, (size_t)got);
        if (!inflate_block(unpack, (size_t)got, err))
            return false;
    }
}

bool unpack_file(const char *path, unpack_part *part, void *context,
                 unsigned char sha256[DIGEST_SIZE], struct error *err)
{
    struct unpack *unpack = calloc(1, sizeof *unpack);
    if (!unpack)
        return error_memory(err);
    unpack->path = path;
    unpack->file = -1;
    unpack->part = part;
    unpack->context = context;
    bool good = begin(unpack, err) && read_all(unpack, err);
    if (good)
        digest_finish(unpack->digest, sha256);
    if (unpack->inflating)
        (void)inflateEnd(&unpack->inflater);
    if (unpack->file >= 0)
        close(unpack->file);
    digest_free(unpack->digest);
    free(unpack);
    return good;
}
