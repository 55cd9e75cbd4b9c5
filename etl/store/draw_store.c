/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/draw_store.h"

#include <stdio.h>
#include <string.h>

#include "etl/record/bytes.h"
#include "etl/store/change.h"
#include "etl/store/draw_frame.h"
#include "etl/store/score_store.h"

enum { NUMBER_SIZE = 24 };

/* Where the numbers and the log of an authority stand. */
struct standing {
    int64_t draw_number;
    int64_t entry_number;
    unsigned char log_hash[DIGEST_SIZE];
};

/* A draw as it is stored. */
struct stored {
    const char *state;
    unsigned char secret[DIGEST_SIZE];
    day as_of;
    bool rehearsal;
    int64_t frame_count;
};

static const char *number(char (*buffers)[NUMBER_SIZE], int slot, int64_t value)
{
    snprintf(buffers[slot], NUMBER_SIZE, "%lld", (long long)value);
    return buffers[slot];
}

static bool begin(const struct draw_context *context, struct error *err)
{
    return db_run(context->db, "begin_repeatable.sql", NULL, 0, 0, NULL, NULL, err) &&
           db_run(context->db, "draw/lock.sql", NULL, 0, 0, NULL, NULL, err);
}

static bool fetch_standing(const struct draw_context *context, const char *authority,
                           struct standing *out, struct error *err)
{
    struct db_rows *rows;
    *out = (struct standing){0};
    if (!db_run(context->db, "draw/last.sql", &authority, 1, 3, &rows, NULL, err))
        return false;
    out->draw_number = db_integer(rows, 0, 0);
    out->entry_number = db_integer(rows, 0, 1);
    const char *hex = db_text(rows, 0, 2);
    bool ok = !hex[0] || text_unhex(text_of(hex), out->log_hash, DIGEST_SIZE);
    db_rows_free(rows);
    return ok || error_set(err, ERROR_INTERNAL, authority, "the log hash is not a digest");
}

static bool fetch_draw(const struct draw_context *context, const char *authority,
                       int64_t draw_number, struct stored *out, struct error *err)
{
    char numbers[1][NUMBER_SIZE];
    const char *parameters[] = {authority, number(numbers, 0, draw_number)};
    struct db_rows *rows;
    if (!db_run(context->db, "draw/one.sql", parameters, 2, 7, &rows, NULL, err))
        return false;
    bool ok = db_rows_count(rows) == 1;
    if (!ok) {
        error_set(err, ERROR_NOT_FOUND, authority, "has no draw number %lld",
                  (long long)draw_number);
    } else {
        const char *state = db_text(rows, 0, 1);
        out->state = arena_copy(context->arena, state, strlen(state));
        out->as_of = db_day(rows, 0, 3);
        out->rehearsal = db_bool(rows, 0, 4);
        out->frame_count = db_integer(rows, 0, 5);
        ok = out->state ? text_unhex(text_of(db_text(rows, 0, 2)), out->secret, DIGEST_SIZE)
                        : arena_error(context->arena, err);
    }
    db_rows_free(rows);
    return ok;
}

/* The draw must be in this state for the step. */
static bool require_state(const struct stored *draw, const char *state, int64_t draw_number,
                          struct error *err)
{
    char subject[40];
    snprintf(subject, sizeof subject, "draw %lld", (long long)draw_number);
    return strcmp(draw->state, state) == 0 ||
           error_set(err, ERROR_CONFLICT, subject, "must be %s for this step; it is %s", state,
                     draw->state);
}

static bool write_file(struct bytes *rows, const char *authority, int64_t draw_number,
                       const char *name, struct text content, struct error *err)
{
    static const char digits[] = "0123456789abcdef";
    char byte[2];
    bytes_column_text(rows, text_of(authority));
    bytes_column_integer(rows, draw_number);
    bytes_column_text(rows, text_of(name));
    bytes_append(rows, "\\\\x", 3);
    for (size_t i = 0; i < content.size; i++) {
        unsigned char c = (unsigned char)content.data[i];
        byte[0] = digits[c >> 4];
        byte[1] = digits[c & 15];
        bytes_append(rows, byte, 2);
    }
    bytes_append(rows, "\t", 1);
    bytes_end_row(rows);
    return bytes_ok(rows) ||
           error_set(err, ERROR_LIMIT, name, "a file of a draw has at most %d bytes, found %zu",
                     BYTES_CAP / 2, content.size);
}

