/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What machines ask: is it alive, is it ready, how does it do, what can it do. */
#include <stdlib.h>

#include "daemon/clock.h"
#include "daemon/disk.h"
#include "daemon/feeds.h"
#include "daemon/page.h"
#include "daemon/route.h"
#include "daemon/service.h"
#include "etl/store/migrate.h"

bool route_health_live(struct request *request, struct response *response, struct error *err)
{
    (void)request;
    return response_json(response, json_pack("{s:s}", "status", "live"), err);
}

bool route_health_ready(struct request *request, struct response *response, struct error *err)
{
    const char *data_dir = request->service->data_dir;
    if (atomic_load(&request->service->stopping))
        return error_set(err, ERROR_UNAVAILABLE, NULL, "stopping");
    if (!migrate_require(request->db, err))
        return false;
    if (data_dir && !disk_require(data_dir, SERVICE_DISK_FREE_BYTES, err)) {
        response->problem = PROBLEM_DISK;
        return false;
    }
    return response_json(response, json_pack("{s:s}", "status", "ready"), err);
}

bool route_health_metrics(struct request *request, struct response *response, struct error *err)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return error_memory(err);
    metrics_print(&request->service->metrics, clock_now_us() / 1000000, stream);
    feeds_print_metrics(request->service->feeds, stream);
    bool good =
        fclose(stream) == 0 &&
        response_bytes(response, "text/plain; version=0.0.4; charset=utf-8", text, size, err);
    free(text);
    return good || error_memory(err);
}

bool route_health_description(struct request *request, struct response *response, struct error *err)
{
    const struct page_document *document = page_document_of("openapi.json");
    (void)request;
    return response_bytes(response, "application/json; charset=utf-8", document->text,
                          document->size, err);
}
