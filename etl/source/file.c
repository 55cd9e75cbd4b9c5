/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

bool file_read(const char *path, size_t cap, struct arena *arena, char **data, size_t *size,
               struct error *err)
{
    FILE *file = fopen(path, "rbe");
    if (!file)
        return error_errno(err, path, "cannot open", errno);
    char *buffer = malloc(cap + 1);
    size_t got = buffer ? fread(buffer, 1, cap + 1, file) : 0;
    bool ok = true;
    if (!buffer)
        ok = error_memory(err);
    else if (ferror(file))
        ok = error_errno(err, path, "cannot read", errno);
    else if (got > cap)
        ok = error_set(err, ERROR_LIMIT, path, "expected at most %zu bytes, found more", cap);
    if (ok) {
        *data = arena_copy(arena, buffer, got);
        *size = got;
        ok = *data != NULL || arena_error(arena, err);
    }
    free(buffer);
    fclose(file);
    return ok;
}
