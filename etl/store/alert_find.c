/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/alert_find.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_STEP = 64 };

/* The last alert with the fingerprint of a finding. */
struct latest {
    int64_t alert_id; /* 0: there is none */
    enum life_state state;
    int64_t mark;
};

/* A finding in the form of the database. */
struct hit {
    const struct rule *rule;
    const struct alert_finding *finding;
    char fingerprint[DIGEST_HEX_SIZE];
    char *evidence; /* these two from malloc() */
    char *labels;
};

bool alert_find_room(struct arena *arena, void **items, size_t count, size_t *room, size_t size,
                     struct error *err)
{
    if (count < *room)
        return true;
    size_t wanted = *room ? 2 * *room : ROOM_STEP;
    void *larger = arena_array(arena, wanted, size);
    if (!larger)
        return arena_error(arena, err);
    if (count)
        memcpy(larger, *items, count * size);
    *items = larger;
    *room = wanted;
    return true;
}

bool alert_find_text(struct arena *arena, const struct db_field *field, const char **out,
                     struct error *err)
{
    struct text value = db_field_text(field);
    *out = field->data ? arena_copy(arena, value.data, value.size) : NULL;
    return *out || !field->data || arena_error(arena, err);
}

json_t *alert_find_day(day value)
{
    char text[DAY_TEXT_SIZE];
    return value == DAY_NONE ? json_null() : json_string(day_format(value, text));
}

json_t *alert_find_json(const char *value)
{
    return value ? json_string(value) : json_null();
}

static bool find_latest(struct alert_scan *scan, const char *fingerprint, struct latest *out,
                        struct error *err)
{
    struct db_rows *rows;
    *out = (struct latest){.state = LIFE_NONE};
    if (!db_run(scan->db, "alert/latest.sql", &fingerprint, 1, 3, &rows, NULL, err))
        return false;
    bool ok = true;
    if (db_rows_count(rows) > 0) {
        out->alert_id = db_integer(rows, 0, 0);
        out->mark = db_integer(rows, 0, 2);
        ok = life_state_of(text_of(db_text(rows, 0, 1)), &out->state) ||
             error_set(err, ERROR_CHECK, "alert", "alert %lld is in no known state: \"%.40s\"",
                       (long long)out->alert_id, db_text(rows, 0, 1));
    }
    db_rows_free(rows);
    return ok;
}

static bool insert_alert(struct alert_scan *scan, const struct hit *hit, enum life_state state,
                         int64_t previous, int64_t *alert_id, struct error *err)
{
    char numbers[3][ALERT_NUMBER_SIZE];
    struct db_rows *rows;
    const struct alert_finding *finding = hit->finding;
    const char *parameters[] = {
        hit->fingerprint,
        hit->rule->id,
        rule_kind_name(hit->rule->kind),
        hit->labels,
        life_state_name(state),
        rule_severity_name(hit->rule->severity),
        finding->entity_id ? alert_write_number(finding->entity_id, numbers[0]) : NULL,
        finding->entity_code,
        finding->region_code,
        finding->industry_section,
        scan->as_of,
        alert_write_number(finding->mark, numbers[1]),
        hit->evidence,
        previous ? alert_write_number(previous, numbers[2]) : NULL,
        scan->writer.at};
    if (!db_run(scan->db, "alert/insert.sql", parameters, 15, 1, &rows, NULL, err))
        return false;
    *alert_id = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return true;
}

static bool update_alert(struct alert_scan *scan, const struct hit *hit, enum life_state state,
                         const struct latest *latest, struct error *err)
{
    char numbers[2][ALERT_NUMBER_SIZE];
    const char *parameters[] = {alert_write_number(latest->alert_id, numbers[0]),
                                life_state_name(state),
                                rule_severity_name(hit->rule->severity),
                                scan->as_of,
                                alert_write_number(hit->finding->mark, numbers[1]),
                                hit->evidence,
                                scan->writer.at,
                                life_is_open(latest->state) ? "f" : "t"};
    return db_run(scan->db, "alert/hit.sql", parameters, 8, 0, NULL, NULL, err);
}

