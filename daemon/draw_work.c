/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/draw_work.h"

#include <string.h>

#include "daemon/secret.h"

void draw_work_init(struct draw_work *work, struct db *db, struct arena *arena,
                    const struct settings *settings, const char *actor, const char *request_id)
{
    int64_t now_us = clock_now_us();
    int offset = (int)settings_integer(settings, SETTING_REGISTER_UTC_OFFSET_MINUTES);
    work->context = (struct draw_context){
        .db = db,
        .arena = arena,
        .utc_offset_minutes = offset,
        .now = clock_moment(now_us, offset, work->now),
        .now_s = now_us / 1000000,
        .now_utc = clock_utc(now_us, work->now_utc),
        .actor = actor,
        .request_id = request_id,
    };
}

bool draw_work_commit(const struct draw_work *work, struct draw_commit_request *request,
                      struct draw_step *step, struct error *err)
{
    bool good = secret_fill(request->secret, sizeof request->secret, err) &&
                secret_fill(request->salt_key, sizeof request->salt_key, err) &&
                draw_store_commit(&work->context, request, step, err);
    secret_forget(request->secret, sizeof request->secret);
    secret_forget(request->salt_key, sizeof request->salt_key);
    return good;
}

bool draw_work_evidence(int beacon_source, const char *text, struct arena *arena, struct text *out,
                        struct error *err)
{
    unsigned char commit[DIGEST_SIZE] = {0};
    unsigned char beacon[DIGEST_SIZE];
    enum beacon_source source = (enum beacon_source)beacon_source;
    *out = text_of(text);
    if (source == BEACON_DRAND_QUICKNET) {
        size_t size = out->size / 2;
        unsigned char *bytes = arena_alloc(arena, size + 1);
        if (!bytes)
            return arena_error(arena, err);
        if (!text_unhex(*out, bytes, size))
            return error_set(err, ERROR_INPUT, "beacon", "expected lower-case hexadecimal digits");
        *out = (struct text){(const char *)bytes, size};
    }
    return beacon_of(source, DIGEST_SHA256, commit, *out, beacon, err);
}

static json_t *hex_json(const unsigned char hash[DIGEST_SIZE])
{
    char hex[DIGEST_HEX_SIZE];
    text_hex(hash, DIGEST_SIZE, hex);
    return json_string(hex);
}

static json_t *log_json(const struct ledger_log *log)
{
    json_t *list = json_array();
    for (int i = 0; i <= (int)log->state; i++)
        json_array_append_new(list, hex_json(log->entries[i]));
    return list;
}

json_t *draw_work_verdict(bool valid, const struct verify_report *report, const struct error *err)
{
    if (!valid && err->kind == ERROR_INVALID)
        return json_pack("{s:s, s:o}", "verdict", "invalid", "detail",
                         json_sprintf("%s: %s", err->subject, err->message));
    if (!valid && err->kind != ERROR_NOT_REVEALED)
        return NULL;
    return json_pack("{s:s, s:s, s:s%, s:I, s:b, s:I, s:I, s:o, s:o, s:o, s:s}", "verdict",
                     valid ? "valid" : "not-revealed", "detail", valid ? "" : err->message,
                     "authority", report->authority.data, report->authority.size, "number",
                     (json_int_t)report->number, "rehearsal", report->rehearsal, "frame_count",
                     (json_int_t)report->frame_count, "selected_count",
                     (json_int_t)report->selected_count, "commit", hex_json(report->commit_hash),
                     "frame_root", hex_json(report->frame_root), "log", log_json(&report->log),
                     "beacon_caveat", report->beacon_caveat);
}
