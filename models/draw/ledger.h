/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The records that follow a commit (draw.txt and reveal.txt) and the hashes under which the
 * authority's log knows all three (log.txt): H(00 || previous log hash || record bytes).
 * Definition: FORMAT.md section 10.
 */
#ifndef HENG_MODELS_DRAW_LEDGER_H
#define HENG_MODELS_DRAW_LEDGER_H

#include "models/draw/beacon.h"
#include "models/draw/bundle.h"
#include "models/draw/record.h"

struct ledger_draw {
    int rehearsal;
    unsigned char commit_hash[DIGEST_SIZE];
    int beacon_source;
    struct text beacon_evidence; /* hexadecimal */
    unsigned char beacon[DIGEST_SIZE];
    unsigned char key_hash[DIGEST_SIZE];    /* H(K) */
    unsigned char result_hash[DIGEST_SIZE]; /* H(K || 06 || result.tsv) */
    int64_t selected_count;
    unsigned char log_previous[DIGEST_SIZE];
};

struct ledger_reveal {
    unsigned char commit_hash[DIGEST_SIZE];
    unsigned char secret[DIGEST_SIZE];
    unsigned char key[DIGEST_SIZE];
    unsigned char log_previous[DIGEST_SIZE];
};

/* The log hash of each record that exists, by state. */
struct ledger_log {
    unsigned char entries[3][DIGEST_SIZE];
    enum bundle_state state; /* the last that exists */
};

ERROR_CHECKED bool ledger_write_draw(const struct ledger_draw *draw, struct arena *arena,
                                     struct text *out, struct error *err);
ERROR_CHECKED bool ledger_read_draw(struct text content, struct ledger_draw *out,
                                    struct error *err);
ERROR_CHECKED bool ledger_write_reveal(const struct ledger_reveal *reveal, struct arena *arena,
                                       struct text *out, struct error *err);
ERROR_CHECKED bool ledger_read_reveal(struct text content, struct ledger_reveal *out,
                                      struct error *err);
ERROR_CHECKED bool ledger_write_log(const struct ledger_log *log, enum digest_alg alg,
                                    struct arena *arena, struct text *out, struct error *err);
ERROR_CHECKED bool ledger_read_log(struct text content, enum digest_alg alg,
                                   enum bundle_state state, struct ledger_log *out,
                                   struct error *err);

/* The log hash of a record. */
ERROR_CHECKED bool ledger_hash(enum digest_alg alg, const unsigned char previous[DIGEST_SIZE],
                               struct text record, unsigned char out[DIGEST_SIZE],
                               struct error *err);

/* Is the log hash of this record the one that the log states? */
ERROR_CHECKED bool ledger_check(const struct ledger_log *log, enum bundle_state state,
                                enum digest_alg alg, const unsigned char previous[DIGEST_SIZE],
                                struct text record, struct error *err);

/* H(K || 06 || result) */
ERROR_CHECKED bool ledger_result_hash(enum digest_alg alg, const unsigned char key[DIGEST_SIZE],
                                      struct text result, unsigned char out[DIGEST_SIZE],
                                      struct error *err);

/* An error that names the digest of a file that is not as it must be; true when they are equal. */
ERROR_CHECKED bool ledger_same(enum bundle_file file, const char *name,
                               const unsigned char expected[DIGEST_SIZE],
                               const unsigned char found[DIGEST_SIZE], struct error *err);

#endif
