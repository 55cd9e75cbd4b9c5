/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A zip archive read entry by entry: the container of a data file, and what an Excel workbook is.
 * The only door to libzip. What an archive says of itself is not believed: bytes are counted as
 * they come out, and more than ARCHIVE_BYTES_CAP of them, or more than ARCHIVE_RATIO_CAP times what
 * went in (once there are ARCHIVE_RATIO_FLOOR), is an error. Encrypted entries are refused.
 */
#ifndef HENG_ETL_SOURCE_ARCHIVE_H
#define HENG_ETL_SOURCE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/error.h"

enum {
    ARCHIVE_ENTRIES_CAP = 4096,
    ARCHIVE_NAME_CAP = 1024, /* bytes of an entry's name */
    ARCHIVE_RATIO_CAP = 250,
    ARCHIVE_RATIO_FLOOR = 64 * 1024 * 1024
};

#define ARCHIVE_BYTES_CAP ((int64_t)64 << 30)

struct archive;
struct archive_entry;

/* The descriptor stays the caller's. path names the file in errors and must outlive the archive. */
ERROR_CHECKED bool archive_open(int file, const char *path, struct archive **out,
                                struct error *err);
void archive_close(struct archive *archive);

/* Number of the entry with this name (UTF-8, or GB18030 in the archive; letter case is ignored),
 * -1 if there is none. */
int64_t archive_find(const struct archive *archive, const char *name);

/* The entry that a data file is: the one with this name or, for NULL, the only one that is neither
 * a folder nor hidden. Anything else is an error that lists what there is. */
ERROR_CHECKED bool archive_find_data(const struct archive *archive, const char *name, int64_t *out,
                                     struct error *err);

ERROR_CHECKED bool archive_entry_open(struct archive *archive, int64_t number,
                                      struct archive_entry **out, struct error *err);
void archive_entry_close(struct archive_entry *entry);

/* Up to capacity bytes; *size 0 means the end. */
ERROR_CHECKED bool archive_entry_read(struct archive_entry *entry, char *buffer, size_t capacity,
                                      size_t *size, struct error *err);

/* Bytes read so far and what the archive says there are, for progress. */
void archive_entry_position(const struct archive_entry *entry, int64_t *read, int64_t *all);

/* An error if content bytes out of packed ones are more than may be. Gzip files obey it too. */
ERROR_CHECKED bool archive_check_ratio(int64_t content, int64_t packed, const char *path,
                                       struct error *err);

/* Whether a file that begins with these bytes is a zip archive, or packed in any known way. */
bool archive_is_zip(const char *bytes, size_t size);
bool archive_is_packed(const char *bytes, size_t size);

#endif
