/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file as a stream of bytes, plain or gzip (told apart by its first bytes), and its identity:
 * SHA-256 and size of the file as it lies on disk. Only regular files are opened; symbolic links
 * are followed by nobody. A gzip stream that ends early is an error, not an end.
 */
#ifndef HENG_ETL_SOURCE_STREAM_H
#define HENG_ETL_SOURCE_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/digest.h"
#include "models/core/error.h"

struct stream;

/* Hashes the whole file, then opens it for reading from its first byte. */
ERROR_CHECKED bool stream_open(const char *path, struct stream **out, struct error *err);
void stream_close(struct stream *stream);

const unsigned char *stream_sha256(const struct stream *stream);
int64_t stream_bytes(const struct stream *stream);
const char *stream_path(const struct stream *stream);

/* An error if the file has changed since it was hashed. */
ERROR_CHECKED bool stream_check(const struct stream *stream, struct error *err);

/* Up to capacity bytes of content; *size 0 means the end, where the file is checked once more. */
ERROR_CHECKED bool stream_read(struct stream *stream, char *buffer, size_t capacity, size_t *size,
                               struct error *err);

/* Bytes of the file (compressed ones, if so) that were consumed: for progress. */
int64_t stream_position(const struct stream *stream);

#endif
