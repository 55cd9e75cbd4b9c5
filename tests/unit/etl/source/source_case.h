/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A small source read whole: its columns and records as one text, "a,b|1: x,y|2! problem". */
#ifndef HENG_TESTS_SOURCE_CASE_H
#define HENG_TESTS_SOURCE_CASE_H

#include "etl/source/source.h"
#include "tests/unit/etl/source/scratch_file.h"

enum { SOURCE_CASE_SIZE = 64 * 1024 };

static char source_case_shown[SOURCE_CASE_SIZE];

static inline size_t source_case_add(size_t used, struct text value, char separator)
{
    assert_true(used + value.size + 2 < SOURCE_CASE_SIZE);
    if (separator)
        source_case_shown[used++] = separator;
    memcpy(source_case_shown + used, value.data, value.size);
    source_case_shown[used + value.size] = '\0';
    return used + value.size;
}

static inline size_t source_case_record(size_t used, const struct source_record *record)
{
    char head[32];
    snprintf(head, sizeof head, "|%lld%s", (long long)record->line, record->problem ? "! " : ": ");
    used = source_case_add(used, text_of(head), 0);
    if (record->problem)
        return source_case_add(used, text_of(record->problem), 0);
    for (size_t i = 0; i < record->count; i++)
        used = source_case_add(used, record->fields[i], i > 0 ? ',' : 0);
    return used;
}

/* What the source says, or "! " and its error. The file is removed. */
static inline const char *source_case(const void *data, size_t size, const struct source_form *form)
{
    static char path[SCRATCH_PATH_SIZE];
    struct arena arena;
    struct source *source = NULL;
    struct source_record record;
    struct error err;
    bool end = false;
    size_t used = 0;
    size_t count;
    arena_init(&arena, 1024 * 1024);
    scratch_write(scratch_path("case", path), data, size);
    bool ok = source_open(path, form, &arena, &source, &err);
    if (ok) {
        const struct text *names = source_columns(source, &count);
        source_case_shown[0] = '\0';
        for (size_t i = 0; i < count; i++)
            used = source_case_add(used, names[i], i > 0 ? ',' : 0);
        while ((ok = source_next(source, &record, &end, &err)) && !end)
            used = source_case_record(used, &record);
    }
    source_close(source);
    arena_reset(&arena);
    assert_int_equal(unlink(path), 0);
    if (!ok)
        snprintf(source_case_shown, sizeof source_case_shown, "! %s", err.message);
    return source_case_shown;
}

#endif
