/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/audit_store.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NUMBER_SIZE = 24, HASH_COLUMN = 7 };

static bool fetch_head(struct db *db, const char *statement, int64_t *sequence,
                       unsigned char hash[DIGEST_SIZE], struct error *err)
{
    struct db_rows *rows = NULL;
    if (!db_run(db, statement, NULL, 0, 2, &rows, NULL, err))
        return false;
    bool good =
        db_rows_count(rows) == 1 && text_unhex(text_of(db_text(rows, 0, 1)), hash, DIGEST_SIZE);
    if (good)
        *sequence = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return good ||
           error_set(err, ERROR_INVALID, "audit_head", "the head of the audit chain is gone");
}

bool audit_head(struct db *db, int64_t *sequence, unsigned char hash[DIGEST_SIZE],
                struct error *err)
{
    return fetch_head(db, "audit/head.sql", sequence, hash, err);
}

static bool insert(struct db *db, const struct audit_event *event, const struct audit_entry *entry,
                   struct error *err)
{
    char sequence[NUMBER_SIZE];
    char previous[DIGEST_HEX_SIZE];
    char hash[DIGEST_HEX_SIZE];
    snprintf(sequence, sizeof sequence, "%" PRId64, entry->sequence);
    text_hex(entry->previous_hash, DIGEST_SIZE, previous);
    text_hex(entry->hash, DIGEST_SIZE, hash);
    const char *parameters[] = {sequence,          event->at,      event->actor,
                                event->action,     event->subject, event->detail,
                                event->request_id, previous,       hash};
    int64_t changed = 0;
    return db_run(db, "audit/insert.sql", parameters, 9, 0, NULL, &changed, err) &&
           (changed == 1 || error_set(err, ERROR_INTERNAL, "audit_head",
                                      "expected 1 head, found %" PRId64, changed));
}

bool audit_append(struct db *db, const struct audit_event *event, struct error *err)
{
    struct audit_entry entry = {
        .at = text_of(event->at),
        .actor = text_of(event->actor),
        .action = text_of(event->action),
        .subject = text_of(event->subject),
        .detail = text_of(event->detail),
        .request_id = text_of(event->request_id),
    };
    if (!fetch_head(db, "audit/lock.sql", &entry.sequence, entry.previous_hash, err))
        return false;
    entry.sequence++;
    audit_entry_hash(&entry, entry.hash);
    return insert(db, event, &entry, err);
}

bool audit_append_alone(struct db *db, const struct audit_event *event, struct error *err)
{
    if (!db_begin(db, err))
        return false;
    if (audit_append(db, event, err) && db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}

static bool check_row(void *context, const struct db_field *fields, struct error *err)
{
    struct audit_entry entry = {
        .sequence = db_field_integer(&fields[0]),
        .at = db_field_text(&fields[1]),
        .actor = db_field_text(&fields[2]),
        .action = db_field_text(&fields[3]),
        .subject = db_field_text(&fields[4]),
        .detail = db_field_text(&fields[5]),
        .request_id = db_field_text(&fields[6]),
    };
    /* The table's checks demand both sizes; a table without its checks must not mislead us. */
    if (fields[HASH_COLUMN].size != DIGEST_SIZE || fields[HASH_COLUMN + 1].size != DIGEST_SIZE)
        return error_set(err, ERROR_INVALID, "audit", "entry %" PRId64 " has a hash of wrong size",
                         entry.sequence);
    memcpy(entry.previous_hash, fields[HASH_COLUMN].data, DIGEST_SIZE);
    memcpy(entry.hash, fields[HASH_COLUMN + 1].data, DIGEST_SIZE);
    return audit_check_next(context, &entry, err);
}

bool audit_verify_within(struct db *db, struct audit_check *check, struct error *err)
{
    int64_t sequence = 0;
    unsigned char hash[DIGEST_SIZE];
    return db_stream(db, "audit/all.sql", NULL, 0, HASH_COLUMN + 2, check_row, check, err) &&
           audit_head(db, &sequence, hash, err) && audit_check_end(check, sequence, hash, err);
}

bool audit_verify(struct db *db, struct audit_check *check, struct error *err)
{
    /* Entries appended meanwhile must not make the head look wrong. */
    if (!db_begin_snapshot(db, err))
        return false;
    bool good = audit_verify_within(db, check, err);
    db_rollback(db);
    return good;
}
