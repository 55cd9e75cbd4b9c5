/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/catalog/catalog.h"

#include <string.h>

/* Generated at build time from the files of this folder. */
extern const struct catalog_document catalog_documents[];

const struct catalog_document *catalog_all(void)
{
    return catalog_documents;
}

const struct catalog_document *catalog_find(const char *name)
{
    for (const struct catalog_document *document = catalog_documents; document->name; document++) {
        if (strcmp(document->name, name) == 0)
            return document;
    }
    return NULL;
}