static bool store_files(const struct draw_context *context, const char *authority,
                        int64_t draw_number, const struct bundle *bundle, struct error *err)
{
    struct bytes rows = {0};
    bool ok = db_run(context->db, "draw/file_stage.sql", NULL, 0, 0, NULL, NULL, err) &&
              db_copy_open(context->db, "draw/file_copy.sql", err);
    for (int i = 0; ok && i < BUNDLE_FILE_COUNT; i++) {
        if (!bundle->files[i].data)
            continue;
        bytes_reset(&rows);
        ok = write_file(&rows, authority, draw_number, bundle_rules[i].name, bundle->files[i],
                        err) &&
             db_copy_put(context->db, rows.data, rows.size, err);
    }
    bytes_free(&rows);
    return ok && db_copy_close(context->db, NULL, err) &&
           db_run(context->db, "draw/file_merge.sql", NULL, 0, 0, NULL, NULL, err);
}

static bool append_log(const struct draw_context *context, const char *authority,
                       int64_t draw_number, const struct standing *standing, struct text entry,
                       const unsigned char entry_hash[DIGEST_SIZE], struct error *err)
{
    char numbers[2][NUMBER_SIZE];
    char previous_hex[DIGEST_HEX_SIZE];
    char hash_hex[DIGEST_HEX_SIZE];
    char *entry_hex = arena_alloc(context->arena, 2 * entry.size + 1);
    if (!entry_hex)
        return arena_error(context->arena, err);
    text_hex((const unsigned char *)entry.data, entry.size, entry_hex);
    text_hex(standing->log_hash, DIGEST_SIZE, previous_hex);
    text_hex(entry_hash, DIGEST_SIZE, hash_hex);
    const char *parameters[] = {authority,
                                number(numbers, 0, standing->entry_number + 1),
                                number(numbers, 1, draw_number),
                                entry_hex,
                                previous_hex,
                                hash_hex,
                                context->now};
    return db_run(context->db, "draw/log_insert.sql", parameters, 7, 0, NULL, NULL, err);
}

static bool store_plan(const struct draw_context *context,
                       const struct draw_commit_request *request, struct error *err)
{
    const struct plan *plan = request->plan;
    char hex[DIGEST_HEX_SIZE];
    struct db_rows *rows;
    text_hex(plan->hash, DIGEST_SIZE, hex);
    const char *parameters[] = {
        plan->name, plan->authority, plan->title_zh, request->plan_document.data,
        hex,        context->now};
    if (!db_run(context->db, "draw/plan_store.sql", parameters, 6, 2, &rows, NULL, err))
        return false;
    bool same =
        strcmp(db_text(rows, 0, 0), hex) == 0 && strcmp(db_text(rows, 0, 1), plan->authority) == 0;
    db_rows_free(rows);
    return same || error_set(err, ERROR_CONFLICT, plan->name,
                             "a plan of this name is registered with other contents: a changed "
                             "plan needs a new name");
}

/* Whoever could commit again and again without running would choose among the draws. */
static bool require_none_open(const struct draw_context *context, const struct plan *plan,
                              struct error *err)
{
    const char *parameters[] = {plan->authority, plan->name};
    struct db_rows *rows;
    if (!db_run(context->db, "draw/open.sql", parameters, 2, 1, &rows, NULL, err))
        return false;
    bool none = db_rows_count(rows) == 0;
    if (!none)
        error_set(err, ERROR_CONFLICT, plan->name,
                  "draw %s of this plan is committed and not run: run it, or abandon it with a "
                  "reason, before another commit",
                  db_text(rows, 0, 0));
    db_rows_free(rows);
    return none;
}

