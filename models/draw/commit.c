/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/commit.h"

#include <stdlib.h>
#include <string.h>

#include "models/draw/bundle.h"
#include "models/draw/flow.h"
#include "models/draw/frame.h"
#include "models/draw/match.h"
#include "models/draw/quota.h"
#include "models/draw/roster.h"

#define NUMBER_CAP 1000000000
#define MOMENT_CAP_S 253402300799 /* 9999-12-31 23:59:59 UTC */

static const char *const alg_names[] = {"sha256", "sm3", NULL};
static const char *const yes_names[] = {"no", "yes", NULL};

#define AT(member) offsetof(struct commit, member)

/* The order is the order of the lines. */
static const struct record_field fields[] = {
    {.key = "format", .kind = RECORD_LITERAL, .literal = "SR-DRAW-COMMIT-v1"},
    {.key = "rehearsal", .kind = RECORD_CHOICE, .offset = AT(rehearsal), .names = yes_names},
    {.key = "authority", .kind = RECORD_ID, .offset = AT(authority)},
    {.key = "number", .kind = RECORD_NUMBER, .offset = AT(number), .max = NUMBER_CAP},
    {.key = "plan", .kind = RECORD_ID, .offset = AT(plan)},
    {.key = "plan_hash", .kind = RECORD_DIGEST, .offset = AT(plan_hash)},
    {.key = "redraw_of", .kind = RECORD_NUMBER, .offset = AT(redraw_of), .max = NUMBER_CAP},
    {.key = "redraw_reason", .kind = RECORD_TEXT, .offset = AT(redraw_reason)},
    {.key = "as_of", .kind = RECORD_DAY, .offset = AT(as_of)},
    {.key = "reveal_by", .kind = RECORD_DAY, .offset = AT(reveal_by)},
    {.key = "alg", .kind = RECORD_CHOICE, .offset = AT(alg), .names = alg_names},
    {.key = "method", .kind = RECORD_LITERAL, .literal = "equal-probability"},
    {.key = "quota_rule",
     .kind = RECORD_CHOICE,
     .offset = AT(quota_rule),
     .names = quota_rule_names},
    {.key = "quota_total",
     .kind = RECORD_NUMBER,
     .offset = AT(quota_total),
     .max = QUOTA_FRAME_CAP},
    {.key = "frame_count", .kind = RECORD_NUMBER, .offset = AT(frame_count), .max = FRAME_CAP},
    {.key = "frame_root", .kind = RECORD_DIGEST, .offset = AT(frame_root)},
    {.key = "strata_hash", .kind = RECORD_DIGEST, .offset = AT(strata_hash)},
    {.key = "inspector_count",
     .kind = RECORD_NUMBER,
     .offset = AT(inspector_count),
     .max = ROSTER_INSPECTORS_CAP},
    {.key = "inspectors_hash", .kind = RECORD_DIGEST, .offset = AT(inspectors_hash)},
    {.key = "recusal_count",
     .kind = RECORD_NUMBER,
     .offset = AT(recusal_count),
     .max = ROSTER_RECUSALS_CAP},
    {.key = "recusals_hash", .kind = RECORD_DIGEST, .offset = AT(recusals_hash)},
    {.key = "region_tiers", .kind = RECORD_TEXT, .offset = AT(region_tiers)},
    {.key = "per_visit", .kind = RECORD_NUMBER, .offset = AT(per_visit), .max = FLOW_PER_VISIT_CAP},
    {.key = "reserves", .kind = RECORD_NUMBER, .offset = AT(reserves), .max = MATCH_RESERVES_CAP},
    {.key = "slack", .kind = RECORD_NUMBER, .offset = AT(slack), .max = ROSTER_VISITS_CAP},
    {.key = "load_cap", .kind = RECORD_NUMBER, .offset = AT(load_cap), .max = ROSTER_VISITS_CAP},
    {.key = "salt_key_hash", .kind = RECORD_DIGEST, .offset = AT(salt_key_hash)},
    {.key = "secret_hash", .kind = RECORD_DIGEST, .offset = AT(secret_hash)},
    {.key = "beacon_source",
     .kind = RECORD_CHOICE,
     .offset = AT(beacon_source),
     .names = beacon_source_names},
    {.key = "committed_at_s",
     .kind = RECORD_NUMBER,
     .offset = AT(committed_at_s),
     .max = MOMENT_CAP_S},
    {.key = "beacon_delay_s",
     .kind = RECORD_NUMBER,
     .offset = AT(beacon_delay_s),
     .max = NUMBER_CAP},
    {.key = "beacon_round", .kind = RECORD_NUMBER, .offset = AT(beacon_round), .max = MOMENT_CAP_S},
    {.key = "beacon_rule", .kind = RECORD_TEXT, .offset = AT(beacon_rule)},
    {.key = "log_previous", .kind = RECORD_DIGEST, .offset = AT(log_previous)},
};

