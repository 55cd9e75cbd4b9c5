/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * GET /api/v1/export/{list}.csv: any list of etl/store/view_list.c as a file, with the filter of
 * the list's own route and for the roles of that route. ?codes=1 gives codes instead of their
 * labels.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/route_view.h"
#include "etl/store/view_export.h"
#include "etl/store/view_title.h"

enum { FILTER_SIZE = 2048, FILE_ARENA_BYTES = 16 * 1024 * 1024, DISPOSITION_SIZE = 512 };

struct export_file {
    const struct request *request; /* lives as long as the exchange */
    struct view_export export;
    struct arena arena; /* of one part */
    bool begun;         /* the first part, made before the head was sent, has been given */
};

static bool is_paging(const char *name)
{
    return strcmp(name, "cursor") == 0 || strcmp(name, "limit") == 0;
}

static bool check_query(const struct request *request, const struct route *list,
                        struct response *response, struct error *err)
{
    for (int i = 0; i < request->query_count; i++) {
        const char *name = request->query[i].name;
        if (strcmp(name, "codes") == 0 || (route_takes(list, text_of(name)) && !is_paging(name)))
            continue;
        return problem_set(response, err, PROBLEM_INPUT, name, "there is no parameter \"%s\" here",
                           name);
    }
    return true;
}

/* The list and its route, if the account may read it. */
static bool find_list(const struct request *request, const struct view_list **out,
                      struct response *response, struct error *err)
{
    char pattern[128];
    const char *name = request_path_value(request, "list");
    const struct view_list *list = view_list_find(name);
    snprintf(pattern, sizeof pattern, "/api/v1/%s", list ? list->name : "");
    const struct route *route = list ? route_of("GET", pattern) : NULL;
    if (!route)
        return problem_set(response, err, PROBLEM_NOT_FOUND, NULL, "there is no such list");
    if (!(route->roles & (unsigned)request->user.scope.role))
        return problem_set(response, err, PROBLEM_FORBIDDEN, NULL, "this role may not do that");
    *out = list;
    return check_query(request, route, response, err);
}

/* "name=value name=value"; NULL with an error. */
static const char *filter_text(const struct request *request, struct error *err)
{
    size_t size = 1;
    size_t used = 0;
    for (int i = 0; i < request->query_count; i++)
        size += strlen(request->query[i].name) + strlen(request->query[i].value) + 2;
    char *text = size <= FILTER_SIZE ? arena_alloc(request->arena, size) : NULL;
    if (size > FILTER_SIZE)
        error_set(err, ERROR_LIMIT, NULL, "a filter has at most %d bytes, found %zu", FILTER_SIZE,
                  size);
    else if (!text)
        arena_error(request->arena, err);
    for (int i = 0; text && i < request->query_count; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%s=%s", used ? " " : "",
                                 request->query[i].name, request->query[i].value);
    return text;
}

static const char *query_value(const void *context, const char *name)
{
    return request_query(context, name);
}

static bool make_part(struct export_file *file, struct db *db, struct error *err)
{
    struct view view = route_view_of(file->request);
    view.db = db;
    view.arena = &file->arena;
    bool good = view_export_next(&file->export, &view, err);
    arena_reset(&file->arena);
    return good;
}

/* A response_part. */
static bool give_part(void *context, struct db *db, const char **bytes, size_t *size, bool *last,
                      struct error *err)
{
    struct export_file *file = context;
    if (file->begun && !make_part(file, db, err))
        return false;
    file->begun = true;
    *bytes = file->export.out.bytes;
    *size = file->export.out.size;
    *last = file->export.ended;
    return true;
}

static void release(void *context)
{
    struct export_file *file = context;
    view_export_reset(&file->export);
    arena_reset(&file->arena);
    free(file);
}

/* NULL with an error. */
static struct export_file *open_file(const struct request *request, const struct view_list *list,
                                     struct error *err)
{
    int64_t codes = 0;
    const char *filter = filter_text(request, err);
    if (!filter || !request_query_integer(request, "codes", 0, 1, 0, &codes, err))
        return NULL;
    struct export_file *file = calloc(1, sizeof *file);
    if (!file) {
        error_memory(err);
        return NULL;
    }
    file->request = request;
    file->export = (struct view_export){
        .query = {.list = list, .value = query_value, .context = request},
        .filter = filter,
        .user = request->user.name,
        .now = request->now,
        .chinese = request->chinese,
        .codes = codes == 1,
    };
    arena_init(&file->arena, FILE_ARENA_BYTES);
    return file;
}

/* RFC 6266: a plain name for old programs, and in UTF-8 the name of the list. */
static bool add_disposition(const struct request *request, const struct view_export *export,
                            struct response *response, struct error *err)
{
    const char *list = export->query.list->name;
    const char *title = view_list_title(list, request->chinese);
    char *value = arena_alloc(request->arena, DISPOSITION_SIZE);
    if (!value)
        return arena_error(request->arena, err);
    int used = snprintf(value, DISPOSITION_SIZE,
                        "attachment; filename=\"heng-%s-%s.csv\"; filename*=UTF-8''", list,
                        request->today);
    for (const char *c = title ? title : list; *c && used < DISPOSITION_SIZE - 32; c++)
        used +=
            snprintf(value + used, DISPOSITION_SIZE - (size_t)used, "%%%02X", (unsigned char)*c);
    snprintf(value + used, DISPOSITION_SIZE - (size_t)used, "-%s.csv", request->today);
    response_header(response, "Content-Disposition", value);
    return true;
}

/* Who took what, before anything leaves. */
static bool record(struct request *request, const struct view_export *export, struct error *err)
{
    char detail[FILTER_SIZE + CHANGE_VERSION_SIZE + 256];
    const char *purpose = request->headers[REQUEST_PURPOSE];
    snprintf(detail, sizeof detail, "filter: %s; data version: %s%s%s",
             export->filter[0] ? export->filter : "none", export->data_version,
             purpose ? "; purpose: " : "", purpose ? purpose : "");
    return record_alone(request, "export", export->query.list->name, detail, err);
}

bool route_export(struct request *request, struct response *response, struct error *err)
{
    const struct view_list *list = NULL;
    if (!find_list(request, &list, response, err))
        return false;
    struct export_file *file = open_file(request, list, err);
    if (!file)
        return false;
    if (!make_part(file, request->db, err) || !record(request, &file->export, err) ||
        !add_disposition(request, &file->export, response, err)) {
        release(file);
        return false;
    }
    response_stream(response, "text/csv; charset=utf-8", give_part, file, release);
    return true;
}
