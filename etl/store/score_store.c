/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/score_store.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/record/bytes.h"
#include "etl/record/row.h"
#include "etl/store/score_read.h"

enum { NUMBER_SIZE = 24, FLUSH_BYTES = 256 * 1024, EMPTY_TRIES = 5 };

/* The two tables take turns. */
struct score_table {
    const char *name;
    const char *empty;
    const char *copy;
    const char *changes;
    const char *shares;
    const char *one;
};

static const struct score_table tables[] = {
    {"score_one", "score/empty_one.sql", "score/copy_one.sql", "score/changes_one.sql",
     "score/shares_one.sql", "score/class_one.sql"},
    {"score_two", "score/empty_two.sql", "score/copy_two.sql", "score/changes_two.sql",
     "score/shares_two.sql", "score/class_two.sql"},
};

/* What a run passes from step to step. */
struct run {
    struct db *db;
    const struct score_request *request;
    struct credit_snapshot *snapshot;
    struct credit_result *results;
    struct digest *digest;
    const struct score_table *table; /* the idle one */
    int64_t published;               /* the run that readers use, 0 = none */
    bool same_scheme;                /* the published run is of this scheme … */
    bool same_model;                 /* … and of this very document */
};

static const char *number(char (*buffers)[NUMBER_SIZE], int slot, int64_t value)
{
    snprintf(buffers[slot], NUMBER_SIZE, "%lld", (long long)value);
    return buffers[slot];
}

static bool choose_table(struct run *run, struct error *err)
{
    struct db_rows *rows;
    char hex[DIGEST_HEX_SIZE];
    if (!db_run(run->db, "score/published.sql", NULL, 0, 10, &rows, NULL, err))
        return false;
    run->table = &tables[0];
    run->published = 0;
    if (db_rows_count(rows) > 0) {
        run->published = db_integer(rows, 0, 0);
        text_hex(run->request->model->hash, DIGEST_SIZE, hex);
        run->same_scheme = strcmp(db_text(rows, 0, 1), run->request->model->scheme) == 0;
        run->same_model = strcmp(db_text(rows, 0, 2), hex) == 0;
        if (strcmp(db_text(rows, 0, 6), tables[0].name) == 0)
            run->table = &tables[1];
    }
    db_rows_free(rows);
    return true;
}

static bool compute(struct run *run, struct error *err)
{
    run->results = calloc(run->snapshot->entity_count + 1, sizeof *run->results);
    if (!run->results)
        return error_memory(err);
    return credit_run(run->snapshot, run->request->model, run->request->as_of,
                      run->request->threads, run->results, err);
}

static void write_rule(struct bytes *out, const struct credit_model *model, int rule)
{
    if (rule >= 0)
        bytes_column_text(out, text_of(model->rules[rule].id));
    else
        bytes_column_null(out);
}

static void write_dimensions(struct bytes *out, const struct credit_model *model,
                             const struct credit_result *result)
{
    char text[CREDIT_DIMENSIONS_CAP * NUMBER_SIZE];
    size_t size = 0;
    for (int i = 0; i < model->dimension_count; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%c%d", i ? ',' : '{',
                                 result->dimension_milli[i]);
    assert(size + 1 < sizeof text);
    text[size++] = '}';
    bytes_column_text(out, (struct text){text, size});
}

static bool write_result(struct run *run, const struct credit_plan *plan, size_t index,
                         struct bytes *out, struct error *err)
{
    const struct credit_model *model = run->request->model;
    const struct credit_result *result = &run->results[index];
    struct credit_related related;
    struct credit_input input = credit_snapshot_input(run->snapshot, plan, index, &related);
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE + 2] = "\\x";
    if (!credit_inputs_hash(plan, &input, run->digest, hash, err))
        return false;
    bytes_column_integer(out, run->snapshot->subjects[index].entity_id);
    bytes_column_integer(out, result->score_milli);
    bytes_column_text(out, (struct text){&result->class_letter, 1});
    bytes_column_text(out, (struct text){&result->class_by_score, 1});
    bytes_column_integer(out, result->coverage_ppm);
    write_rule(out, model, result->direct_rule);
    write_rule(out, model, result->floor_rule);
    write_dimensions(out, model, result);
    text_hex(hash, DIGEST_SIZE, hex + 2);
    bytes_column_text(out, text_of(hex));
    bytes_end_row(out);
    return bytes_ok(out) || error_memory(err);
}

