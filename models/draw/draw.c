/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/draw.h"

#include <stdlib.h>
#include <string.h>

static int compare_exclusions(const void *a, const void *b)
{
    const struct commit_exclusion *x = a;
    const struct commit_exclusion *y = b;
    return text_compare(x->reason, y->reason);
}

static bool sort_exclusions(struct commit *commit, struct arena *arena, struct error *err)
{
    struct commit_exclusion *sorted = arena_array(arena, commit->exclusion_count, sizeof *sorted);
    if (!sorted)
        return arena_error(arena, err);
    if (commit->exclusion_count > 0)
        memcpy(sorted, commit->exclusions, commit->exclusion_count * sizeof *sorted);
    qsort(sorted, commit->exclusion_count, sizeof *sorted, compare_exclusions);
    commit->exclusions = sorted;
    return true;
}

/* The members of the commit that follow from the others. */
static void derive_commit(const struct draw_plan *plan, struct commit *commit)
{
    digest_of((enum digest_alg)commit->alg, plan->secret, DIGEST_SIZE, commit->secret_hash);
    commit->rehearsal = commit->beacon_source == BEACON_REHEARSAL;
    commit->beacon_round =
        commit->beacon_source == BEACON_DRAND_QUICKNET
            ? beacon_quicknet_round(commit->committed_at_s, commit->beacon_delay_s)
            : 0;
}

/* A total that no frame can give is refused now, not after the beacon. */
static bool check_quotas(const struct docket *docket, struct error *err)
{
    const struct commit *commit = &docket->commit;
    enum quota_rule rule = (enum quota_rule)commit->quota_rule;
    if (!quota_check(rule, commit->quota_total, docket->strata.rows, docket->strata.count, err))
        return false;
    return rule != QUOTA_HAMILTON ||
           quota_hamilton(docket->strata.rows, docket->strata.count, commit->quota_total, err);
}

/* The same for a roster that no visit could be made from. */
static bool check_inspectors(const struct docket *docket, struct error *err)
{
    size_t found = docket->roster.inspector_count;
    return found >= (size_t)docket->commit.per_visit ||
           error_set(err, ERROR_INPUT, "inspectors",
                     "expected at least the %lld of one visit who can take part on the day, found "
                     "%zu",
                     (long long)docket->commit.per_visit, found);
}

static bool make_docket(const struct draw_plan *plan, struct arena *arena, struct docket *docket,
                        struct error *err)
{
    *docket = (struct docket){.commit = plan->commit};
    memcpy(docket->salt_key, plan->salt_key, DIGEST_SIZE);
    derive_commit(plan, &docket->commit);
    return sort_exclusions(&docket->commit, arena, err) && commit_check(&docket->commit, err) &&
           frame_sort(plan->entities, plan->entity_count, arena, &docket->frame, err) &&
           strata_count(plan->strata, plan->stratum_count, &docket->frame, arena, &docket->strata,
                        err) &&
           check_quotas(docket, err) &&
           roster_sort(plan->inspectors, plan->inspector_count, plan->recusals, plan->recusal_count,
                       arena, &docket->roster, err) &&
           check_inspectors(docket, err);
}

static bool write_tables(const struct docket *docket, struct arena *arena, struct bundle *bundle,
                         struct error *err)
{
    struct text *files = bundle->files;
    files[BUNDLE_README] = text_of(bundle_readme);
    return docket_write_salt(docket, arena, &files[BUNDLE_SALT], err) &&
           strata_write(&docket->strata, arena, &files[BUNDLE_STRATA], err) &&
           frame_write(&docket->frame, arena, &files[BUNDLE_FRAME], err) &&
           roster_write_inspectors(&docket->roster, arena, &files[BUNDLE_INSPECTORS], err) &&
           roster_write_recusals(&docket->roster, arena, &files[BUNDLE_RECUSALS], err);
}

/* Adds the log hash of the record that makes the new state. */
static bool extend_log(struct bundle *bundle, struct ledger_log *log, enum bundle_state state,
                       enum digest_alg alg, const unsigned char previous[DIGEST_SIZE],
                       struct text record, struct arena *arena, unsigned char out[DIGEST_SIZE],
                       struct error *err)
{
    if (!ledger_hash(alg, previous, record, out, err))
        return false;
    memcpy(log->entries[state], out, DIGEST_SIZE);
    log->state = state;
    return ledger_write_log(log, alg, arena, &bundle->files[BUNDLE_LOG], err);
}

bool draw_commit(const struct draw_plan *plan, struct arena *arena, struct bundle *bundle,
                 unsigned char log_hash[DIGEST_SIZE], struct error *err)
{
    struct docket docket;
    struct ledger_log log = {.state = BUNDLE_COMMITTED};
    *bundle = (struct bundle){.files = {{NULL, 0}}};
    if (!make_docket(plan, arena, &docket, err) || !write_tables(&docket, arena, bundle, err) ||
        !docket_seal(&docket, bundle, err) ||
        !commit_write(&docket.commit, arena, &bundle->files[BUNDLE_COMMIT], err))
        return false;
    return extend_log(bundle, &log, BUNDLE_COMMITTED, docket_alg(&docket),
                      docket.commit.log_previous, bundle->files[BUNDLE_COMMIT], arena, log_hash,
                      err);
}