static void fill_commit(const struct draw_context *context,
                        const struct draw_commit_request *request, const struct standing *standing,
                        day as_of, struct draw_frame *frame, struct commit *commit)
{
    const struct plan *plan = request->plan;
    *commit = (struct commit){
        .authority = text_of(plan->authority),
        .number = standing->draw_number + 1,
        .plan = text_of(plan->name),
        .redraw_of = request->redraw_of,
        .redraw_reason = text_of(request->redraw_reason),
        .as_of = as_of,
        .reveal_by = as_of + (day)plan->reveal_within_days,
        .alg = plan->alg,
        .quota_rule = plan->quota_rule,
        .quota_total = plan->quota_total,
        .region_tiers = text_of(plan->region_tiers),
        .per_visit = plan->per_visit,
        .reserves = plan->reserves,
        .slack = plan->slack,
        .load_cap = plan->load_cap,
        .beacon_source = plan->beacon_source,
        .committed_at_s = context->now_s,
        .beacon_delay_s = plan->beacon_delay_s,
        .beacon_rule = text_of(plan->beacon_rule),
        .exclusions = frame->exclusions,
        .exclusion_count = frame->exclusion_count,
    };
    memcpy(commit->plan_hash, plan->hash, DIGEST_SIZE);
    memcpy(commit->log_previous, standing->log_hash, DIGEST_SIZE);
}

static bool insert_draw(const struct draw_context *context,
                        const struct draw_commit_request *request, const struct draw_step *step,
                        int64_t run_id, struct error *err)
{
    char numbers[4][NUMBER_SIZE];
    char as_of[DAY_TEXT_SIZE];
    char secret[DIGEST_HEX_SIZE];
    bool redraw = request->redraw_of != 0;
    text_hex(request->secret, DIGEST_SIZE, secret);
    const char *parameters[] = {
        request->plan->authority,
        number(numbers, 0, step->number),
        request->plan->name,
        day_format(step->as_of, as_of),
        step->rehearsal ? "t" : "f",
        number(numbers, 1, run_id),
        secret,
        number(numbers, 2, step->frame_count),
        redraw ? number(numbers, 3, request->redraw_of) : NULL,
        redraw ? request->redraw_reason : NULL,
        context->now,
    };
    return db_run(context->db, "draw/insert.sql", parameters, 11, 0, NULL, NULL, err);
}

static bool commit_frame(const struct draw_context *context,
                         const struct draw_commit_request *request, const struct standing *standing,
                         const struct score_report *run, struct draw_frame *frame,
                         struct draw_step *step, struct error *err)
{
    struct draw_plan draw = {
        .strata = request->plan->strata,
        .stratum_count = request->plan->stratum_count,
        .entities = frame->entities,
        .entity_count = frame->entity_count,
        .inspectors = frame->inspectors,
        .inspector_count = frame->inspector_count,
        .recusals = frame->recusals,
        .recusal_count = frame->recusal_count,
    };
    struct bundle bundle = {0};
    struct docket docket;
    memcpy(draw.secret, request->secret, DIGEST_SIZE);
    memcpy(draw.salt_key, request->salt_key, DIGEST_SIZE);
    fill_commit(context, request, standing, run->as_of, frame, &draw.commit);
    if (!draw_commit(&draw, context->arena, &bundle, step->log_hash, err) ||
        !docket_read(&bundle, context->arena, &docket, err))
        return false;
    step->number = docket.commit.number;
    step->as_of = docket.commit.as_of;
    step->rehearsal = docket.commit.rehearsal != 0;
    step->frame_count = docket.commit.frame_count;
    step->exclusions = docket.commit.exclusions;
    step->exclusion_count = docket.commit.exclusion_count;
    for (size_t i = 0; i < step->exclusion_count; i++)
        step->excluded_count += step->exclusions[i].count;
    memcpy(step->commit_hash, docket.commit_hash, DIGEST_SIZE);
    memcpy(step->frame_root, docket.commit.frame_root, DIGEST_SIZE);
    return insert_draw(context, request, step, run->run_id, err) &&
           store_files(context, request->plan->authority, step->number, &bundle, err) &&
           append_log(context, request->plan->authority, step->number, standing,
                      bundle.files[BUNDLE_COMMIT], step->log_hash, err);
}

