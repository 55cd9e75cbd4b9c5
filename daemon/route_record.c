/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records that a machine sends. A source belongs to one kind, so the path names the source. */
#include <inttypes.h>
#include <string.h>

#include "daemon/feeds.h"
#include "daemon/record.h"
#include "daemon/route.h"
#include "daemon/service.h"
#include "etl/feed/push.h"
#include "etl/store/audit_store.h"

enum { STATEMENT_SECONDS = 60 };

static bool may_push(const struct request *request, const struct feed_entry *entry)
{
    if (!entry || entry->feed.kind != FEED_PUSH)
        return false;
    for (size_t i = 0; i < entry->feed.push.account_count; i++) {
        if (strcmp(entry->feed.push.accounts[i], request->user.name) == 0)
            return true;
    }
    return false;
}

/* Who sent it is written in the transaction of what was sent. */
static bool note_sender(void *context, struct db *db, struct error *err)
{
    const struct request *request = context;
    const struct audit_event event = {.at = request->now_utc,
                                      .actor = request->user.name,
                                      .action = "record.push",
                                      .subject = request_path_value(request, "source"),
                                      .detail = request->headers[REQUEST_IDEMPOTENCY_KEY],
                                      .request_id = request->id};
    return audit_append(db, &event, err);
}

static bool go_on(void *context, int percent, const char *detail, struct error *err)
{
    const struct request *request = context;
    (void)percent;
    (void)detail;
    return !atomic_load(&request->service->stopping) ||
           error_set(err, ERROR_UNAVAILABLE, NULL, "the service is stopping");
}

static bool take(struct request *request, struct response *response, const struct feed_entry *entry,
                 struct db *db, struct error *err)
{
    bool repeated = false;
    json_t *answer = NULL;
    const struct push_body body = {.key = request->headers[REQUEST_IDEMPOTENCY_KEY],
                                   .bytes = request->body,
                                   .size = request->body_size};
    struct feed_run run = {
        .db = db,
        .entry = entry,
        .clock = &feeds_clock,
        .utc_offset_minutes =
            (int)settings_integer(request->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES),
        .progress = go_on,
        .context = request,
    };
    bool good = push_take(&run, &body, note_sender, request, &repeated, &answer, err);
    if (!repeated)
        feeds_note(request->service->feeds, entry->name, good ? FEEDS_DONE : FEEDS_FAILED,
                   &run.report, 0);
    return good &&
           (!repeated || record_alone(request, "record.repeat", entry->name, body.key, err)) &&
           response_json(response, answer, err);
}

static bool push(struct request *request, struct response *response, const struct feed_entry *entry,
                 struct error *err)
{
    struct db *db = NULL;
    if (!may_push(request, entry))
        return error_set(err, ERROR_NOT_FOUND, NULL, "there is no source %.60s to deliver to",
                         request_path_value(request, "source"));
    if (entry->feed_id == 0)
        return error_set(err, ERROR_UNAVAILABLE, NULL, "the feeds are being read");
    if (!db_open(request->service->dsn, STATEMENT_SECONDS, &db, err))
        return false;
    bool good = take(request, response, entry, db, err);
    db_close(db);
    return good;
}

bool route_record_push(struct request *request, struct response *response, struct error *err)
{
    struct service *service = request->service;
    bool room = atomic_fetch_add(&service->pushes, 1) < SERVICE_PUSHES_AT_ONCE;
    bool good = room || error_set(err, ERROR_UNAVAILABLE, NULL, "%d deliveries are being loaded",
                                  SERVICE_PUSHES_AT_ONCE);
    if (good) {
        struct feed_set *set = feeds_share(service->feeds);
        good =
            push(request, response, feed_set_find(set, request_path_value(request, "source")), err);
        feed_set_release(set);
    }
    atomic_fetch_sub(&service->pushes, 1);
    return good;
}
