/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/backup/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "etl/backup/place.h"

enum { LEVEL = 1, GZIP_FORMAT = 15 + 16, MEMORY_LEVEL = 9, BLOCK_SIZE = 256 * 1024 };

struct pack {
    char *path;
    int file;
    bool deflating;
    z_stream deflater;
    struct digest *digest;
    unsigned char gathered[BLOCK_SIZE]; /* lines are short, and a call per line would be dear */
    size_t gathered_size;
    unsigned char packed[BLOCK_SIZE];
};

static bool begin(struct pack *pack, const char *path, struct error *err)
{
    pack->path = strdup(path);
    pack->digest = digest_new(DIGEST_SHA256);
    pack->deflating = deflateInit2(&pack->deflater, LEVEL, Z_DEFLATED, GZIP_FORMAT, MEMORY_LEVEL,
                                   Z_DEFAULT_STRATEGY) == Z_OK;
    if (!pack->path || !pack->digest || !pack->deflating)
        return error_memory(err);
    pack->file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, PLACE_FILE_MODE);
    if (pack->file < 0)
        return place_failed(err, path, "cannot make the file", errno);
    digest_start(pack->digest);
    return true;
}

bool pack_open(const char *path, struct pack **out, struct error *err)
{
    struct pack *pack = calloc(1, sizeof *pack);
    if (!pack)
        return error_memory(err);
    pack->file = -1;
    if (begin(pack, path, err)) {
        *out = pack;
        return true;
    }
    pack_close(pack);
    return false;
}

/* Deflates what was gathered; with Z_FINISH also what the deflater still holds. */
static bool flush(struct pack *pack, int mode, struct error *err)
{
    z_stream *deflater = &pack->deflater;
    int outcome;
    deflater->next_in = pack->gathered;
    deflater->avail_in = (uInt)pack->gathered_size;
    do {
        deflater->next_out = pack->packed;
        deflater->avail_out = sizeof pack->packed;
        outcome = deflate(deflater, mode);
        size_t size = sizeof pack->packed - deflater->avail_out;
        digest_update(pack->digest, pack->packed, size);
        if (!place_put(pack->file, pack->path, pack->packed, size, err))
            return false;
    } while (mode == Z_FINISH ? outcome == Z_OK : deflater->avail_out == 0);
    pack->gathered_size = 0;
    return mode != Z_FINISH || outcome == Z_STREAM_END ||
           error_set(err, ERROR_INTERNAL, pack->path, "deflate() should end, found %d", outcome);
}

bool pack_put(struct pack *pack, const char *bytes, size_t size, struct error *err)
{
    while (size > 0) {
        size_t room = sizeof pack->gathered - pack->gathered_size;
        size_t part = size < room ? size : room;
        memcpy(pack->gathered + pack->gathered_size, bytes, part);
        pack->gathered_size += part;
        bytes += part;
        size -= part;
        if (part == room && !flush(pack, Z_NO_FLUSH, err))
            return false;
    }
    return true;
}

bool pack_finish(struct pack *pack, unsigned char sha256[DIGEST_SIZE], struct error *err)
{
    if (!flush(pack, Z_FINISH, err))
        return false;
    int file = pack->file;
    pack->file = -1;
    digest_finish(pack->digest, sha256);
    return place_close(file, pack->path, err);
}

void pack_close(struct pack *pack)
{
    if (!pack)
        return;
    if (pack->deflating)
        (void)deflateEnd(&pack->deflater);
    if (pack->file >= 0)
        close(pack->file);
    digest_free(pack->digest);
    free(pack->path);
    free(pack);
}
