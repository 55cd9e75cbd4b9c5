/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/alert_store.h"
#include "models/alert/chain.h"
#include "models/alert/fingerprint.h"
#include "models/core/json.h"

/* The columns of alert/chain.sql are the fields of the chain in their order, then these. */
enum column { COLUMN_PREVIOUS_HASH = CHAIN_FIELD_COUNT, COLUMN_HASH, CHAIN_COLUMNS };

/* Columns of alert/replay.sql. */
enum replay_column {
    COLUMN_ALERT_ID,
    COLUMN_FINGERPRINT,
    COLUMN_RULE_ID,
    COLUMN_LABELS,
    COLUMN_STATE,
    COLUMN_OPEN,
    COLUMN_DIFFERENT,
    REPLAY_COLUMNS
};

struct check {
    struct alert_verdict *verdict;
    struct digest *digest;
    unsigned char hash[DIGEST_SIZE]; /* of the last step that fits */
};

static void find_flaw(struct check *check, int64_t transition_id, int64_t alert_id,
                      const char *format, ...) __attribute__((format(printf, 4, 5)));

static void find_flaw(struct check *check, int64_t transition_id, int64_t alert_id,
                      const char *format, ...)
{
    struct alert_verdict *verdict = check->verdict;
    va_list arguments;
    verdict->valid = false;
    verdict->transition_id = transition_id;
    verdict->alert_id = alert_id;
    va_start(arguments, format);
    vsnprintf(verdict->flaw, sizeof verdict->flaw, format, arguments);
    va_end(arguments);
}

static int64_t number_of(struct text value)
{
    int64_t number = 0;
    return text_to_i64(value, &number) ? number : 0;
}

static bool hash_is(const struct db_field *field, const unsigned char *hash)
{
    char hex[DIGEST_HEX_SIZE];
    text_hex(hash, DIGEST_SIZE, hex);
    return text_is(db_field_text(field), hex);
}

/* After the first flaw the rest of the chain is only read past. */
static bool check_link(void *context, const struct db_field *columns, struct error *err)
{
    struct check *check = context;
    struct text fields[CHAIN_FIELD_COUNT];
    unsigned char hash[DIGEST_SIZE];
    (void)err;
    if (!check->verdict->valid)
        return true;
    for (int i = 0; i < CHAIN_FIELD_COUNT; i++)
        fields[i] = columns[i].data ? db_field_text(&columns[i]) : (struct text){NULL, 0};
    int64_t number = number_of(fields[CHAIN_TRANSITION_ID]);
    int64_t alert_id = number_of(fields[CHAIN_ALERT_ID]);
    int64_t expected = check->verdict->transitions + 1;
    chain_hash(check->digest, check->hash, fields, hash);
    if (number != expected)
        find_flaw(check, expected, 0, "missing, the next is %" PRId64, number);
    else if (!hash_is(&columns[COLUMN_PREVIOUS_HASH], check->hash))
        find_flaw(check, number, alert_id, "previous_hash is not the hash of the step before");
    else if (!hash_is(&columns[COLUMN_HASH], hash))
        find_flaw(check, number, alert_id, "the fields do not give the hash");
    if (!check->verdict->valid)
        return true;
    memcpy(check->hash, hash, DIGEST_SIZE);
    check->verdict->transitions++;
    return true;
}

/* Do labels and rule give the fingerprint? False in *same, or an error when labels are no JSON. */
static bool compare_fingerprint(const struct db_field *columns, bool *same, struct error *err)
{
    struct fingerprint_label labels[FINGERPRINT_LABELS_CAP];
    unsigned char fingerprint[DIGEST_SIZE];
    struct text text = db_field_text(&columns[COLUMN_LABELS]);
    json_t *object;
    size_t count = 0;
    if (!json_read(text.data, text.size, "labels", &object, err))
        return false;
    const char *key;
    json_t *value;
    bool readable = json_object_size(object) <= FINGERPRINT_LABELS_CAP;
    json_object_foreach(object, key, value)
    {
        readable = readable && json_is_string(value);
        if (readable)
            labels[count++] = (struct fingerprint_label){
                text_of(key), {json_string_value(value), json_string_length(value)}};
    }
    struct error refused;
    *same = readable &&
            fingerprint_of(db_field_text(&columns[COLUMN_RULE_ID]), labels, count, fingerprint,
                           &refused) &&
            hash_is(&columns[COLUMN_FINGERPRINT], fingerprint);
    json_decref(object);
    return true;
}

static bool check_alert(void *context, const struct db_field *columns, struct error *err)
{
    struct check *check = context;
    int64_t alert_id = db_field_integer(&columns[COLUMN_ALERT_ID]);
    struct text different = db_field_text(&columns[COLUMN_DIFFERENT]);
    enum life_state state = LIFE_NONE;
    bool same;
    if (!check->verdict->valid)
        return true;
    if (!compare_fingerprint(columns, &same, err))
        return false;
    bool is_state = life_state_of(db_field_text(&columns[COLUMN_STATE]), &state);
    if (!same)
        find_flaw(check, 0, alert_id, "the labels do not give the fingerprint");
    else if (different.size > 0)
        find_flaw(check, 0, alert_id, "%.*s is not what the steps say", (int)different.size,
                  different.data);
    else if (!is_state || columns[COLUMN_OPEN].data[0] != life_is_open(state))
        find_flaw(check, 0, alert_id, "open does not belong to the state");
    else
        check->verdict->alerts++;
    return true;
}

static bool read_all(struct db *db, struct check *check, struct error *err)
{
    return db_stream(db, "alert/chain.sql", NULL, 0, CHAIN_COLUMNS, check_link, check, err) &&
           db_stream(db, "alert/replay.sql", NULL, 0, REPLAY_COLUMNS, check_alert, check, err);
}

bool alert_store_verify_within(struct db *db, struct alert_verdict *out, struct error *err)
{
    struct check check = {.verdict = out, .digest = digest_new(DIGEST_SHA256)};
    *out = (struct alert_verdict){.valid = true};
    if (!check.digest)
        return error_memory(err);
    bool ok = read_all(db, &check, err);
    text_hex(check.hash, DIGEST_SIZE, out->head);
    digest_free(check.digest);
    return ok;
}

bool alert_store_verify(struct db *db, struct alert_verdict *out, struct error *err)
{
    if (db_begin_snapshot(db, err) && alert_store_verify_within(db, out, err) && db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}
