/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "etl/store/alert_store.h"
#include "etl/store/alert_write.h"

enum { ORDER_SIZE = 128 };

/* Copies texts of one row; remembers the first that did not fit. */
struct row_reader {
    const struct db_rows *rows;
    int row;
    struct arena *arena;
    bool failed;
};

static const char *read_text(struct row_reader *reader, int column)
{
    if (db_is_null(reader->rows, reader->row, column))
        return NULL;
    const char *value = db_text(reader->rows, reader->row, column);
    const char *copy = arena_copy(reader->arena, value, strlen(value));
    reader->failed = reader->failed || !copy;
    return copy;
}

static bool read_alert(const struct db_rows *rows, int row, struct arena *arena, struct alert *out,
                       struct error *err)
{
    struct row_reader reader = {rows, row, arena, false};
    *out = (struct alert){
        .alert_id = db_integer(rows, row, 0),
        .rule_id = read_text(&reader, 1),
        .rule_kind = read_text(&reader, 2),
        .labels = read_text(&reader, 3),
        .state = read_text(&reader, 4),
        .open = db_bool(rows, row, 5),
        .severity = read_text(&reader, 6),
        .entity_code = read_text(&reader, 7),
        .region_code = read_text(&reader, 8),
        .industry_section = read_text(&reader, 9),
        .first_as_of = db_day(rows, row, 10),
        .last_as_of = db_day(rows, row, 11),
        .hits = db_integer(rows, row, 12),
        .evidence = read_text(&reader, 13),
        .lapsed_as_of = db_day(rows, row, 14),
        .assignee = read_text(&reader, 15),
        .verdict = read_text(&reader, 16),
        .previous = db_integer(rows, row, 17),
        .created_at = read_text(&reader, 18),
        .updated_at = read_text(&reader, 19),
        .fingerprint = read_text(&reader, 20),
    };
    return !reader.failed || arena_error(arena, err);
}

/* "{serious,general,minor}" */
static const char *severity_order(char buffer[ORDER_SIZE])
{
    size_t size = 0;
    for (int i = RULE_SEVERITY_COUNT - 1; i >= 0; i--)
        size += (size_t)snprintf(buffer + size, ORDER_SIZE - size, "%c%s", size ? ',' : '{',
                                 rule_severity_name((enum rule_severity)i));
    snprintf(buffer + size, ORDER_SIZE - size, "}");
    return buffer;
}

static bool check_filter(const struct alert_filter *filter, struct error *err)
{
    enum life_state state;
    enum rule_severity severity;
    if (filter->state && !life_state_of(text_of(filter->state), &state))
        return error_set(err, ERROR_INPUT, "state",
                         "expected firing, acknowledged, assigned, in_progress, resolved or "
                         "closed, found \"%.40s\"",
                         filter->state);
    if (filter->severity && !rule_severity_of(text_of(filter->severity), &severity))
        return error_set(err, ERROR_INPUT, "severity",
                         "expected minor, general or serious, found \"%.40s\"", filter->severity);
    if (filter->limit < 1 || filter->limit > ALERT_LIST_CAP)
        return error_set(err, ERROR_LIMIT, "limit", "expected 1 to %d, found %" PRId64,
                         ALERT_LIST_CAP, filter->limit);
    return true;
}

static bool read_list(const struct db_rows *rows, int64_t limit, struct arena *arena,
                      struct alert_list *out, struct error *err)
{
    out->more = db_rows_count(rows) > limit;
    out->count = out->more ? (size_t)limit : (size_t)db_rows_count(rows);
    out->rows = arena_array(arena, out->count, sizeof *out->rows);
    if (!out->rows)
        return arena_error(arena, err);
    for (size_t i = 0; i < out->count; i++) {
        if (!read_alert(rows, (int)i, arena, &out->rows[i], err))
            return false;
    }
    return true;
}

bool alert_store_list(struct db *db, const struct alert_filter *filter, struct arena *arena,
                      struct alert_list *out, struct error *err)
{
    char numbers[2][ALERT_NUMBER_SIZE];
    char order[ORDER_SIZE];
    struct db_rows *rows;
    if (!check_filter(filter, err))
        return false;
    const char *parameters[] = {filter->alert_id ? alert_write_number(filter->alert_id, numbers[0])
                                                 : NULL,
                                filter->only_open ? "t" : NULL,
                                filter->state,
                                filter->rule_id,
                                filter->region_code,
                                filter->severity,
                                severity_order(order),
                                filter->utc_offset,
                                alert_write_number(filter->limit + 1, numbers[1])};
    if (!db_run(db, "alert/list.sql", parameters, 9, 21, &rows, NULL, err))
        return false;
    bool ok = read_list(rows, filter->limit, arena, out, err);
    db_rows_free(rows);
    return ok;
}

bool alert_store_one(struct db *db, int64_t alert_id, const char *utc_offset, struct arena *arena,
                     struct alert *out, struct error *err)
{
    const struct alert_filter filter = {.alert_id = alert_id, .limit = 1, .utc_offset = utc_offset};
    struct alert_list list = {0};
    if (!alert_store_list(db, &filter, arena, &list, err))
        return false;
    if (list.count == 0 || !list.rows)
        return error_set(err, ERROR_NOT_FOUND, "alert", "there is no alert %" PRId64, alert_id);
    *out = list.rows[0];
    return true;
}

static bool read_transition(const struct db_rows *rows, int row, struct arena *arena,
                            struct alert_transition *out, struct error *err)
{
    struct row_reader reader = {rows, row, arena, false};
    *out = (struct alert_transition){
        .transition_id = db_integer(rows, row, 0),
        .event = read_text(&reader, 1),
        .from_state = read_text(&reader, 2),
        .to_state = read_text(&reader, 3),
        .actor = read_text(&reader, 4),
        .reason = read_text(&reader, 5),
        .assignee = read_text(&reader, 6),
        .verdict = read_text(&reader, 7),
        .as_of = db_day(rows, row, 8),
        .at = read_text(&reader, 9),
        .hash = read_text(&reader, 10),
        .evidence = read_text(&reader, 11),
    };
    return !reader.failed || arena_error(arena, err);
}

bool alert_store_transitions(struct db *db, int64_t alert_id, const char *utc_offset,
                             struct arena *arena, struct alert_transition **out, size_t *count,
                             struct error *err)
{
    char number[ALERT_NUMBER_SIZE];
    struct db_rows *rows;
    const char *parameters[] = {alert_write_number(alert_id, number), utc_offset};
    if (!db_run(db, "alert/steps.sql", parameters, 2, 12, &rows, NULL, err))
        return false;
    *count = (size_t)db_rows_count(rows);
    *out = arena_array(arena, *count, sizeof **out);
    bool ok = *out != NULL;
    if (!ok)
        arena_error(arena, err);
    for (size_t i = 0; ok && i < *count; i++)
        ok = read_transition(rows, (int)i, arena, &(*out)[i], err);
    db_rows_free(rows);
    return ok;
}
