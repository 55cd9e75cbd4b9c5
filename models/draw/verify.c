/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/verify.h"

#include <string.h>

struct verifying {
    const struct bundle *bundle;
    struct arena *arena;
    struct docket docket;
    struct ledger_draw draw;
    struct ledger_reveal reveal;
    struct verify_report *report;
};

static bool check_evidence(struct verifying *v, struct error *err)
{
    const struct commit *commit = &v->docket.commit;
    unsigned char evidence[BEACON_EVIDENCE_CAP];
    unsigned char beacon[DIGEST_SIZE];
    size_t size = v->draw.beacon_evidence.size / 2;
    const char *file = bundle_rules[BUNDLE_DRAW].name;
    if (size > sizeof evidence || !text_unhex(v->draw.beacon_evidence, evidence, size))
        return error_set(err, ERROR_INVALID, file,
                         "beacon_evidence: expected at most %zu bytes in hexadecimal, found "
                         "\"%.*s\"",
                         sizeof evidence, (int)v->draw.beacon_evidence.size,
                         v->draw.beacon_evidence.data);
    if (!beacon_of((enum beacon_source)commit->beacon_source, docket_alg(&v->docket),
                   v->docket.commit_hash, (struct text){(const char *)evidence, size}, beacon,
                   err)) {
        struct error inner = *err;
        return error_set(err, ERROR_INVALID, file, "beacon_evidence: %s", inner.message);
    }
    return ledger_same(BUNDLE_DRAW, "beacon", beacon, v->draw.beacon, err);
}

static bool check_draw(struct verifying *v, struct error *err)
{
    const struct commit *commit = &v->docket.commit;
    struct text record = v->bundle->files[BUNDLE_DRAW];
    if (!ledger_read_draw(record, &v->draw, err) ||
        !ledger_check(&v->docket.log, BUNDLE_DRAWN, docket_alg(&v->docket), v->draw.log_previous,
                      record, err) ||
        !ledger_same(BUNDLE_DRAW, "commit_hash", v->docket.commit_hash, v->draw.commit_hash, err))
        return false;
    if (v->draw.rehearsal != commit->rehearsal || v->draw.beacon_source != commit->beacon_source)
        return error_set(err, ERROR_INVALID, bundle_rules[BUNDLE_DRAW].name,
                         "expected the beacon source %s as committed, found %s%s",
                         beacon_source_names[commit->beacon_source],
                         beacon_source_names[v->draw.beacon_source],
                         v->draw.rehearsal ? " marked as a rehearsal" : "");
    v->report->selected_count = v->draw.selected_count;
    return check_evidence(v, err) && result_check(v->bundle->files[BUNDLE_RESULT], &v->docket,
                                                  v->draw.selected_count, v->arena, err);
}

static bool check_reveal(struct verifying *v, struct error *err)
{
    enum digest_alg alg = docket_alg(&v->docket);
    struct text record = v->bundle->files[BUNDLE_REVEAL];
    unsigned char secret_hash[DIGEST_SIZE];
    unsigned char key[DIGEST_SIZE];
    unsigned char key_hash[DIGEST_SIZE];
    if (!ledger_read_reveal(record, &v->reveal, err) ||
        !ledger_check(&v->docket.log, BUNDLE_REVEALED, alg, v->reveal.log_previous, record, err) ||
        !ledger_same(BUNDLE_REVEAL, "commit_hash", v->docket.commit_hash, v->reveal.commit_hash,
                     err))
        return false;
    digest_of(alg, v->reveal.secret, DIGEST_SIZE, secret_hash);
    ticket_key(alg, v->docket.commit_hash, v->draw.beacon, v->reveal.secret, key);
    digest_of(alg, key, DIGEST_SIZE, key_hash);
    return ledger_same(BUNDLE_REVEAL, "digest of the secret", v->docket.commit.secret_hash,
                       secret_hash, err) &&
           ledger_same(BUNDLE_REVEAL, "key", key, v->reveal.key, err) &&
           ledger_same(BUNDLE_DRAW, "key_hash", key_hash, v->draw.key_hash, err);
}

/* The whole draw again. */
static bool check_result(struct verifying *v, struct error *err)
{
    struct result result;
    struct text expected;
    unsigned char hash[DIGEST_SIZE];
    struct text found = v->bundle->files[BUNDLE_RESULT];
    if (!result_draw(&v->docket, v->reveal.key, v->arena, &result, err)) {
        if (err->kind == ERROR_CONFLICT || err->kind == ERROR_INPUT)
            err->kind = ERROR_INVALID; /* what was committed to cannot be drawn */
        return false;
    }
    v->report->least_load = result.assignment.match.least_load;
    return result_write(&result, &v->docket, v->arena, &expected, err) &&
           lines_same(bundle_rules[BUNDLE_RESULT].name, expected, found, err) &&
           ledger_result_hash(docket_alg(&v->docket), v->reveal.key, found, hash, err) &&
           ledger_same(BUNDLE_DRAW, "result_hash", hash, v->draw.result_hash, err);
}

static void report_commit(struct verifying *v)
{
    const struct commit *commit = &v->docket.commit;
    v->report->rehearsal = commit->rehearsal != 0;
    v->report->authority = commit->authority;
    v->report->number = commit->number;
    v->report->frame_count = commit->frame_count;
    v->report->log = v->docket.log;
    v->report->beacon_caveat = beacon_caveat((enum beacon_source)commit->beacon_source);
    memcpy(v->report->commit_hash, v->docket.commit_hash, DIGEST_SIZE);
    memcpy(v->report->frame_root, commit->frame_root, DIGEST_SIZE);
}

static bool not_revealed(const struct verifying *v, struct error *err)
{
    return error_set(err, ERROR_NOT_REVEALED, bundle_rules[BUNDLE_REVEAL].name,
                     "state %s: everything that can be checked without the secret is consistent; "
                     "the rest waits for the reveal",
                     bundle_state_names[v->report->state]);
}

bool verify_bundle(const struct bundle *bundle, struct arena *arena, struct verify_report *report,
                   struct error *err)
{
    struct verifying v = {.bundle = bundle, .arena = arena, .report = report};
    *report = (struct verify_report){.beacon_caveat = ""};
    if (!bundle_state_of(bundle, &report->state, err) ||
        !lines_same(bundle_rules[BUNDLE_README].name, text_of(bundle_readme),
                    bundle->files[BUNDLE_README], err) ||
        !docket_read(bundle, arena, &v.docket, err))
        return false;
    report_commit(&v);
    if (report->state == BUNDLE_COMMITTED)
        return not_revealed(&v, err);
    if (!check_draw(&v, err))
        return false;
    if (report->state == BUNDLE_DRAWN)
        return not_revealed(&v, err);
    return check_reveal(&v, err) && check_result(&v, err);
}
