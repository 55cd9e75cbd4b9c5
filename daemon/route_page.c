/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Static pages from the fixed table of daemon/page.h. */
#include <stdio.h>
#include <string.h>

#include "daemon/route.h"
#include "daemon/service.h"

static const char *kept(const char *name)
{
    /* Names in assets/ change with their content. */
    return strncmp(name, "assets/", 7) == 0 ? "public, max-age=31536000, immutable" : "no-cache";
}

static bool fill(struct request *request, struct response *response, const struct page *page,
                 struct error *err)
{
    const char *known = request->headers[REQUEST_IF_NONE_MATCH];
    const char *encodings = request->headers[REQUEST_ACCEPT_ENCODING];
    char *etag = arena_copy(request->arena, page->etag, strlen(page->etag));
    if (!etag)
        return arena_error(request->arena, err);
    response_header(response, "ETag", etag);
    response_header(response, "Cache-Control", kept(page->name));
    response_header(response, "Vary", "Accept-Encoding");
    if (known && strstr(known, page->etag)) {
        response->status = 304;
        return true;
    }
    bool packed = page->packed && encodings && strstr(encodings, "gzip");
    if (packed)
        response_header(response, "Content-Encoding", "gzip");
    return response_bytes(response, page->content_type, packed ? page->packed : page->bytes,
                          packed ? page->packed_size : page->size, err);
}

static bool serve(struct request *request, struct response *response, const char *name,
                  struct error *err)
{
    struct service *service = request->service;
    pthread_rwlock_rdlock(&service->pages_lock);
    const struct page *page = page_find(service->pages, name);
    bool good = page ? fill(request, response, page, err)
                     : error_set(err, ERROR_NOT_FOUND, NULL, "there is no such path");
    pthread_rwlock_unlock(&service->pages_lock);
    return good;
}

bool route_page_first(struct request *request, struct response *response, struct error *err)
{
    return serve(request, response, "index.html", err);
}

bool route_page_file(struct request *request, struct response *response, struct error *err)
{
    return serve(request, response, request_path_value(request, "file"), err);
}

bool route_page_asset(struct request *request, struct response *response, struct error *err)
{
    char name[PAGE_NAME_SIZE];
    snprintf(name, sizeof name, "assets/%s", request_path_value(request, "file"));
    return serve(request, response, name, err);
}
