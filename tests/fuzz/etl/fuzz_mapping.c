/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A mapping document; a good one is bound to a header of its own columns. */
#include <stdint.h>

#include "etl/record/mapping.h"
#include "models/models.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { ARENA_CAP = 16 * 1024 * 1024 };
    struct arena arena;
    struct mapping *mapping;
    struct error err;
    models_init();
    arena_init(&arena, ARENA_CAP);
    if (mapping_read((const char *)data, size, "fuzz", &arena, &mapping, &err)) {
        bool bound = mapping_bind(mapping, mapping->form.columns, mapping->form.column_count,
                                  &arena, "fuzz", &err);
        (void)bound;
    }
    arena_reset(&arena);
    return 0;
}