static const size_t field_count = sizeof fields / sizeof fields[0];
static const struct text exclusion_key = {"exclusion=", sizeof "exclusion=" - 1};

bool commit_tiers(struct text tiers, size_t widths[COMMIT_TIERS_CAP], size_t *count)
{
    size_t at = 0;
    for (*count = 0; *count < COMMIT_TIERS_CAP; at++) {
        size_t start = at;
        while (at < tiers.size && tiers.data[at] != ',')
            at++;
        struct text part = {tiers.data + start, at - start};
        int64_t width;
        bool canonical = part.size > 0 && part.data[0] >= '0' && part.data[0] <= '9' &&
                         (part.size == 1 || part.data[0] != '0');
        if (!canonical || !text_to_i64(part, &width) || width > LINES_ID_CAP ||
            (*count > 0 && (size_t)width >= widths[*count - 1]))
            return false;
        widths[(*count)++] = (size_t)width;
        if (at == tiers.size)
            return true;
    }
    return false;
}

static bool check_beacon(const struct commit *commit, struct error *err)
{
    int64_t round = beacon_quicknet_round(commit->committed_at_s, commit->beacon_delay_s);
    bool drand = commit->beacon_source == BEACON_DRAND_QUICKNET;
    bool declared = commit->beacon_source == BEACON_DECLARED_TEXT;
    if (commit->beacon_round != (drand ? round : 0) || (drand && round == 0))
        return error_set(err, ERROR_INPUT, "beacon_round", "expected %lld by rule, found %lld",
                         (long long)(drand ? round : 0), (long long)commit->beacon_round);
    if (declared == (commit->beacon_rule.size == 0))
        return error_set(err, ERROR_INPUT, "beacon_rule",
                         "expected %s for the source %s, found \"%.*s\"",
                         declared ? "the rule of the declared text" : "nothing",
                         beacon_source_names[commit->beacon_source], (int)commit->beacon_rule.size,
                         commit->beacon_rule.data);
    if (commit->rehearsal != (commit->beacon_source == BEACON_REHEARSAL))
        return error_set(err, ERROR_INPUT, "rehearsal",
                         "expected yes exactly for the beacon source rehearsal, found %s",
                         yes_names[commit->rehearsal]);
    return true;
}

static bool check_redraw(const struct commit *commit, struct error *err)
{
    if (commit->number < 1)
        return error_set(err, ERROR_INPUT, "number", "expected 1 or more, found %lld",
                         (long long)commit->number);
    if (commit->redraw_of >= commit->number)
        return error_set(err, ERROR_INPUT, "redraw_of", "expected a number below %lld, found %lld",
                         (long long)commit->number, (long long)commit->redraw_of);
    if ((commit->redraw_of == 0) != (commit->redraw_reason.size == 0))
        return error_set(err, ERROR_INPUT, "redraw_reason",
                         "expected a reason exactly for a redraw, found \"%.*s\"",
                         (int)commit->redraw_reason.size, commit->redraw_reason.data);
    if (commit->reveal_by < commit->as_of)
        return error_set(err, ERROR_INPUT, "reveal_by", "expected a day from as_of on");
    return true;
}

