/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/feed/feed_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = 24 };

static const char *number(int64_t value, char *out)
{
    snprintf(out, NUMBER_SIZE, "%" PRId64, value);
    return out;
}

/* The single integer of a statement with one row. */
static bool fetch_integer(struct db *db, const char *statement, const char *const *parameters,
                          int count, int64_t *out, struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(db, statement, parameters, count, 1, &rows, NULL, err))
        return false;
    bool found = db_rows_count(rows) == 1;
    if (found)
        *out = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return found || error_set(err, ERROR_INTERNAL, statement, "expected a row, found none");
}

bool feed_store_register(struct db *db, const struct feed_row *row, const char *now,
                         int64_t *feed_id, struct error *err)
{
    char document[DIGEST_HEX_SIZE];
    char mapping[DIGEST_HEX_SIZE];
    char minutes[NUMBER_SIZE];
    const struct feed *feed = row->feed;
    text_hex(row->document_sha256, DIGEST_SIZE, document);
    text_hex(row->mapping_sha256, DIGEST_SIZE, mapping);
    const char *parameters[] = {
        row->name,
        feed_kind_name(feed->kind),
        row->record_kind,
        row->jurisdiction,
        row->title_zh,
        row->title_en,
        document,
        mapping,
        feed->expected_minutes ? number(feed->expected_minutes, minutes) : NULL,
        feed->expected_working_days ? "t" : "f",
        now,
    };
    return fetch_integer(db, "feed/register.sql", parameters, 11, feed_id, err);
}

bool feed_store_retire(struct db *db, const char *const *names, size_t count, const char *now,
                       struct error *err)
{
    char list[16 * 1024] = "{";
    size_t used = 1;
    /* Names of sources hold nothing that an array would have to quote. */
    for (size_t i = 0; i < count; i++) {
        int printed = snprintf(list + used, sizeof list - used, "%s%s", i ? "," : "", names[i]);
        used += (size_t)printed;
        if (used + 2 > sizeof list)
            return error_set(err, ERROR_LIMIT, "feeds",
                             "the names of the feeds have more than %zu "
                             "bytes together",
                             sizeof list);
    }
    memcpy(list + used, "}", 2);
    const char *parameters[] = {now, list};
    return db_run(db, "feed/retire.sql", parameters, 2, 0, NULL, NULL, err);
}

bool feed_store_lock(struct db *db, int64_t feed_id, const char *name, struct error *err)
{
    char id[NUMBER_SIZE];
    const char *parameters[] = {number(feed_id, id)};
    struct db_rows *rows = NULL;
    if (!db_run(db, "feed/try_lock.sql", parameters, 1, 1, &rows, NULL, err))
        return false;
    bool got = db_bool(rows, 0, 0);
    db_rows_free(rows);
    return got || error_set(err, ERROR_CONFLICT, name, "a run of this feed is under way");
}

void feed_store_unlock(struct db *db, int64_t feed_id)
{
    char id[NUMBER_SIZE];
    const char *parameters[] = {number(feed_id, id)};
    struct error ignored;
    /* A session that cannot be asked any more holds no lock either. */
    if (!db_run(db, "feed/unlock.sql", parameters, 1, 1, NULL, NULL, &ignored))
        return;
}

bool feed_store_states(struct db *db, struct arena *arena, struct feed_state **out, size_t *count,
                       struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(db, "feed/state.sql", NULL, 0, 4, &rows, NULL, err))
        return false;
    *count = (size_t)db_rows_count(rows);
    *out = arena_array(arena, *count + 1, sizeof **out);
    for (int i = 0; *out && i < db_rows_count(rows); i++) {
        struct feed_state *state = &(*out)[i];
        snprintf(state->name, sizeof state->name, "%s", db_text(rows, i, 0));
        state->feed_id = db_integer(rows, i, 1);
        state->last_s = db_integer(rows, i, 2);
        state->failures = (int)db_integer(rows, i, 3);
    }
    db_rows_free(rows);
    return *out || arena_error(arena, err);
}

bool feed_store_start(struct db *db, int64_t feed_id, const char *now, struct arena *arena,
                      const char **watermark, struct error *err)
{
    char id[NUMBER_SIZE];
    const char *parameters[] = {number(feed_id, id), now};
    struct db_rows *rows = NULL;
    if (!db_run(db, "feed/start.sql", parameters, 2, 1, &rows, NULL, err))
        return false;
    const char *value = db_rows_count(rows) == 1 ? db_text(rows, 0, 0) : "";
    *watermark = arena_copy(arena, value, strlen(value));
    db_rows_free(rows);
    return *watermark || arena_error(arena, err);
}

bool feed_store_end(struct db *db, int64_t feed_id, const char *now, const char *outcome,
                    const char *message, int *failures, struct error *err)
{
    char id[NUMBER_SIZE];
    int64_t count = 0;
    const char *parameters[] = {number(feed_id, id), now, outcome, message};
    if (!fetch_integer(db, "feed/end.sql", parameters, 4, &count, err))
        return false;
    *failures = (int)count;
    return true;
}

bool feed_store_queue(struct db *db, const char *name, const char *now, bool *queued,
                      struct error *err)
{
    const char *parameters[] = {name, now};
    int64_t inserted = 0;
    if (!db_run(db, "feed/queue.sql", parameters, 2, 0, NULL, &inserted, err))
        return false;
    *queued = inserted == 1;
    return true;
}

bool feed_store_deliver(struct db *db, const struct feed_delivery *delivery, const char *now,
                        int64_t *delivery_id, struct error *err)
{
    char id[NUMBER_SIZE];
    const char *parameters[] = {number(delivery->feed_id, id),
                                delivery->key,
                                delivery->name,
                                delivery->sha256,
                                delivery->complete ? "t" : "f",
                                delivery->refused,
                                now};
    return fetch_integer(db, "feed/deliver.sql", parameters, 7, delivery_id, err);
}

bool feed_store_batch(struct db *db, int64_t batch_id, int64_t delivery_id, struct error *err)
{
    char ids[2][NUMBER_SIZE];
    const char *parameters[] = {number(batch_id, ids[0]), number(delivery_id, ids[1])};
    return db_run(db, "feed/batch.sql", parameters, 2, 0, NULL, NULL, err);
}

bool feed_store_find(struct db *db, int64_t feed_id, const char *key, struct feed_known *out,
                     struct error *err)
{
    char id[NUMBER_SIZE];
    const char *parameters[] = {number(feed_id, id), key};
    struct db_rows *rows = NULL;
    *out = (struct feed_known){.delivery_id = 0};
    if (!db_run(db, "feed/delivery.sql", parameters, 2, 4, &rows, NULL, err))
        return false;
    if (db_rows_count(rows) == 1) {
        out->delivery_id = db_integer(rows, 0, 0);
        snprintf(out->sha256, sizeof out->sha256, "%s", db_text(rows, 0, 1));
        out->complete = db_bool(rows, 0, 2);
        out->refused = !db_is_null(rows, 0, 3);
        snprintf(out->reason, sizeof out->reason, "%s", db_text(rows, 0, 3));
    }
    db_rows_free(rows);
    return true;
}
