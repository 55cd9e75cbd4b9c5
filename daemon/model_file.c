/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/model_file.h"

#include "etl/source/file.h"
#include "models/catalog/catalog.h"

bool model_file_read(const char *path, const char *shipped, size_t cap, struct arena *arena,
                     struct model_file *out, struct error *err)
{
    if (path) {
        char *bytes = NULL;
        out->name = path;
        if (!file_read(path, cap, arena, &bytes, &out->size, err))
            return false;
        out->bytes = bytes;
        return true;
    }
    const struct catalog_document *document = catalog_find(shipped);
    if (!document)
        return error_set(err, ERROR_INTERNAL, shipped, "is not in the catalogue");
    *out = (struct model_file){document->name, document->data, document->size};
    return true;
}