static bool flush(struct run *run, struct bytes *out, size_t rows, struct error *err)
{
    const struct score_request *request = run->request;
    if (!db_copy_put(run->db, out->data, out->size, err))
        return false;
    bytes_reset(out);
    return !request->progress ||
           request->progress(request->progress_context, SCORE_STORING, rows, err);
}

static bool copy_results(struct run *run, struct bytes *out, struct error *err)
{
    struct credit_plan plan;
    credit_plan_init(&plan, run->request->model, run->request->as_of);
    for (size_t i = 0; i < run->snapshot->entity_count; i++) {
        if (!write_result(run, &plan, i, out, err))
            return false;
        if (out->size >= FLUSH_BYTES && !flush(run, out, i + 1, err))
            return false;
    }
    return flush(run, out, run->snapshot->entity_count, err);
}

static bool store_results(struct run *run, struct error *err)
{
    struct bytes out = {0};
    run->digest = digest_new(DIGEST_SHA256);
    if (!run->digest)
        return error_memory(err);
    bool ok = db_copy_open(run->db, run->table->copy, err) && copy_results(run, &out, err) &&
              db_copy_close(run->db, NULL, err);
    bytes_free(&out);
    return ok;
}

static bool insert_run(struct run *run, struct score_report *report, struct error *err)
{
    const struct credit_model *model = run->request->model;
    char numbers[2][NUMBER_SIZE];
    char as_of[DAY_TEXT_SIZE];
    char hex[DIGEST_HEX_SIZE];
    struct db_rows *rows;
    text_hex(model->hash, DIGEST_SIZE, hex);
    const char *parameters[] = {model->scheme,
                                model->version,
                                hex,
                                run->request->model_document,
                                day_format(run->request->as_of, as_of),
                                run->table->name,
                                number(numbers, 0, report->entities),
                                number(numbers, 1, report->facts),
                                run->request->now};
    if (!db_run(run->db, "score/run_insert.sql", parameters, 9, 1, &rows, NULL, err))
        return false;
    report->run_id = db_integer(rows, 0, 0);
    db_rows_free(rows);
    return true;
}

static bool publish(struct run *run, struct score_report *report, struct error *err)
{
    char numbers[2][NUMBER_SIZE];
    const char *changes[] = {number(numbers, 0, report->run_id),
                             run->same_model ? "records" : "model", run->same_scheme ? "t" : "f"};
    if (!db_run(run->db, run->table->changes, changes, 3, 0, NULL, &report->class_changes, err))
        return false;
    const char *counted[] = {numbers[0], number(numbers, 1, report->class_changes)};
    return db_run(run->db, "score/run_changes.sql", counted, 2, 0, NULL, NULL, err) &&
           db_run(run->db, "score/publish.sql", counted, 1, 0, NULL, NULL, err);
}

static bool fetch_shares(struct db *db, const char *statement, struct score_report *report,
                         struct error *err)
{
    struct db_rows *rows;
    if (!db_run(db, statement, NULL, 0, 2, &rows, NULL, err))
        return false;
    report->class_count = 0;
    for (int i = 0; i < db_rows_count(rows) && i < SCORE_CLASS_CAP; i++)
        report->classes[report->class_count++] =
            (struct score_class){db_text(rows, i, 0)[0], db_integer(rows, i, 1)};
    db_rows_free(rows);
    return true;
}

static bool lock_and_choose(struct run *run, const char *begin, struct error *err)
{
    return db_run(run->db, begin, NULL, 0, 0, NULL, NULL, err) &&
           db_run(run->db, "score/lock.sql", NULL, 0, 0, NULL, NULL, err) && choose_table(run, err);
}

/* Emptying shuts readers out of the table until its transaction ends, and they name both tables: so
 * it gets a transaction of its own, which is short. Then the run's transaction; when another run
 * came in between, once more. */
