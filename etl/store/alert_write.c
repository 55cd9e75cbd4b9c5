/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/alert_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/change.h"
#include "models/alert/chain.h"

const char *alert_write_number(int64_t number, char *buffer)
{
    snprintf(buffer, ALERT_NUMBER_SIZE, "%" PRId64, number);
    return buffer;
}

static bool read_head(struct alert_writer *writer, struct error *err)
{
    struct db_rows *rows;
    if (!db_run(writer->db, "alert/head.sql", &writer->now, 1, 3, &rows, NULL, err))
        return false;
    writer->transition_id = db_integer(rows, 0, 0);
    bool ok = text_unhex(text_of(db_text(rows, 0, 1)), writer->hash, DIGEST_SIZE) ||
              error_set(err, ERROR_CHECK, "alert_transition",
                        "the hash of the last step is not of SHA-256: run heng alert verify");
    snprintf(writer->at, sizeof writer->at, "%s", db_text(rows, 0, 2));
    db_rows_free(rows);
    return ok;
}

bool alert_write_open(struct alert_writer *writer, struct db *db, enum alert_write_kind kind,
                      const char *now, struct error *err)
{
    const char *begin = kind == ALERT_WRITE_SCAN ? "begin_repeatable.sql" : "begin.sql";
    *writer = (struct alert_writer){.db = db, .now = now, .digest = digest_new(DIGEST_SHA256)};
    if (!writer->digest)
        return error_memory(err);
    /* The lock comes before the first read, so that the state read is that after the wait. */
    return db_run(db, begin, NULL, 0, 0, NULL, NULL, err) &&
           db_run(db, "alert/lock.sql", NULL, 0, 0, NULL, NULL, err) && read_head(writer, err);
}

bool alert_write_close(struct alert_writer *writer, bool done, struct error *err)
{
    bool ok = done && (writer->links == 0 || change_note(writer->db, "alert", err)) &&
              db_commit(writer->db, err);
    if (!ok)
        db_rollback(writer->db);
    digest_free(writer->digest);
    writer->digest = NULL;
    return ok;
}

static struct text optional(const char *value)
{
    return value ? text_of(value) : (struct text){NULL, 0};
}

static bool store_link(struct alert_writer *writer, const struct text *fields,
                       const unsigned char *previous, struct error *err)
{
    char hashes[2][DIGEST_HEX_SIZE];
    text_hex(previous, DIGEST_SIZE, hashes[0]);
    text_hex(writer->hash, DIGEST_SIZE, hashes[1]);
    const char *parameters[] = {fields[CHAIN_TRANSITION_ID].data,
                                fields[CHAIN_ALERT_ID].data,
                                fields[CHAIN_EVENT].data,
                                fields[CHAIN_FROM_STATE].data,
                                fields[CHAIN_TO_STATE].data,
                                fields[CHAIN_ACTOR].data,
                                fields[CHAIN_REASON].data,
                                fields[CHAIN_ASSIGNEE].data,
                                fields[CHAIN_VERDICT].data,
                                fields[CHAIN_EVIDENCE].data,
                                fields[CHAIN_AS_OF].data,
                                fields[CHAIN_AT].data,
                                hashes[0],
                                hashes[1]};
    return db_run(writer->db, "alert/transition.sql", parameters, 14, 0, NULL, NULL, err);
}

bool alert_write_link(struct alert_writer *writer, const struct alert_link *link, struct error *err)
{
    char numbers[2][ALERT_NUMBER_SIZE];
    char as_of[DAY_TEXT_SIZE];
    unsigned char previous[DIGEST_SIZE];
    const struct text fields[CHAIN_FIELD_COUNT] = {
        [CHAIN_TRANSITION_ID] = text_of(alert_write_number(++writer->transition_id, numbers[0])),
        [CHAIN_ALERT_ID] = text_of(alert_write_number(link->alert_id, numbers[1])),
        [CHAIN_FINGERPRINT] = text_of(link->fingerprint),
        [CHAIN_RULE_ID] = text_of(link->rule_id),
        [CHAIN_EVENT] = text_of(life_event_name(link->event)),
        [CHAIN_FROM_STATE] = text_of(life_state_name(link->from)),
        [CHAIN_TO_STATE] = text_of(life_state_name(link->to)),
        [CHAIN_ACTOR] = text_of(link->actor),
        [CHAIN_REASON] = optional(link->reason),
        [CHAIN_ASSIGNEE] = optional(link->assignee),
        [CHAIN_VERDICT] = optional(link->verdict),
        [CHAIN_EVIDENCE] = optional(link->evidence),
        [CHAIN_AS_OF] = optional(link->as_of == DAY_NONE ? NULL : day_format(link->as_of, as_of)),
        [CHAIN_AT] = text_of(writer->at),
    };
    memcpy(previous, writer->hash, DIGEST_SIZE);
    chain_hash(writer->digest, previous, fields, writer->hash);
    writer->links++;
    return store_link(writer, fields, previous, err);
}
