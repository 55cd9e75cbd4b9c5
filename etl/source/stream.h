/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file as a stream of bytes, plain, gzip or a member of a zip archive (told apart by its first
 * bytes), and its identity: SHA-256 and size of the file as it lies on disk. Only regular files are
 * opened; symbolic links are followed by nobody. Packed data that ends early is an error, not an
 * end, and so is an archive inside an archive or content beyond the caps of archive.h.
 */
#ifndef HENG_ETL_SOURCE_STREAM_H
#define HENG_ETL_SOURCE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "etl/source/archive.h"
#include "etl/source/encoding.h"
#include "models/core/digest.h"
#include "models/core/error.h"

struct stream;

/* Hashes the whole file, then opens its content for reading from its first byte. member names the
 * file of a zip archive; NULL is its only one. */
ERROR_CHECKED bool stream_open(const char *path, const char *member, struct stream **out,
                               struct error *err);
/* The same of a regular file that is open already and stays the caller's; path only names it. */
ERROR_CHECKED bool stream_open_descriptor(int descriptor, const char *path, const char *member,
                                          struct stream **out, struct error *err);
/* The same for a format that is a zip archive itself: there is no content, only the archive. */
ERROR_CHECKED bool stream_open_archive(const char *path, struct stream **out, struct error *err);
void stream_close(struct stream *stream);

/* Of stream_open_archive(). */
struct archive *stream_archive(const struct stream *stream);

/* From here on content comes as UTF-8, whatever the encoding of the file; before the first read. */
ERROR_CHECKED bool stream_decode(struct stream *stream, enum encoding encoding, struct error *err);

const unsigned char *stream_sha256(const struct stream *stream);
int64_t stream_bytes(const struct stream *stream);
const char *stream_path(const struct stream *stream);

/* An error if the file has changed since it was hashed. */
ERROR_CHECKED bool stream_check(const struct stream *stream, struct error *err);

/* Up to capacity bytes of content; *size 0 means the end, where the file is checked once more. */
ERROR_CHECKED bool stream_read(struct stream *stream, char *buffer, size_t capacity, size_t *size,
                               struct error *err);

/* Bytes of the file (compressed ones, if so) that were consumed: for progress. Whoever reads the
 * archive itself says how far it is. */
int64_t stream_position(const struct stream *stream);
void stream_set_position(struct stream *stream, int64_t read, int64_t all);

#endif
