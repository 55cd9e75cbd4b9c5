/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/store/score_read.h"
#include "models/credit/golden.h"

/* Columns of score/register.sql. */
enum column {
    COLUMN_ENTITY_ID,
    COLUMN_ROW_KIND,
    COLUMN_NUMBER_A,
    COLUMN_NUMBER_B,
    COLUMN_DAY_A,
    COLUMN_DAY_B,
    COLUMN_TEXT_A,
    COLUMN_TEXT_B,
    COLUMN_TEXT_C,
    COLUMN_TEXT_D,
    COLUMN_DECISION,
    COLUMN_COUNT
};

enum row_kind { ROW_SUBJECT = 0, ROW_FACT = 1, ROW_RELATION = 2 };

enum { PROGRESS_ROWS = 65536, FIRST_DECISIONS = 64, DECISION_BYTES = 16 };

struct reading {
    const struct score_request *request;
    struct credit_snapshot *snapshot;
    int64_t entity_id; /* of the subject row last seen */
    bool any;
    uint64_t rows;
    struct golden_record *decisions; /* records of the entity that are of decisions */
    size_t decision_count;
    size_t decision_room;
};

/* A word of a vocabulary; an empty text is index 0. */
static bool word(enum credit_vocabulary vocabulary, struct text name, uint8_t *out,
                 struct error *err)
{
    unsigned index = 0;
    if (name.size > 0 && !credit_word_find(vocabulary, name, &index))
        return error_set(err, ERROR_INTERNAL, "register", "\"%.*s\" is in no vocabulary",
                         (int)(name.size < 40 ? name.size : 40), name.data);
    *out = (uint8_t)index;
    return true;
}

/* Cuts value at the first separator; *rest gets what follows it. */
static struct text cut(struct text value, char separator, struct text *rest)
{
    const char *stop = value.size ? memchr(value.data, separator, value.size) : NULL;
    size_t size = stop ? (size_t)(stop - value.data) : value.size;
    *rest = stop ? (struct text){stop + 1, value.size - size - 1} : TEXT_LITERAL("");
    return (struct text){value.data, size};
}

static uint32_t read_licences(struct text tags)
{
    uint32_t licences = 0;
    while (tags.size > 0) {
        struct text rest;
        unsigned index;
        /* A tag that the vocabulary does not have is of no use to a model. */
        if (credit_word_find(CREDIT_LICENCES, cut(tags, ',', &rest), &index))
            licences |= 1u << index;
        tags = rest;
    }
    return licences;
}

static void read_place(struct text value, struct credit_subject *subject)
{
    struct text industry;
    struct text region = cut(value, '|', &industry);
    size_t size = region.size < CREDIT_REGION_SIZE ? region.size : CREDIT_REGION_SIZE;
    if (size > 0)
        memcpy(subject->region_code, region.data, size);
    if (industry.size > 0)
        subject->industry_section = (uint8_t)industry.data[0];
    if (industry.size == 3)
        subject->industry_division =
            (uint8_t)((industry.data[1] - '0') * 10 + (industry.data[2] - '0'));
}

static bool add_subject(struct reading *reading, const struct db_field *fields, struct error *err)
{
    struct credit_subject subject = credit_subject_unknown(reading->entity_id);
    if (fields[COLUMN_NUMBER_A].data)
        subject.capital_fen = db_field_integer(&fields[COLUMN_NUMBER_A]);
    if (fields[COLUMN_NUMBER_B].data) {
        int64_t employees = db_field_integer(&fields[COLUMN_NUMBER_B]);
        subject.employees = employees < INT32_MAX ? (int32_t)employees : INT32_MAX;
    }
    subject.registered_on = db_field_day(&fields[COLUMN_DAY_A]);
    read_place(db_field_text(&fields[COLUMN_TEXT_C]), &subject);
    subject.licence_tags = read_licences(db_field_text(&fields[COLUMN_TEXT_D]));
    reading->any = true;
    return word(CREDIT_ENTITY_TYPES, db_field_text(&fields[COLUMN_TEXT_A]), &subject.entity_type,
                err) &&
           word(CREDIT_STATUSES, db_field_text(&fields[COLUMN_TEXT_B]), &subject.status, err) &&
           credit_snapshot_add_entity(reading->snapshot, &subject, err);
}

/* Sums of amounts must fit; no band of a model reaches this far. */
static int64_t within(int64_t amount, int64_t cap)
{
    return amount < cap ? amount : cap;
}

/* Waits for the other records of its decision, which may come anywhere among those of the entity.
 */