/* Readers of draws and plans see a new version from here on. */
static bool commit(const struct draw_context *context, struct error *err)
{
    return change_note(context->db, "draw", err) && db_commit(context->db, err);
}

static bool commit_in_transaction(const struct draw_context *context,
                                  const struct draw_commit_request *request, struct draw_step *step,
                                  struct error *err)
{
    struct score_report run;
    struct standing standing;
    struct draw_frame frame;
    int table;
    if (!begin(context, err) ||
        !score_store_published(context->db, context->arena, &run, NULL, &table, err) ||
        !store_plan(context, request, err) || !require_none_open(context, request->plan, err) ||
        !fetch_standing(context, request->plan->authority, &standing, err) ||
        !draw_frame_read(context, request->plan, run.as_of, table, &frame, err))
        return false;
    bool ok = commit_frame(context, request, &standing, &run, &frame, step, err);
    draw_frame_free(&frame);
    return ok && commit(context, err);
}

bool draw_store_commit(const struct draw_context *context,
                       const struct draw_commit_request *request, struct draw_step *step,
                       struct error *err)
{
    *step = (struct draw_step){0};
    bool ok = commit_in_transaction(context, request, step, err);
    if (!ok)
        db_rollback(context->db);
    return ok;
}

static bool add_file(const struct draw_context *context, const char *name, const char *hex,
                     struct bundle *out, struct error *err)
{
    enum bundle_file file;
    size_t size = strlen(hex) / 2;
    char *content = arena_alloc(context->arena, size + 1);
    if (!content)
        return arena_error(context->arena, err);
    if (!bundle_file_of(name, &file) ||
        !text_unhex((struct text){hex, 2 * size}, (unsigned char *)content, size))
        return error_set(err, ERROR_INTERNAL, name, "is not a file of a bundle");
    out->files[file] = (struct text){content, size};
    return true;
}

bool draw_store_bundle(const struct draw_context *context, const char *authority,
                       int64_t draw_number, struct bundle *out, struct error *err)
{
    char numbers[1][NUMBER_SIZE];
    const char *parameters[] = {authority, number(numbers, 0, draw_number)};
    struct db_rows *rows;
    *out = (struct bundle){0};
    if (!db_run(context->db, "draw/files.sql", parameters, 2, 2, &rows, NULL, err))
        return false;
    bool ok =
        db_rows_count(rows) > 0 || error_set(err, ERROR_NOT_FOUND, authority,
                                             "has no draw number %lld", (long long)draw_number);
    for (int i = 0; ok && i < db_rows_count(rows); i++)
        ok = add_file(context, db_text(rows, i, 0), db_text(rows, i, 1), out, err);
    db_rows_free(rows);
    return ok;
}

static bool mark_drawn(const struct draw_context *context, const char *authority,
                       const struct draw_step *step, struct error *err)
{
    char numbers[2][NUMBER_SIZE];
    const char *parameters[] = {authority, number(numbers, 0, step->number),
                                number(numbers, 1, step->selected_count), context->now};
    return db_run(context->db, "draw/drawn.sql", parameters, 4, 0, NULL, NULL, err);
}

/* The bundle's visits as rows; all of them, or the draw was not run. */
static bool store_visits(const struct draw_context *context, const char *authority,
                         const struct draw_step *step, struct error *err)
{
    char numbers[1][NUMBER_SIZE];
    const char *parameters[] = {authority, number(numbers, 0, step->number)};
    int64_t stored;
    if (!db_run(context->db, "draw/visits.sql", parameters, 2, 0, NULL, &stored, err))
        return false;
    return stored == step->selected_count ||
           error_set(err, ERROR_INTERNAL, authority, "expected %lld visits stored, found %lld",
                     (long long)step->selected_count, (long long)stored);
}

