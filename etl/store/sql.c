/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/sql.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* Generated at build time from the files of etl/sql/. */
extern const struct sql_document sql_documents[];

const struct sql_document *sql_all(void)
{
    return sql_documents;
}

const char *sql_text(const char *name)
{
    for (const struct sql_document *document = sql_documents; document->name; document++) {
        if (strcmp(document->name, name) == 0)
            return document->text;
    }
    assert(false && "no such SQL file");
    return NULL;
}