static bool keep_decision(struct reading *reading, const struct db_field *decision,
                          const struct credit_fact *fact, struct error *err)
{
    if (decision->size != DECISION_BYTES)
        return error_set(err, ERROR_INTERNAL, "register", "a decision has %d bytes, found %d",
                         DECISION_BYTES, decision->size);
    if (reading->decision_count == reading->decision_room) {
        size_t room = reading->decision_room ? 2 * reading->decision_room : FIRST_DECISIONS;
        struct golden_record *grown = realloc(reading->decisions, room * sizeof *grown);
        if (!grown)
            return error_memory(err);
        reading->decisions = grown;
        reading->decision_room = room;
    }
    const struct db_field id = {decision->data, DECISION_BYTES / 2};
    const struct db_field known_at = {decision->data + DECISION_BYTES / 2, DECISION_BYTES / 2};
    reading->decisions[reading->decision_count++] =
        (struct golden_record){db_field_integer(&id), db_field_integer(&known_at), *fact};
    return true;
}

/* The golden records of the entity whose rows have passed. */
static bool add_decisions(struct reading *reading, struct error *err)
{
    size_t count = golden_merge(reading->decisions, reading->decision_count);
    reading->decision_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (!credit_snapshot_add_fact(reading->snapshot, &reading->decisions[i].fact, err))
            return false;
    }
    return true;
}

static bool add_fact(struct reading *reading, const struct db_field *fields, struct error *err)
{
    struct credit_fact fact = {.id = (uint64_t)db_field_integer(&fields[COLUMN_NUMBER_A])};
    struct text end;
    struct text severity = cut(db_field_text(&fields[COLUMN_TEXT_C]), '|', &end);
    struct text grade = db_field_text(&fields[COLUMN_TEXT_D]);
    if (fields[COLUMN_NUMBER_B].data)
        fact.amount_fen = within(db_field_integer(&fields[COLUMN_NUMBER_B]), CREDIT_AMOUNT_CAP);
    fact.occurred_on = db_field_day(&fields[COLUMN_DAY_A]);
    fact.ends_on = db_field_day(&fields[COLUMN_DAY_B]);
    /* A grade that no model can name is as good as none: missing is neutral. */
    if (!credit_grade_set(&fact, grade))
        memset(fact.grade, 0, sizeof fact.grade);
    if (!word(CREDIT_KINDS, db_field_text(&fields[COLUMN_TEXT_A]), &fact.kind, err) ||
        !word(CREDIT_STATES, db_field_text(&fields[COLUMN_TEXT_B]), &fact.state, err) ||
        !word(CREDIT_SEVERITIES, severity, &fact.severity, err) ||
        !word(CREDIT_ENDS, end, &fact.ends_by, err))
        return false;
    return fields[COLUMN_DECISION].data
               ? keep_decision(reading, &fields[COLUMN_DECISION], &fact, err)
               : credit_snapshot_add_fact(reading->snapshot, &fact, err);
}

static bool add_relation(struct reading *reading, const struct db_field *fields, struct error *err)
{
    uint8_t relation = 0;
    return word(CREDIT_RELATIONS, db_field_text(&fields[COLUMN_TEXT_A]), &relation, err) &&
           credit_snapshot_add_relation(reading->snapshot,
                                        db_field_integer(&fields[COLUMN_NUMBER_A]),
                                        (enum credit_relation)relation, err);
}

/* Rows of stubs, places and other jurisdictions have no subject row before them: passed over. */
static bool take_row(void *context, const struct db_field *fields, struct error *err)
{
    struct reading *reading = context;
    int64_t entity_id = db_field_integer(&fields[COLUMN_ENTITY_ID]);
    enum row_kind kind = (enum row_kind)db_field_integer(&fields[COLUMN_ROW_KIND]);
    const struct score_request *request = reading->request;
    if (++reading->rows % PROGRESS_ROWS == 0 && request->progress &&
        !request->progress(request->progress_context, SCORE_READING, reading->rows, err))
        return false;
    if (kind == ROW_SUBJECT) {
        if (!add_decisions(reading, err))
            return false;
        reading->entity_id = entity_id;
        return add_subject(reading, fields, err);
    }
    if (!reading->any || reading->entity_id != entity_id)
        return true;
    return kind == ROW_FACT ? add_fact(reading, fields, err) : add_relation(reading, fields, err);
}

bool score_read_snapshot(struct db *db, const struct score_request *request, const char *ids,
                         struct credit_snapshot **out, struct error *err)
{
    char moment[MOMENT_TEXT_SIZE];
    char as_of[DAY_TEXT_SIZE];
    const char *parameters[] = {request->model->jurisdiction,
                                day_end_moment(request->as_of, request->utc_offset_minutes, moment),
                                ids, day_format(request->as_of, as_of)};
    struct reading reading = {.request = request, .snapshot = credit_snapshot_new()};
    if (!reading.snapshot)
        return error_memory(err);
    bool good =
        db_stream(db, "score/register.sql", parameters, 4, COLUMN_COUNT, take_row, &reading, err) &&
        add_decisions(&reading, err) && credit_snapshot_finish(reading.snapshot, err);
    free(reading.decisions);
    if (!good) {
        credit_snapshot_free(reading.snapshot);
        return false;
    }
    *out = reading.snapshot;
    return true;
}