static bool require_state(const struct bundle *bundle, enum bundle_state wanted, struct error *err)
{
    enum bundle_state state;
    if (!bundle_state_of(bundle, &state, err))
        return false;
    return state == wanted ||
           error_set(err, ERROR_CONFLICT, "draw", "expected the state %s, found %s",
                     bundle_state_names[wanted], bundle_state_names[state]);
}

static bool require_secret(const struct docket *docket, const unsigned char secret[DIGEST_SIZE],
                           struct error *err)
{
    unsigned char hash[DIGEST_SIZE];
    digest_of(docket_alg(docket), secret, DIGEST_SIZE, hash);
    return memcmp(hash, docket->commit.secret_hash, DIGEST_SIZE) == 0 ||
           error_set(err, ERROR_INPUT, "secret", "this is not the secret that was committed to");
}

static bool write_draw(const struct docket *docket, const struct draw_seed *seed,
                       const unsigned char beacon[DIGEST_SIZE],
                       const unsigned char key[DIGEST_SIZE], const struct result *result,
                       struct arena *arena, struct bundle *bundle, struct error *err)
{
    struct ledger_draw draw = {.rehearsal = docket->commit.rehearsal,
                               .beacon_source = docket->commit.beacon_source,
                               .selected_count = (int64_t)result->count};
    struct lines_writer evidence;
    lines_start(&evidence, arena, 2 * seed->evidence.size + 1);
    lines_put_hex(&evidence, (const unsigned char *)seed->evidence.data, seed->evidence.size);
    memcpy(draw.commit_hash, docket->commit_hash, DIGEST_SIZE);
    memcpy(draw.beacon, beacon, DIGEST_SIZE);
    memcpy(draw.log_previous, seed->log_previous, DIGEST_SIZE);
    digest_of(docket_alg(docket), key, DIGEST_SIZE, draw.key_hash);
    return lines_finish(&evidence, &draw.beacon_evidence, err) &&
           result_write(result, docket, arena, &bundle->files[BUNDLE_RESULT], err) &&
           ledger_result_hash(docket_alg(docket), key, bundle->files[BUNDLE_RESULT],
                              draw.result_hash, err) &&
           ledger_write_draw(&draw, arena, &bundle->files[BUNDLE_DRAW], err);
}

bool draw_run(struct bundle *bundle, const struct draw_seed *seed, struct arena *arena,
              struct docket *docket, struct result *result, unsigned char log_hash[DIGEST_SIZE],
              struct error *err)
{
    unsigned char beacon[DIGEST_SIZE];
    unsigned char key[DIGEST_SIZE];
    struct bundle drawn = *bundle;
    if (!require_state(bundle, BUNDLE_COMMITTED, err) || !docket_read(bundle, arena, docket, err) ||
        !require_secret(docket, seed->secret, err) ||
        !beacon_of((enum beacon_source)docket->commit.beacon_source, docket_alg(docket),
                   docket->commit_hash, seed->evidence, beacon, err))
        return false;
    ticket_key(docket_alg(docket), docket->commit_hash, beacon, seed->secret, key);
    if (!result_draw(docket, key, arena, result, err) ||
        !write_draw(docket, seed, beacon, key, result, arena, &drawn, err) ||
        !extend_log(&drawn, &docket->log, BUNDLE_DRAWN, docket_alg(docket), seed->log_previous,
                    drawn.files[BUNDLE_DRAW], arena, log_hash, err))
        return false;
    *bundle = drawn;
    return true;
}

bool draw_reveal(struct bundle *bundle, const unsigned char secret[DIGEST_SIZE],
                 const unsigned char log_previous[DIGEST_SIZE], struct arena *arena,
                 unsigned char log_hash[DIGEST_SIZE], struct error *err)
{
    struct docket docket;
    struct ledger_draw draw;
    struct ledger_reveal reveal;
    struct bundle revealed = *bundle;
    if (!require_state(bundle, BUNDLE_DRAWN, err) || !docket_read(bundle, arena, &docket, err) ||
        !ledger_read_draw(bundle->files[BUNDLE_DRAW], &draw, err) ||
        !require_secret(&docket, secret, err))
        return false;
    memcpy(reveal.commit_hash, docket.commit_hash, DIGEST_SIZE);
    memcpy(reveal.secret, secret, DIGEST_SIZE);
    memcpy(reveal.log_previous, log_previous, DIGEST_SIZE);
    ticket_key(docket_alg(&docket), docket.commit_hash, draw.beacon, secret, reveal.key);
    if (!ledger_write_reveal(&reveal, arena, &revealed.files[BUNDLE_REVEAL], err) ||
        !extend_log(&revealed, &docket.log, BUNDLE_REVEALED, docket_alg(&docket), log_previous,
                    revealed.files[BUNDLE_REVEAL], arena, log_hash, err))
        return false;
    *bundle = revealed;
    return true;
}