static bool check_exclusions(const struct commit *commit, struct error *err)
{
    if (commit->exclusion_count > COMMIT_EXCLUSIONS_CAP)
        return error_set(err, ERROR_LIMIT, "exclusion", "at most %d reasons, found %zu",
                         COMMIT_EXCLUSIONS_CAP, commit->exclusion_count);
    for (size_t i = 0; i < commit->exclusion_count; i++) {
        const struct commit_exclusion *row = &commit->exclusions[i];
        if (!lines_is_id(row->reason) || row->count < 0 || row->count > FRAME_CAP ||
            (i > 0 && text_compare(row[-1].reason, row->reason) >= 0))
            return error_set(err, ERROR_INPUT, "exclusion",
                             "expected reasons in ascending order with counts from 0 to %d, found "
                             "\"%.*s\" with %lld",
                             FRAME_CAP, (int)(row->reason.size < 100 ? row->reason.size : 100),
                             row->reason.data, (long long)row->count);
    }
    return true;
}

bool commit_check(const struct commit *commit, struct error *err)
{
    size_t widths[COMMIT_TIERS_CAP];
    size_t count;
    if (!record_check(fields, field_count, commit, err) || !check_redraw(commit, err) ||
        !check_beacon(commit, err) || !check_exclusions(commit, err))
        return false;
    if (!commit_tiers(commit->region_tiers, widths, &count))
        return error_set(err, ERROR_INPUT, "region_tiers",
                         "expected 1 to %d falling numbers separated by commas, found \"%.*s\"",
                         COMMIT_TIERS_CAP, (int)commit->region_tiers.size,
                         commit->region_tiers.data);
    return true;
}

bool commit_write(const struct commit *commit, struct arena *arena, struct text *out,
                  struct error *err)
{
    struct lines_writer writer;
    lines_start(&writer, arena, 4096);
    record_write(fields, field_count, commit, &writer);
    for (size_t i = 0; i < commit->exclusion_count; i++) {
        lines_put(&writer, exclusion_key);
        lines_put(&writer, commit->exclusions[i].reason);
        lines_tab(&writer);
        lines_put_number(&writer, commit->exclusions[i].count);
        lines_end(&writer);
    }
    return lines_finish(&writer, out, err);
}

static bool read_exclusion(struct lines_reader *reader, struct commit_exclusion *row,
                           struct error *err)
{
    struct text parts[2];
    if (!lines_fields(reader, parts, 2, err))
        return false;
    if (parts[0].size <= exclusion_key.size ||
        memcmp(parts[0].data, exclusion_key.data, exclusion_key.size) != 0)
        return lines_invalid(reader, err, "expected \"exclusion=…\", found \"%.*s\"",
                             (int)(parts[0].size < 100 ? parts[0].size : 100), parts[0].data);
    row->reason =
        (struct text){parts[0].data + exclusion_key.size, parts[0].size - exclusion_key.size};
    return lines_id(reader, row->reason, "exclusion", err) &&
           lines_number(reader, parts[1], "count", 0, FRAME_CAP, &row->count, err);
}

bool commit_read(struct text content, struct arena *arena, struct commit *out, struct error *err)
{
    struct lines_reader reader = lines_reader_of(bundle_rules[BUNDLE_COMMIT].name, content);
    *out = (struct commit){.number = 0};
    if (!record_read(fields, field_count, &reader, out, err))
        return false;
    out->exclusions = arena_array(arena, lines_count(reader.rest), sizeof *out->exclusions);
    if (!out->exclusions)
        return arena_error(arena, err);
    while (lines_more(&reader)) {
        if (!read_exclusion(&reader, &out->exclusions[out->exclusion_count], err))
            return false;
        out->exclusion_count++;
    }
    if (commit_check(out, err))
        return true;
    struct error inner = *err;
    return error_set(err, ERROR_INVALID, reader.file, "%s: %s", inner.subject, inner.message);
}

int64_t commit_beacon_at_s(const struct commit *commit)
{
    if (commit->beacon_source == BEACON_REHEARSAL)
        return commit->committed_at_s; /* it follows from the commit */
    if (commit->beacon_source == BEACON_DRAND_QUICKNET)
        return beacon_quicknet_moment_s(commit->beacon_round);
    return commit->committed_at_s + commit->beacon_delay_s;
}

bool commit_beacon_due(const struct commit *commit, int64_t now_s, struct error *err)
{
    int64_t wait_s = commit_beacon_at_s(commit) - now_s;
    return wait_s <= 0 || error_set(err, ERROR_CONFLICT, "beacon",
                                    "the beacon of this draw is not known yet: it will be in "
                                    "%lld s, and nothing that is known now can be it",
                                    (long long)wait_s);
}
