/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The input of a fuzz target as a file, since sources are opened by path. One process, one file. */
#ifndef HENG_TESTS_INPUT_FILE_H
#define HENG_TESTS_INPUT_FILE_H

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "etl/source/source.h"

static char input_path[64];
static size_t input_sum; /* so that the fields are looked at */

static inline void input_remove(void)
{
    unlink(input_path);
}

static inline const char *input_write(const uint8_t *data, size_t size)
{
    if (!input_path[0]) {
        snprintf(input_path, sizeof input_path, "/dev/shm/heng-fuzz-%ld", (long)getpid());
        atexit(input_remove);
    }
    int file = open(input_path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0 || write(file, data, size) != (ssize_t)size || close(file) != 0)
        abort();
    return input_path;
}

/* Reads what was written as a source of this form and checks what every source promises. */
static inline void input_read_packed(const struct source_form *form)
{
    enum { ARENA_CAP = 32 * 1024 * 1024, RECORDS_CAP = 20000 };
    struct arena arena;
    struct source *source;
    struct error err;
    bool end = false;
    int64_t line = 0;
    arena_init(&arena, ARENA_CAP);
    if (source_open(input_path, form, &arena, &source, &err)) {
        struct source_record record;
        for (int i = 0; i < RECORDS_CAP && source_next(source, &record, &end, &err) && !end; i++) {
            if (record.line <= line || record.count > SOURCE_COLUMNS_CAP ||
                record.raw.size > 5 * SOURCE_RECORD_CAP)
                abort();
            line = record.line;
            for (size_t c = 0; c < record.count; c++)
                input_sum += text_trim(record.fields[c]).size;
        }
        source_close(source);
    }
    arena_reset(&arena);
}

static inline void input_read_source(const uint8_t *data, size_t size,
                                     const struct source_form *form)
{
    input_write(data, size);
    input_read_packed(form);
}

#endif
