/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/page.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/core/digest.h"

extern const struct page_document page_documents[];

struct page_set {
    size_t count;
    struct page pages[PAGE_FILES_CAP];
};

static const struct {
    const char *suffix;
    const char *content_type;
} types[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json; charset=utf-8"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
};

static const char PACKED[] = ".gz";

const struct page_document *page_document_of(const char *name)
{
    const struct page_document *document = page_documents;
    while (document->name && strcmp(document->name, name) != 0)
        document++;
    assert(document->name);
    return document;
}

static bool ends_with(const char *text, const char *suffix)
{
    size_t size = strlen(text);
    size_t tail = strlen(suffix);
    return size > tail && strcmp(text + size - tail, suffix) == 0;
}

static const char *type_of(const char *name)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        if (ends_with(name, types[i].suffix))
            return types[i].content_type;
    }
    return NULL;
}

static bool read_bytes(FILE *file, const char *path, char **bytes, size_t *size, struct error *err)
{
    long end = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (end < 0 || fseek(file, 0, SEEK_SET) != 0)
        return error_errno(err, path, "cannot read", errno);
    if (end > PAGE_FILE_BYTES_CAP)
        return error_set(err, ERROR_LIMIT, path, "a page file has at most %d bytes, found %ld",
                         PAGE_FILE_BYTES_CAP, end);
    *size = (size_t)end;
    *bytes = malloc(*size + 1);
    if (!*bytes)
        return error_memory(err);
    return fread(*bytes, 1, *size, file) == *size || error_errno(err, path, "cannot read", errno);
}

/* *bytes stays NULL, without an error, when an optional file does not exist. */
static bool read_file(const char *path, bool optional, char **bytes, size_t *size,
                      struct error *err)
{
    FILE *file = fopen(path, "re");
    if (!file)
        return (optional && errno == ENOENT) || error_errno(err, path, "cannot open", errno);
    bool good = read_bytes(file, path, bytes, size, err);
    fclose(file);
    return good;
}

static void set_etag(struct page *page)
{
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE];
    digest_of(DIGEST_SHA256, page->bytes, page->size, hash);
    text_hex(hash, DIGEST_SIZE, hex);
    snprintf(page->etag, sizeof page->etag, "\"%.32s\"", hex);
}

static bool add(struct page_set *set, const char *folder, const char *name, struct error *err)
{
    char path[4096];
    struct page *page = &set->pages[set->count];
    const char *type = type_of(name);
    if (!type)
        return true; /* not a kind of file that pages consist of */
    if (set->count == PAGE_FILES_CAP)
        return error_set(err, ERROR_LIMIT, folder, "pages have at most %d files, found more",
                         PAGE_FILES_CAP);
    int printed = snprintf(path, sizeof path, "%s/%s%s", folder, name, PACKED);
    if (strlen(name) >= PAGE_NAME_SIZE || printed < 0 || (size_t)printed >= sizeof path)
        return error_set(err, ERROR_LIMIT, name, "a page file's name has at most %d bytes",
                         PAGE_NAME_SIZE - 1);
    set->count++; /* from here on page_set_free() sees it */
    page->content_type = type;
    snprintf(page->name, sizeof page->name, "%s", name);
    if (!read_file(path, true, &page->packed, &page->packed_size, err))
        return false;
    path[(size_t)printed - (sizeof PACKED - 1)] = '\0';
    if (!read_file(path, false, &page->bytes, &page->size, err))
        return false;
    set_etag(page);
    return true;
}

/* prefix is "" or "assets/". */
static bool add_folder(struct page_set *set, const char *folder, const char *prefix,
                       struct error *err)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, prefix);
    DIR *directory = opendir(path);
    if (!directory)
        return (prefix[0] && errno == ENOENT) || error_errno(err, path, "cannot open", errno);
    bool good = true;
    const struct dirent *entry;
    while (good && (entry = readdir(directory)) != NULL) {
        char name[sizeof entry->d_name + 8];
        snprintf(name, sizeof name, "%s%s", prefix, entry->d_name);
        good = entry->d_name[0] == '.' || add(set, folder, name, err);
    }
    closedir(directory);
    return good;
}

static bool load_folder(struct page_set *set, const char *folder, struct error *err)
{
    if (!add_folder(set, folder, "", err) || !add_folder(set, folder, "assets/", err))
        return false;
    return page_find(set, "index.html") ||
           error_set(err, ERROR_CONFIG, folder, "http.pages must hold index.html, found none");
}

static bool add_status(struct page_set *set, struct error *err)
{
    const struct page_document *document = page_document_of("status.html");
    struct page *page = &set->pages[set->count++];
    page->bytes = malloc(document->size);
    if (!page->bytes)
        return error_memory(err);
    memcpy(page->bytes, document->text, document->size);
    page->size = document->size;
    page->content_type = types[0].content_type;
    snprintf(page->name, sizeof page->name, "index.html");
    set_etag(page);
    return true;
}

bool page_set_load(const char *folder, struct page_set **out, struct error *err)
{
    struct page_set *set = calloc(1, sizeof *set);
    if (!set)
        return error_memory(err);
    bool good = folder[0] ? load_folder(set, folder, err) : add_status(set, err);
    if (!good) {
        page_set_free(set);
        return false;
    }
    *out = set;
    return true;
}

void page_set_free(struct page_set *set)
{
    for (size_t i = 0; set && i < set->count; i++) {
        free(set->pages[i].bytes);
        free(set->pages[i].packed);
    }
    free(set);
}

const struct page *page_find(const struct page_set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->pages[i].name, name) == 0)
            return &set->pages[i];
    }
    return NULL;
}
