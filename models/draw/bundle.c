/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/bundle.h"

#include <string.h>

#define KIBIBYTE ((size_t)1024)
#define MEBIBYTE (KIBIBYTE * KIBIBYTE)

const struct bundle_rule bundle_rules[BUNDLE_FILE_COUNT] = {
    [BUNDLE_README] = {"README.txt", 64 * KIBIBYTE, BUNDLE_COMMITTED},
    [BUNDLE_COMMIT] = {"commit.txt", MEBIBYTE, BUNDLE_COMMITTED},
    [BUNDLE_SALT] = {"salt.txt", 4 * KIBIBYTE, BUNDLE_COMMITTED},
    [BUNDLE_STRATA] = {"strata.tsv", MEBIBYTE, BUNDLE_COMMITTED},
    [BUNDLE_FRAME] = {"frame.tsv", 4096 * MEBIBYTE, BUNDLE_COMMITTED},
    [BUNDLE_INSPECTORS] = {"inspectors.tsv", 64 * MEBIBYTE, BUNDLE_COMMITTED},
    [BUNDLE_RECUSALS] = {"recusals.tsv", 1024 * MEBIBYTE, BUNDLE_COMMITTED},
    [BUNDLE_DRAW] = {"draw.txt", 64 * KIBIBYTE, BUNDLE_DRAWN},
    [BUNDLE_RESULT] = {"result.tsv", 2048 * MEBIBYTE, BUNDLE_DRAWN},
    [BUNDLE_REVEAL] = {"reveal.txt", 4 * KIBIBYTE, BUNDLE_REVEALED},
    [BUNDLE_LOG] = {"log.txt", 4 * KIBIBYTE, BUNDLE_COMMITTED},
};

const char *const bundle_state_names[] = {
    [BUNDLE_COMMITTED] = "COMMITTED", [BUNDLE_DRAWN] = "DRAWN", [BUNDLE_REVEALED] = "REVEALED"};

const char bundle_readme[] =
    "A double-random draw, for auditors. Not for publication: strata.tsv, frame.tsv, salt.txt and\n"
    "result.tsv show what the public bundle hides.\n"
    "\n"
    "commit.txt      what was fixed before any randomness was known\n"
    "salt.txt        the key of the salts in the commit's digests\n"
    "strata.tsv      name, rate in parts per million, minimum, maximum, entities in the frame\n"
    "frame.tsv       every entity that could be drawn: id, stratum, region, licence needed\n"
    "inspectors.tsv  id, department, region, most visits (0 = no cap), specialities\n"
    "recusals.tsv    inspector, entity he or she must not visit\n"
    "draw.txt        the beacon and the digests of the key and the result\n"
    "result.tsv      the entities drawn, with their inspectors and reserves\n"
    "reveal.txt      the secret and the key, after the visits; without it the draw cannot be\n"
    "                verified to the end\n"
    "log.txt         the log hashes to compare with the authority's published log\n"
    "\n"
    "Every byte is defined in models/draw/FORMAT.md. To verify: heng verify FOLDER\n";

bool bundle_file_of(const char *name, enum bundle_file *out)
{
    for (int i = 0; i < BUNDLE_FILE_COUNT; i++) {
        if (strcmp(bundle_rules[i].name, name) == 0) {
            *out = (enum bundle_file)i;
            return true;
        }
    }
    return false;
}

bool bundle_state_of(const struct bundle *bundle, enum bundle_state *out, struct error *err)
{
    *out = BUNDLE_COMMITTED;
    for (int i = 0; i < BUNDLE_FILE_COUNT; i++) {
        if (bundle->files[i].data && bundle_rules[i].since > *out)
            *out = bundle_rules[i].since;
    }
    for (int i = 0; i < BUNDLE_FILE_COUNT; i++) {
        const struct bundle_rule *rule = &bundle_rules[i];
        if (!bundle->files[i].data && rule->since <= *out)
            return error_set(err, ERROR_INVALID, rule->name,
                             "expected this file in the state %s, found none",
                             bundle_state_names[*out]);
        if (bundle->files[i].size > rule->size_cap)
            return error_set(err, ERROR_LIMIT, rule->name,
                             "the file has at most %zu bytes, found %zu", rule->size_cap,
                             bundle->files[i].size);
    }
    return true;
}
