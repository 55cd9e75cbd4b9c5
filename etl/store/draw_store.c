/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/draw_store.h"

#include <stdio.h>
#include <string.h>

#include "etl/store/audit_store.h"
#include "etl/store/change.h"
#include "etl/store/draw_file.h"
#include "etl/store/draw_frame.h"
#include "etl/store/draw_plan.h"
#include "etl/store/score_store.h"

enum { NUMBER_SIZE = 24, SUBJECT_SIZE = 160 };

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

/* The entry in the audit chain, and readers of draws and plans see a new version from here on. */
static bool commit(const struct draw_context *context, const char *action, const char *authority,
                   int64_t draw_number, const char *detail, struct error *err)
{
    char subject[SUBJECT_SIZE];
    snprintf(subject, sizeof subject, "%s/%lld", authority, (long long)draw_number);
    const struct audit_event event = {
        .at = context->now_utc,
        .actor = context->actor,
        .action = action,
        .subject = subject,
        .detail = detail,
        .request_id = context->request_id,
    };
    return audit_append(context->db, &event, err) && change_note(context->db, "draw", err) &&
           db_commit(context->db, err);
}

static bool advance(const struct draw_context *context, int percent, const char *detail,
                    struct error *err)
{
    return !context->advance || context->advance(context->advance_context, percent, detail, err);
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
    return advance(context, 70, "storing the draw", err) &&
           insert_draw(context, request, step, run->run_id, err) &&
           draw_file_store(context, request->plan->authority, step->number, &bundle, err) &&
           append_log(context, request->plan->authority, step->number, standing,
                      bundle.files[BUNDLE_COMMIT], step->log_hash, err);
}

static bool fetch_run(const struct draw_context *context, day as_of, struct score_report *run,
                      int *table, struct error *err)
{
    char wanted[DAY_TEXT_SIZE];
    char found[DAY_TEXT_SIZE];
    if (!score_store_published(context->db, context->arena, run, NULL, table, err)) {
        if (err->kind == ERROR_NOT_FOUND)
            err->kind = ERROR_CONFLICT; /* the register is in a state that forbids a draw */
        return false;
    }
    return as_of == DAY_NONE || as_of == run->as_of ||
           error_set(err, ERROR_CONFLICT, "/as_of", "the published run is of %s, expected %s",
                     day_format(run->as_of, found), day_format(as_of, wanted));
}

bool draw_store_require_day(const struct draw_context *context, day as_of, struct error *err)
{
    struct score_report run;
    int table;
    return fetch_run(context, as_of, &run, &table, err);
}

static bool commit_in_transaction(const struct draw_context *context,
                                  const struct draw_commit_request *request, struct draw_step *step,
                                  struct error *err)
{
    struct score_report run;
    struct standing standing;
    struct draw_frame frame;
    int table;
    if (!begin(context, err) || !fetch_run(context, request->as_of, &run, &table, err) ||
        !draw_plan_store(context, request->plan, request->plan_document, NULL, err) ||
        !draw_plan_require_idle(context->db, request->plan, err) ||
        !fetch_standing(context, request->plan->authority, &standing, err) ||
        !draw_frame_read(context, request->plan, run.as_of, table, &frame, err))
        return false;
    bool ok = advance(context, 40, "sealing the frame", err) &&
              commit_frame(context, request, &standing, &run, &frame, step, err);
    draw_frame_free(&frame);
    return ok && advance(context, 95, "last step", err) &&
           commit(context, "draw.commit", request->plan->authority, step->number,
                  request->plan->name, err);
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

bool draw_store_require_state(const struct draw_context *context, const char *authority,
                              int64_t draw_number, const char *state, struct error *err)
{
    struct stored draw;
    return fetch_draw(context, authority, draw_number, &draw, err) &&
           require_state(&draw, state, draw_number, err);
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
    struct commit committed;
    struct draw_seed seed = {.evidence = evidence};
    if (!begin(context, err) || !fetch_draw(context, authority, step->number, &draw, err) ||
        !require_state(&draw, "committed", step->number, err) ||
        !fetch_standing(context, authority, &standing, err) ||
        !draw_file_bundle(context, authority, step->number, &bundle, err) ||
        !commit_read(bundle.files[BUNDLE_COMMIT], context->arena, &committed, err) ||
        !commit_beacon_due(&committed, context->now_s, err) ||
        !advance(context, 20, "drawing", err))
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
    return advance(context, 60, "storing the visits", err) &&
           draw_file_store(context, authority, step->number, &bundle, err) &&
           append_log(context, authority, step->number, &standing, bundle.files[BUNDLE_DRAW],
                      step->log_hash, err) &&
           store_visits(context, authority, step, err) &&
           mark_drawn(context, authority, step, err) && advance(context, 95, "last step", err) &&
           commit(context, "draw.run", authority, step->number, "", err);
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
        !draw_file_bundle(context, authority, step->number, &bundle, err) ||
        !draw_reveal(&bundle, draw.secret, standing.log_hash, context->arena, step->log_hash, err))
        return false;
    step->as_of = draw.as_of;
    step->rehearsal = draw.rehearsal;
    step->frame_count = draw.frame_count;
    const char *parameters[] = {authority, number(numbers, 0, step->number), context->now};
    return draw_file_store(context, authority, step->number, &bundle, err) &&
           append_log(context, authority, step->number, &standing, bundle.files[BUNDLE_REVEAL],
                      step->log_hash, err) &&
           db_run(context->db, "draw/revealed.sql", parameters, 3, 0, NULL, NULL, err) &&
           advance(context, 95, "last step", err) &&
           commit(context, "draw.reveal", authority, step->number, "", err);
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
              commit(context, "draw.abandon", authority, draw_number, reason, err);
    if (!ok)
        db_rollback(context->db);
    return ok;
}

bool draw_store_list(const struct draw_context *context, struct db_rows **rows, struct error *err)
{
    return db_run(context->db, "draw/list.sql", NULL, 0, DRAW_LIST_COLUMNS, rows, NULL, err);
}
