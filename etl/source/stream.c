/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { HASH_BLOCK = 256 * 1024, GZIP_BUFFER = 256 * 1024 };

struct stream {
    char *path;
    int file;
    gzFile reader; /* owns a duplicate of file */
    struct stat identity;
    unsigned char sha256[DIGEST_SIZE];
};

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static bool hash_file(struct stream *stream, struct error *err)
{
    struct digest *digest = digest_new(DIGEST_SHA256);
    unsigned char *block = malloc(HASH_BLOCK);
    ssize_t got = -1;
    if (digest && block) {
        do {
            got = read(stream->file, block, HASH_BLOCK);
            if (got > 0)
                digest_update(digest, block, (size_t)got);
        } while (got > 0 || (got < 0 && errno == EINTR));
        if (got == 0)
            digest_finish(digest, stream->sha256);
        else
            error_errno(err, stream->path, "cannot read", errno);
    } else {
        error_memory(err);
    }
    free(block);
    digest_free(digest);
    return got == 0;
}

static bool open_regular(struct stream *stream, struct error *err)
{
    stream->file = open(stream->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (stream->file < 0)
        return error_errno(
            err, stream->path,
            errno == ELOOP ? "is a symbolic link; expected a regular file" : "cannot open", errno);
    if (fstat(stream->file, &stream->identity) != 0)
        return error_errno(err, stream->path, "cannot examine", errno);
    if (!S_ISREG(stream->identity.st_mode))
        return error_set(err, ERROR_INPUT, stream->path, "expected a regular file, found a %s",
                         S_ISDIR(stream->identity.st_mode) ? "directory" : "special file");
    return true;
}

static bool open_reader(struct stream *stream, struct error *err)
{
    if (lseek(stream->file, 0, SEEK_SET) != 0)
        return error_errno(err, stream->path, "cannot rewind", errno);
    int copy = fcntl(stream->file, F_DUPFD_CLOEXEC, 0);
    if (copy < 0)
        return error_errno(err, stream->path, "cannot open", errno);
    stream->reader = gzdopen(copy, "rb");
    if (!stream->reader) {
        close(copy);
        return error_memory(err);
    }
    return gzbuffer(stream->reader, GZIP_BUFFER) == 0 || error_memory(err);
}

bool stream_open(const char *path, struct stream **out, struct error *err)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return error_memory(err);
    stream->file = -1;
    stream->path = strdup(path);
    bool ok = stream->path
                  ? open_regular(stream, err) && hash_file(stream, err) && open_reader(stream, err)
                  : error_memory(err);
    if (!ok) {
        stream_close(stream);
        return false;
    }
    *out = stream;
    return true;
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    if (stream->reader)
        gzclose(stream->reader);
    if (stream->file >= 0)
        close(stream->file);
    free(stream->path);
    free(stream);
}

const unsigned char *stream_sha256(const struct stream *stream)
{
    return stream->sha256;
}

int64_t stream_bytes(const struct stream *stream)
{
    return stream->identity.st_size;
}

const char *stream_path(const struct stream *stream)
{
    return stream->path;
}

bool stream_check(const struct stream *stream, struct error *err)
{
    struct stat now;
    if (fstat(stream->file, &now) != 0)
        return error_errno(err, stream->path, "cannot examine", errno);
    if (!same_file(&now, &stream->identity))
        return error_set(err, ERROR_CONFLICT, stream->path,
                         "the file changed while it was being read (%lld bytes, then %lld)",
                         (long long)stream->identity.st_size, (long long)now.st_size);
    return true;
}

bool stream_read(struct stream *stream, char *buffer, size_t capacity, size_t *size,
                 struct error *err)
{
    int got = gzread(stream->reader, buffer, (unsigned)capacity);
    int status = Z_OK;
    const char *text = gzerror(stream->reader, &status);
    if (got < 0 || status == Z_BUF_ERROR)
        return error_set(err, ERROR_INPUT, stream->path, "cannot decompress: %s",
                         status == Z_BUF_ERROR ? "the gzip data ends early" : text);
    *size = (size_t)got;
    return got > 0 || stream_check(stream, err);
}

int64_t stream_position(const struct stream *stream)
{
    return (int64_t)gzoffset(stream->reader);
}
