/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "etl/source/transcoder.h"

enum { HASH_BLOCK = 256 * 1024, GZIP_BUFFER = 256 * 1024, RAW_SIZE = 64 * 1024, MARK_SIZE = 8 };

/* Content that is still to be turned into UTF-8. */
struct raw {
    struct transcoder *transcoder; /* NULL: content is delivered as it is */
    char *data;
    size_t begin;
    size_t end;
    bool finished;
    char rest[TRANSCODER_UNIT]; /* of a character that the caller had no room for */
    size_t rest_size;
};

struct stream {
    char *path;
    int file;
    char mark[MARK_SIZE]; /* the first bytes of the file */
    size_t mark_size;
    gzFile reader; /* plain and gzip; owns a duplicate of file */
    struct archive *archive;
    struct archive_entry *entry; /* of archive, when that has the content */
    int64_t content;             /* bytes of content read */
    int64_t position;            /* of who reads the archive itself */
    struct raw raw;
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
    if (lseek(stream->file, 0, SEEK_SET) != 0) {
        error_errno(err, stream->path, "cannot rewind", errno);
    } else if (digest && block) {
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

static bool open_regular(struct stream *stream, const int *descriptor, struct error *err)
{
    stream->file = descriptor ? fcntl(*descriptor, F_DUPFD_CLOEXEC, 0)
                              : open(stream->path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
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

static bool open_member(struct stream *stream, const char *member, struct error *err)
{
    int64_t number;
    return archive_open(stream->file, stream->path, &stream->archive, err) &&
           archive_find_data(stream->archive, member, &number, err) &&
           archive_entry_open(stream->archive, number, &stream->entry, err);
}

static bool read_mark(struct stream *stream, struct error *err)
{
    ssize_t got = pread(stream->file, stream->mark, MARK_SIZE, 0);
    if (got < 0)
        return error_errno(err, stream->path, "cannot read", errno);
    stream->mark_size = (size_t)got;
    return true;
}

static bool open_content(struct stream *stream, const char *member, struct error *err)
{
    if (archive_is_zip(stream->mark, stream->mark_size))
        return open_member(stream, member, err);
    if (member)
        return error_set(
            err, ERROR_INPUT, stream->path,
            "expected a zip archive with a member \"%.200s\", found a file that is none", member);
    return open_reader(stream, err);
}

static bool open_package(struct stream *stream, const char *member, struct error *err)
{
    (void)member;
    if (memcmp(stream->mark, "\xD0\xCF\x11\xE0", 4) == 0)
        return error_set(err, ERROR_INPUT, stream->path,
                         "expected an .xlsx workbook, found an old .xls one or one with a "
                         "password; save it as .xlsx without a password");
    if (!archive_is_zip(stream->mark, stream->mark_size))
        return error_set(err, ERROR_INPUT, stream->path,
                         "expected an .xlsx workbook, found a file that is no zip archive");
    return archive_open(stream->file, stream->path, &stream->archive, err);
}

typedef bool open_function(struct stream *stream, const char *member, struct error *err);

static bool open_identified(const char *path, const int *descriptor, const char *member,
                            open_function *open_rest, struct stream **out, struct error *err)
{
    struct stream *stream = calloc(1, sizeof *stream);
    if (!stream)
        return error_memory(err);
    stream->file = -1;
    stream->path = strdup(path);
    bool ok = stream->path ? open_regular(stream, descriptor, err) && hash_file(stream, err) &&
                                 read_mark(stream, err) && open_rest(stream, member, err)
                           : error_memory(err);
    if (!ok) {
        stream_close(stream);
        return false;
    }
    *out = stream;
    return true;
}

bool stream_open(const char *path, const char *member, struct stream **out, struct error *err)
{
    return open_identified(path, NULL, member, open_content, out, err);
}

bool stream_open_descriptor(int descriptor, const char *path, const char *member,
                            struct stream **out, struct error *err)
{
    return open_identified(path, &descriptor, member, open_content, out, err);
}

bool stream_open_archive(const char *path, struct stream **out, struct error *err)
{
    return open_identified(path, NULL, NULL, open_package, out, err);
}

void stream_close(struct stream *stream)
{
    if (!stream)
        return;
    if (stream->reader)
        gzclose(stream->reader);
    archive_entry_close(stream->entry);
    archive_close(stream->archive);
    if (stream->file >= 0)
        close(stream->file);
    transcoder_free(stream->raw.transcoder);
    free(stream->raw.data);
    free(stream->path);
    free(stream);
}

struct archive *stream_archive(const struct stream *stream)
{
    return stream->archive;
}

bool stream_decode(struct stream *stream, enum encoding encoding, struct error *err)
{
    if (encoding == ENCODING_UTF8)
        return true;
    stream->raw.data = malloc(RAW_SIZE);
    if (!stream->raw.data)
        return error_memory(err);
    return transcoder_new(encoding, &stream->raw.transcoder, err);
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

static bool read_gzip(struct stream *stream, char *buffer, size_t capacity, size_t *size,
                      struct error *err)
{
    int got = gzread(stream->reader, buffer, (unsigned)capacity);
    int status = Z_OK;
    const char *text = gzerror(stream->reader, &status);
    if (got < 0 || status == Z_BUF_ERROR)
        return error_set(err, ERROR_INPUT, stream->path, "cannot decompress: %s",
                         status == Z_BUF_ERROR ? "the gzip data ends early" : text);
    *size = (size_t)got;
    return archive_check_ratio(stream->content + got, stream->identity.st_size, stream->path, err);
}

static bool refuse_nested(const struct stream *stream, const char *data, size_t size,
                          struct error *err)
{
    bool gzip = stream->mark_size >= 2 && memcmp(stream->mark, "\x1F\x8B", 2) == 0;
    return (!stream->entry && !gzip) || !archive_is_packed(data, size) ||
           error_set(err, ERROR_INPUT, stream->path,
                     "an archive or workbook inside an archive; unpack the outer one first");
}

/* Content as it is in the file or archive. */
static bool read_content(struct stream *stream, char *buffer, size_t capacity, size_t *size,
                         struct error *err)
{
    bool ok = stream->entry ? archive_entry_read(stream->entry, buffer, capacity, size, err)
                            : read_gzip(stream, buffer, capacity, size, err);
    if (!ok || (stream->content == 0 && !refuse_nested(stream, buffer, *size, err)))
        return false;
    stream->content += (int64_t)*size;
    return *size > 0 || stream_check(stream, err);
}

static bool refill_raw(struct stream *stream, struct error *err)
{
    struct raw *raw = &stream->raw;
    memmove(raw->data, raw->data + raw->begin, raw->end - raw->begin);
    raw->end -= raw->begin;
    raw->begin = 0;
    while (!raw->finished && raw->end < RAW_SIZE) {
        size_t got;
        if (!read_content(stream, raw->data + raw->end, RAW_SIZE - raw->end, &got, err))
            return false;
        raw->finished = got == 0;
        raw->end += got;
    }
    return true;
}

/* At least one character, unless the content has ended. */
static bool decode(struct stream *stream, char *buffer, size_t capacity, size_t *size,
                   struct error *err)
{
    struct raw *raw = &stream->raw;
    *size = 0;
    while (*size == 0) {
        if (raw->end - raw->begin < TRANSCODER_UNIT && !refill_raw(stream, err))
            return false;
        if (raw->begin == raw->end)
            return true;
        size_t taken;
        struct text in = {raw->data + raw->begin, raw->end - raw->begin};
        *size = transcoder_apply(raw->transcoder, in, raw->finished, buffer, capacity, &taken);
        raw->begin += taken;
        if (!transcoder_marked(raw->transcoder))
            return error_set(err, ERROR_INPUT, stream->path,
                             "expected UTF-16 with a byte order mark, found other bytes");
    }
    return true;
}

static bool read_decoded(struct stream *stream, char *buffer, size_t capacity, size_t *size,
                         struct error *err)
{
    struct raw *raw = &stream->raw;
    if (raw->rest_size == 0 && capacity >= TRANSCODER_UNIT)
        return decode(stream, buffer, capacity, size, err);
    if (raw->rest_size == 0 && !decode(stream, raw->rest, TRANSCODER_UNIT, &raw->rest_size, err))
        return false;
    *size = raw->rest_size < capacity ? raw->rest_size : capacity;
    memcpy(buffer, raw->rest, *size);
    raw->rest_size -= *size;
    memmove(raw->rest, raw->rest + *size, raw->rest_size);
    return true;
}

bool stream_read(struct stream *stream, char *buffer, size_t capacity, size_t *size,
                 struct error *err)
{
    return stream->raw.transcoder ? read_decoded(stream, buffer, capacity, size, err)
                                  : read_content(stream, buffer, capacity, size, err);
}

static int64_t share_of_file(const struct stream *stream, int64_t read, int64_t all)
{
    double share = all > 0 && read < all ? (double)read / (double)all : 1;
    return (int64_t)(share * (double)stream->identity.st_size);
}

int64_t stream_position(const struct stream *stream)
{
    int64_t read = 0;
    int64_t all = 0;
    if (stream->reader)
        return (int64_t)gzoffset(stream->reader);
    if (!stream->entry)
        return stream->position;
    archive_entry_position(stream->entry, &read, &all);
    return share_of_file(stream, read, all);
}

void stream_set_position(struct stream *stream, int64_t read, int64_t all)
{
    stream->position = share_of_file(stream, read, all);
}
