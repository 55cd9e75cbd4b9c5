/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/feed/push.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { NUMBER_SIZE = 24 };

static bool check_body(const struct push_body *body, struct error *err)
{
    size_t lines = 0;
    const char *end = body->bytes + body->size;
    for (const char *line = body->bytes; line < end; lines++) {
        const char *next = memchr(line, '\n', (size_t)(end - line));
        line = next ? next + 1 : end;
    }
    if (lines > PUSH_LINES_CAP)
        return error_set(err, ERROR_LIMIT, NULL, "a body has at most %d lines, found %zu",
                         PUSH_LINES_CAP, lines);
    return lines > 0 || error_set(err, ERROR_INPUT, NULL, "expected JSON lines, found none");
}

static bool check_key(const char *key, struct error *err)
{
    size_t size = key ? strlen(key) : 0;
    return (size > 0 && size <= PUSH_KEY_CAP) ||
           error_set(err, ERROR_INPUT, NULL,
                     "expected a header Idempotency-Key of 1 to %d bytes: it lets a repeated "
                     "request be known as such",
                     PUSH_KEY_CAP);
}

/* A file that is in memory only, so that the readers of files can read it. */
static bool open_memory(const struct push_body *body, int *file, struct error *err)
{
    *file = memfd_create("records", MFD_CLOEXEC);
    if (*file < 0)
        return error_errno(err, "records", "cannot be kept in memory", errno);
    for (size_t done = 0; done < body->size;) {
        ssize_t written = write(*file, body->bytes + done, body->size - done);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            error_errno(err, "records", "cannot be kept in memory", errno);
            close(*file);
            return false;
        }
        done += (size_t)written;
    }
    return true;
}

static bool load(struct feed_run *run, const struct push_body *body,
                 bool (*complete)(void *context, struct db *db, struct error *err), void *context,
                 struct error *err)
{
    int file = -1;
    enum delivery_outcome outcome;
    if (!open_memory(body, &file, err))
        return false;
    const struct delivery delivery = {.key = body->key,
                                      .name = body->key,
                                      .path = body->key,
                                      .descriptor = &file,
                                      .again = true,
                                      .complete = complete,
                                      .context = context,
                                      .percent_to = 100};
    bool good = delivery_take(run, &delivery, &outcome, err) && outcome == DELIVERY_TAKEN;
    close(file);
    return good;
}

static json_t *reject_json(const struct db_rows *rows, int row)
{
    return json_pack("{s:I, s:s, s:s, s:s}", "line", (json_int_t)db_integer(rows, row, 0), "field",
                     db_text(rows, row, 1), "reason", db_text(rows, row, 2), "message",
                     db_text(rows, row, 3));
}

static bool add_rejects(struct db *db, const char *delivery_id, json_t *answer, struct error *err)
{
    struct db_rows *rows = NULL;
    json_t *rejects = json_array();
    if (json_object_set_new(answer, "rejects", rejects) != 0)
        return error_memory(err);
    if (!db_run(db, "feed/rejects.sql", &delivery_id, 1, 4, &rows, NULL, err))
        return false;
    bool good = true;
    for (int i = 0; good && i < db_rows_count(rows); i++)
        good = json_array_append_new(rejects, reject_json(rows, i)) == 0;
    db_rows_free(rows);
    return good || error_memory(err);
}

static json_t *account_json(const struct feed_run *run, int64_t delivery_id, bool repeated,
                            const struct db_rows *rows)
{
    return json_pack(
        "{s:I, s:b, s:s, s:s, s:I, s:I, s:I, s:I, s:I}", "delivery", (json_int_t)delivery_id,
        "repeated", repeated, "source", run->entry->name, "kind", run->entry->mapping->kind->name,
        "rows_in", (json_int_t)db_integer(rows, 0, 0), "inserted",
        (json_int_t)db_integer(rows, 0, 1), "updated", (json_int_t)db_integer(rows, 0, 2),
        "identical", (json_int_t)db_integer(rows, 0, 3), "rejected",
        (json_int_t)db_integer(rows, 0, 4));
}

static bool answer_delivery(const struct feed_run *run, const struct feed_known *known,
                            bool repeated, json_t **answer, struct error *err)
{
    char id[NUMBER_SIZE];
    struct db_rows *rows = NULL;
    const char *parameters[] = {id};
    snprintf(id, sizeof id, "%" PRId64, known->delivery_id);
    if (known->refused)
        return error_set(err, ERROR_INPUT, NULL, "%s", known->reason);
    if (!db_run(run->db, "feed/account.sql", parameters, 1, 5, &rows, NULL, err))
        return false;
    json_t *object = account_json(run, known->delivery_id, repeated, rows);
    db_rows_free(rows);
    bool good = object ? add_rejects(run->db, id, object, err) : error_memory(err);
    if (good)
        *answer = object;
    else
        json_decref(object);
    return good;
}

static bool take_locked(struct feed_run *run, const struct push_body *body,
                        bool (*complete)(void *context, struct db *db, struct error *err),
                        void *context, bool *repeated, json_t **answer, struct error *err)
{
    unsigned char hash[DIGEST_SIZE];
    char sha256[DIGEST_HEX_SIZE];
    struct feed_known known;
    int64_t feed_id = run->entry->feed_id;
    digest_of(DIGEST_SHA256, body->bytes, body->size, hash);
    text_hex(hash, DIGEST_SIZE, sha256);
    if (!feed_store_find(run->db, feed_id, body->key, &known, err))
        return false;
    if (known.sha256[0] && strcmp(known.sha256, sha256) != 0)
        return error_set(err, ERROR_CONFLICT, NULL,
                         "this Idempotency-Key was used for another body; expected one with "
                         "SHA-256 %s, found %s",
                         known.sha256, sha256);
    *repeated = known.complete;
    return (known.complete || (load(run, body, complete, context, err) &&
                               feed_store_find(run->db, feed_id, body->key, &known, err))) &&
           answer_delivery(run, &known, *repeated, answer, err);
}

bool push_take(struct feed_run *run, const struct push_body *body,
               bool (*complete)(void *context, struct db *db, struct error *err), void *context,
               bool *repeated, json_t **answer, struct error *err)
{
    int64_t feed_id = run->entry->feed_id;
    if (!check_key(body->key, err) || !check_body(body, err))
        return false;
    if (!feed_store_lock(run->db, feed_id, run->entry->name, err)) {
        if (err->kind == ERROR_CONFLICT)
            err->kind = ERROR_UNAVAILABLE;
        return false;
    }
    bool good = take_locked(run, body, complete, context, repeated, answer, err);
    feed_store_unlock(run->db, feed_id);
    return good;
}