static bool store_hit(struct alert_scan *scan, const struct hit *hit, const struct latest *latest,
                      struct error *err)
{
    bool is_new = latest->alert_id == 0 || latest->state == LIFE_CLOSED;
    bool reopens = latest->state == LIFE_RESOLVED;
    enum life_state from = is_new ? LIFE_NONE : latest->state;
    enum life_state to;
    const struct life_step step = {.event = reopens ? LIFE_REFIRE : LIFE_FIRE,
                                   .actor = LIFE_SYSTEM};
    int64_t alert_id = latest->alert_id;
    if (!life_apply(from, &step, &to, err) ||
        !(is_new ? insert_alert(scan, hit, to, latest->alert_id, &alert_id, err)
                 : update_alert(scan, hit, to, latest, err)))
        return false;
    scan->report->created += is_new;
    scan->report->reopened += reopens;
    scan->report->repeated += !is_new && !reopens;
    const struct alert_link link = {.alert_id = alert_id,
                                    .fingerprint = hit->fingerprint,
                                    .rule_id = hit->rule->id,
                                    .event = step.event,
                                    .from = from,
                                    .to = to,
                                    .actor = ALERT_SYSTEM,
                                    .evidence = hit->evidence,
                                    .as_of = scan->request->as_of};
    return alert_write_link(&scan->writer, &link, err);
}

static json_t *rule_json(const struct rule *rule)
{
    return json_pack("{s:s, s:s, s:s, s:{s:s, s:s}, s:o, s:b}", "id", rule->id, "kind",
                     rule_kind_name(rule->kind), "severity", rule_severity_name(rule->severity),
                     "title", "zh", rule->title_zh, "en", rule->title_en, "legal_basis",
                     alert_find_json(rule->legal_basis[0] ? rule->legal_basis : NULL), "example",
                     rule->example);
}

/* Takes over evidence. */
static bool write_evidence(struct hit *hit, json_t *evidence, struct error *err)
{
    const struct alert_finding *finding = hit->finding;
    json_t *whole = json_pack("{s:o, s:o, s:o, s:o}", "rule", rule_json(hit->rule), "entity",
                              alert_find_json(finding->entity_code), "region_code",
                              alert_find_json(finding->region_code), "industry_section",
                              alert_find_json(finding->industry_section));
    bool ok = whole && evidence && json_object_update(whole, evidence) == 0;
    hit->evidence = ok ? json_dumps(whole, JSON_COMPACT) : NULL;
    json_decref(whole);
    json_decref(evidence);
    return hit->evidence || error_memory(err);
}

static bool write_labels(struct hit *hit, struct error *err)
{
    json_t *object = json_object();
    bool ok = object != NULL;
    for (size_t i = 0; ok && i < hit->finding->label_count; i++) {
        const struct fingerprint_label *label = &hit->finding->labels[i];
        ok = json_object_setn_new(object, label->key.data, label->key.size,
                                  json_stringn(label->value.data, label->value.size)) == 0;
    }
    hit->labels = ok ? json_dumps(object, JSON_COMPACT) : NULL;
    json_decref(object);
    return hit->labels || error_memory(err);
}

static bool store_new(struct alert_scan *scan, struct hit *hit, const struct latest *latest,
                      json_t *evidence, struct error *err)
{
    bool ok = write_evidence(hit, evidence, err) && write_labels(hit, err) &&
              store_hit(scan, hit, latest, err);
    free(hit->evidence);
    free(hit->labels);
    return ok;
}

bool alert_find(struct alert_scan *scan, const struct rule *rule,
                const struct alert_finding *finding, json_t *evidence, struct error *err)
{
    struct hit hit = {.rule = rule, .finding = finding};
    struct latest latest;
    unsigned char fingerprint[DIGEST_SIZE];
    bool ok =
        alert_scan_progress(scan, err) &&
        fingerprint_of(text_of(rule->id), finding->labels, finding->label_count, fingerprint, err);
    if (ok) {
        text_hex(fingerprint, DIGEST_SIZE, hit.fingerprint);
        ok = find_latest(scan, hit.fingerprint, &latest, err);
    }
    if (!ok) {
        json_decref(evidence);
        return false;
    }
    scan->report->found++;
    if (latest.alert_id && finding->mark <= latest.mark) {
        scan->report->known++;
        json_decref(evidence);
        return true;
    }
    return store_new(scan, &hit, &latest, evidence, err);
}
