/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files for the tests of sources: a folder of the test's own below /tmp, removed at its end. */
#ifndef HENG_TESTS_SCRATCH_FILE_H
#define HENG_TESTS_SCRATCH_FILE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "etl/source/stream.h"

enum { SCRATCH_PATH_SIZE = 128 };

static char scratch_folder[] = "/tmp/heng-unit-XXXXXX";

static inline void scratch_init(void)
{
    assert_non_null(mkdtemp(scratch_folder));
}

/* The folder must be empty again. */
static inline void scratch_remove(void)
{
    assert_int_equal(rmdir(scratch_folder), 0);
}

static inline const char *scratch_path(const char *name, char path[SCRATCH_PATH_SIZE])
{
    int size = snprintf(path, SCRATCH_PATH_SIZE, "%s/%s", scratch_folder, name);
    assert_in_range(size, 1, SCRATCH_PATH_SIZE - 1);
    return path;
}

static inline void scratch_write(const char *path, const char *data, size_t size)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void scratch_write_gzip(const char *path, const char *data, size_t size)
{
    gzFile file = gzopen(path, "wb1");
    assert_non_null(file);
    assert_int_equal(gzwrite(file, data, (unsigned)size), (int)size);
    assert_int_equal(gzclose(file), Z_OK);
}

/* Opens the file and takes its name away: what is open stays readable. */
static inline struct stream *scratch_open(const char *path)
{
    struct stream *stream = NULL;
    struct error err;
    if (!stream_open(path, NULL, &stream, &err))
        fail_msg("%s: %s", err.subject, err.message);
    assert_int_equal(unlink(path), 0);
    return stream;
}

#endif
