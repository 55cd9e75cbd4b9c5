/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/docket.h"

#include "models/draw/salt.h"

static const struct record_field salt_fields[] = {
    {.key = "format", .kind = RECORD_LITERAL, .literal = "SR-DRAW-SALT-v1"},
    {.key = "salt_key", .kind = RECORD_DIGEST, .offset = offsetof(struct docket, salt_key)}};

static const size_t salt_field_count = sizeof salt_fields / sizeof salt_fields[0];

enum digest_alg docket_alg(const struct docket *docket)
{
    return (enum digest_alg)docket->commit.alg;
}

bool docket_write_salt(const struct docket *docket, struct arena *arena, struct text *out,
                       struct error *err)
{
    struct lines_writer writer;
    lines_start(&writer, arena, 256);
    record_write(salt_fields, salt_field_count, docket, &writer);
    return lines_finish(&writer, out, err);
}

static bool hash_table(const struct docket *docket, const struct bundle *bundle,
                       enum bundle_file file, unsigned char out[DIGEST_SIZE], struct error *err)
{
    return salt_table(docket_alg(docket), docket->salt_key, bundle_rules[file].name,
                      bundle->files[file], out, err);
}

bool docket_seal(struct docket *docket, const struct bundle *bundle, struct error *err)
{
    struct commit *commit = &docket->commit;
    digest_of(docket_alg(docket), docket->salt_key, DIGEST_SIZE, commit->salt_key_hash);
    commit->frame_count = (int64_t)docket->frame.count;
    commit->inspector_count = (int64_t)docket->roster.inspector_count;
    commit->recusal_count = (int64_t)docket->roster.recusal_count;
    return hash_table(docket, bundle, BUNDLE_STRATA, commit->strata_hash, err) &&
           hash_table(docket, bundle, BUNDLE_INSPECTORS, commit->inspectors_hash, err) &&
           hash_table(docket, bundle, BUNDLE_RECUSALS, commit->recusals_hash, err) &&
           frame_root(&docket->frame, docket_alg(docket), docket->salt_key, commit->frame_root,
                      err);
}

static bool same_count(enum bundle_file file, int64_t expected, int64_t found, struct error *err)
{
    return expected == found || error_set(err, ERROR_INVALID, bundle_rules[file].name,
                                          "expected %lld rows as committed, found %lld",
                                          (long long)expected, (long long)found);
}

static bool read_salt(const struct bundle *bundle, struct docket *out, struct error *err)
{
    struct lines_reader reader =
        lines_reader_of(bundle_rules[BUNDLE_SALT].name, bundle->files[BUNDLE_SALT]);
    unsigned char hash[DIGEST_SIZE];
    if (!record_read(salt_fields, salt_field_count, &reader, out, err))
        return false;
    if (lines_more(&reader))
        return error_set(err, ERROR_INVALID, reader.file, "expected %zu lines, found more",
                         salt_field_count);
    digest_of(docket_alg(out), out->salt_key, DIGEST_SIZE, hash);
    return ledger_same(BUNDLE_SALT, "digest of the salt key", out->commit.salt_key_hash, hash, err);
}

static bool read_tables(const struct bundle *bundle, struct arena *arena, struct docket *out,
                        struct error *err)
{
    const struct text *files = bundle->files;
    return strata_read(files[BUNDLE_STRATA], arena, &out->strata, err) &&
           frame_read(files[BUNDLE_FRAME], arena, &out->frame, err) &&
           roster_read(files[BUNDLE_INSPECTORS], files[BUNDLE_RECUSALS], arena, &out->roster, err);
}

/* Against what the commit says; the order is that of the files. */
static bool check_tables(const struct bundle *bundle, const struct docket *docket,
                         struct error *err)
{
    const struct commit *commit = &docket->commit;
    struct docket found = *docket;
    if (!docket_seal(&found, bundle, err))
        return false;
    return ledger_same(BUNDLE_STRATA, "salted digest", commit->strata_hash,
                       found.commit.strata_hash, err) &&
           same_count(BUNDLE_FRAME, commit->frame_count, found.commit.frame_count, err) &&
           ledger_same(BUNDLE_FRAME, "root", commit->frame_root, found.commit.frame_root, err) &&
           same_count(BUNDLE_INSPECTORS, commit->inspector_count, found.commit.inspector_count,
                      err) &&
           ledger_same(BUNDLE_INSPECTORS, "salted digest", commit->inspectors_hash,
                       found.commit.inspectors_hash, err) &&
           same_count(BUNDLE_RECUSALS, commit->recusal_count, found.commit.recusal_count, err) &&
           ledger_same(BUNDLE_RECUSALS, "salted digest", commit->recusals_hash,
                       found.commit.recusals_hash, err);
}

static bool check_strata(const struct docket *docket, struct arena *arena, struct error *err)
{
    const struct commit *commit = &docket->commit;
    if (quota_check((enum quota_rule)commit->quota_rule, commit->quota_total, docket->strata.rows,
                    docket->strata.count, err))
        return strata_check(&docket->strata, &docket->frame, arena, err);
    struct error inner = *err;
    return error_set(err, ERROR_INVALID, bundle_rules[BUNDLE_STRATA].name, "%s", inner.message);
}

/* Before the tables: a commit that was changed is named as such, not through what it states. */
static bool check_log(const struct bundle *bundle, struct docket *out, struct error *err)
{
    enum bundle_state state;
    return bundle_state_of(bundle, &state, err) &&
           ledger_read_log(bundle->files[BUNDLE_LOG], docket_alg(out), state, &out->log, err) &&
           ledger_check(&out->log, BUNDLE_COMMITTED, docket_alg(out), out->commit.log_previous,
                        bundle->files[BUNDLE_COMMIT], err);
}

bool docket_read(const struct bundle *bundle, struct arena *arena, struct docket *out,
                 struct error *err)
{
    struct text record = bundle->files[BUNDLE_COMMIT];
    *out = (struct docket){.frame = {.count = 0}};
    if (!commit_read(record, arena, &out->commit, err))
        return false;
    digest_of(docket_alg(out), record.data, record.size, out->commit_hash);
    return check_log(bundle, out, err) && read_salt(bundle, out, err) &&
           read_tables(bundle, arena, out, err) && check_tables(bundle, out, err) &&
           check_strata(out, arena, err);
}