static bool run_in_transaction(const struct draw_context *context, const char *authority,
                               struct text evidence, struct draw_step *step, struct error *err)
{
    struct stored draw;
    struct standing standing;
    struct bundle bundle;
    struct docket docket;
    struct result result;
    struct draw_seed seed = {.evidence = evidence};
    if (!begin(context, err) || !fetch_draw(context, authority, step->number, &draw, err) ||
        !require_state(&draw, "committed", step->number, err) ||
        !fetch_standing(context, authority, &standing, err) ||
        !draw_store_bundle(context, authority, step->number, &bundle, err))
        return false;
    memcpy(seed.secret, draw.secret, DIGEST_SIZE);
    memcpy(seed.log_previous, standing.log_hash, DIGEST_SIZE);
    if (!draw_run(&bundle, &seed, context->arena, &docket, &result, step->log_hash, err))
        return false;
    step->as_of = draw.as_of;
    step->rehearsal = draw.rehearsal;
    step->frame_count = draw.frame_count;
    step->selected_count = (int64_t)result.count;
    step->least_load = result.assignment.match.least_load;
    step->strata = docket.strata.rows;
    step->stratum_count = docket.strata.count;
    return store_files(context, authority, step->number, &bundle, err) &&
           append_log(context, authority, step->number, &standing, bundle.files[BUNDLE_DRAW],
                      step->log_hash, err) &&
           store_visits(context, authority, step, err) &&
           mark_drawn(context, authority, step, err) && commit(context, err);
}

bool draw_store_run(const struct draw_context *context, const char *authority, int64_t draw_number,
                    struct text evidence, struct draw_step *step, struct error *err)
{
    *step = (struct draw_step){.number = draw_number};
    bool ok = run_in_transaction(context, authority, evidence, step, err);
    if (!ok)
        db_rollback(context->db);
    return ok;
}

static bool reveal_in_transaction(const struct draw_context *context, const char *authority,
                                  struct draw_step *step, struct error *err)
{
    char numbers[1][NUMBER_SIZE];
    struct stored draw;
    struct standing standing;
    struct bundle bundle;
    if (!begin(context, err) || !fetch_draw(context, authority, step->number, &draw, err) ||
        !require_state(&draw, "drawn", step->number, err) ||
        !fetch_standing(context, authority, &standing, err) ||
        !draw_store_bundle(context, authority, step->number, &bundle, err) ||
        !draw_reveal(&bundle, draw.secret, standing.log_hash, context->arena, step->log_hash, err))
        return false;
    step->as_of = draw.as_of;
    step->rehearsal = draw.rehearsal;
    step->frame_count = draw.frame_count;
    const char *parameters[] = {authority, number(numbers, 0, step->number), context->now};
    return store_files(context, authority, step->number, &bundle, err) &&
           append_log(context, authority, step->number, &standing, bundle.files[BUNDLE_REVEAL],
                      step->log_hash, err) &&
           db_run(context->db, "draw/revealed.sql", parameters, 3, 0, NULL, NULL, err) &&
           commit(context, err);
}

bool draw_store_reveal(const struct draw_context *context, const char *authority,
                       int64_t draw_number, struct draw_step *step, struct error *err)
{
    *step = (struct draw_step){.number = draw_number};
    bool ok = reveal_in_transaction(context, authority, step, err);
    if (!ok)
        db_rollback(context->db);
    return ok;
}

bool draw_store_abandon(const struct draw_context *context, const char *authority,
                        int64_t draw_number, const char *reason, struct error *err)
{
    char numbers[1][NUMBER_SIZE];
    struct stored draw;
    const char *parameters[] = {authority, number(numbers, 0, draw_number), reason, context->now};
    bool ok = begin(context, err) && fetch_draw(context, authority, draw_number, &draw, err) &&
              require_state(&draw, "committed", draw_number, err) &&
              db_run(context->db, "draw/abandoned.sql", parameters, 4, 0, NULL, NULL, err) &&
              commit(context, err);
    if (!ok)
        db_rollback(context->db);
    return ok;
}

bool draw_store_list(const struct draw_context *context, struct db_rows **rows, struct error *err)
{
    return db_run(context->db, "draw/list.sql", NULL, 0, DRAW_LIST_COLUMNS, rows, NULL, err);
}
