/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The static files of the service: a fixed table, read whole from the folder http.pages
 * (its own files and those of assets/), or one embedded status page without such a folder. A
 * request only ever looks a name up in this table; no path is put together.
 */
#ifndef HENG_DAEMON_PAGE_H
#define HENG_DAEMON_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "models/core/error.h"

enum {
    PAGE_FILES_CAP = 512,
    PAGE_FILE_BYTES_CAP = 16 * 1024 * 1024,
    PAGE_NAME_SIZE = 128,
    PAGE_ETAG_SIZE = 35 /* 32 hexadecimal digits in quotes */
};

/* Files of this folder that are part of the program (the API description, the status page). */
struct page_document {
    const char *name;
    const char *text;
    size_t size;
};

const struct page_document *page_document_of(const char *name);

struct page {
    char name[PAGE_NAME_SIZE]; /* "index.html", "assets/app-1a2b.js" */
    const char *content_type;
    char *bytes;
    size_t size;
    char *packed; /* gzip, from "<name>.gz" beside it; NULL without */
    size_t packed_size;
    char etag[PAGE_ETAG_SIZE];
};

struct page_set;

/* folder "" gives the embedded status page. */
ERROR_CHECKED bool page_set_load(const char *folder, struct page_set **out, struct error *err);
void page_set_free(struct page_set *set);

/* NULL when there is no such file. */
const struct page *page_find(const struct page_set *set, const char *name);

#endif