static bool begin_with_empty_table(struct run *run, struct error *err)
{
    for (int i = 0; i < EMPTY_TRIES; i++) {
        if (!lock_and_choose(run, "begin.sql", err) ||
            !db_run(run->db, run->table->empty, NULL, 0, 0, NULL, NULL, err) ||
            !db_commit(run->db, err))
            return false;
        int64_t published = run->published;
        if (!lock_and_choose(run, "begin_repeatable.sql", err))
            return false;
        if (run->published == published)
            return true;
        db_rollback(run->db);
    }
    return error_set(err, ERROR_UNAVAILABLE, "scores", "other runs came in between %d times",
                     EMPTY_TRIES);
}

static bool run_in_transaction(struct run *run, struct score_report *report, struct error *err)
{
    if (!begin_with_empty_table(run, err) ||
        !score_read_snapshot(run->db, run->request, NULL, &run->snapshot, err) ||
        !compute(run, err))
        return false;
    report->entities = (int64_t)run->snapshot->entity_count;
    report->facts = (int64_t)run->snapshot->fact_count;
    return store_results(run, err) && insert_run(run, report, err) && publish(run, report, err) &&
           fetch_shares(run->db, run->table->shares, report, err) && db_commit(run->db, err);
}

bool score_store_run(struct db *db, const struct score_request *request,
                     struct score_report *report, struct error *err)
{
    struct run run = {.db = db, .request = request};
    *report = (struct score_report){.as_of = request->as_of};
    snprintf(report->scheme, sizeof report->scheme, "%s", request->model->scheme);
    snprintf(report->version, sizeof report->version, "%s", request->model->version);
    bool ok = run_in_transaction(&run, report, err);
    if (!ok)
        db_rollback(db);
    digest_free(run.digest);
    free(run.results);
    credit_snapshot_free(run.snapshot);
    return ok;
}

bool score_store_published(struct db *db, struct arena *arena, struct score_report *report,
                           const char **document, int *table, struct error *err)
{
    struct db_rows *rows;
    if (!db_run(db, "score/published.sql", NULL, 0, 10, &rows, NULL, err))
        return false;
    if (db_rows_count(rows) == 0) {
        db_rows_free(rows);
        return error_set(err, ERROR_NOT_FOUND, "scores", "nothing is scored yet: run heng score");
    }
    *report = (struct score_report){
        .run_id = db_integer(rows, 0, 0),
        .as_of = db_day(rows, 0, 5),
        .entities = db_integer(rows, 0, 7),
        .facts = db_integer(rows, 0, 8),
        .class_changes = db_integer(rows, 0, 9),
    };
    snprintf(report->scheme, sizeof report->scheme, "%s", db_text(rows, 0, 1));
    snprintf(report->version, sizeof report->version, "%s", db_text(rows, 0, 3));
    *table = strcmp(db_text(rows, 0, 6), tables[0].name) == 0 ? 1 : 2;
    bool ok = true;
    if (document) {
        *document = arena_copy(arena, db_text(rows, 0, 4), strlen(db_text(rows, 0, 4)));
        ok = *document != NULL || arena_error(arena, err);
    }
    db_rows_free(rows);
    return ok && fetch_shares(db, tables[*table - 1].shares, report, err);
}

bool score_store_fetch(struct db *db, int table, int64_t entity_id, struct score_stored *out,
                       struct error *err)
{
    char numbers[1][NUMBER_SIZE];
    const char *parameters[] = {number(numbers, 0, entity_id)};
    struct db_rows *rows;
    *out = (struct score_stored){.found = false};
    if (!db_run(db, tables[table - 1].one, parameters, 1, 3, &rows, NULL, err))
        return false;
    bool ok = true;
    if (db_rows_count(rows) > 0) {
        out->found = true;
        out->class_letter = db_text(rows, 0, 0)[0];
        out->score_milli = db_integer(rows, 0, 1);
        ok = text_unhex(text_of(db_text(rows, 0, 2)), out->inputs_hash, DIGEST_SIZE) ||
             error_set(err, ERROR_INTERNAL, tables[table - 1].name, "inputs_hash is no digest");
    }
    db_rows_free(rows);
    return ok;
}
