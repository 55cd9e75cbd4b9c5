/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One entry of the audit chain and its hash. The hash is SHA-256 over these bytes:
 *
 *     "heng-audit-1\n"
 *     the 32 bytes of the previous entry's hash (32 zero bytes before the first)
 *     for each of sequence, at, actor, action, subject, detail, request_id:
 *         its length in bytes, decimal, ":", its bytes, "\n"
 *
 * sequence is decimal from 1 without gaps; at is UTC, YYYY-MM-DDThh:mm:ssZ; text is UTF-8. With the
 * lengths in front no two different entries have the same bytes.
 */
#ifndef HENG_ETL_STORE_AUDIT_ENTRY_H
#define HENG_ETL_STORE_AUDIT_ENTRY_H

#include <stdint.h>

#include "models/core/digest.h"
#include "models/core/error.h"

struct audit_entry {
    int64_t sequence;
    struct text at;
    struct text actor;
    struct text action;
    struct text subject;
    struct text detail;
    struct text request_id;
    unsigned char previous_hash[DIGEST_SIZE];
    unsigned char hash[DIGEST_SIZE];
};

void audit_entry_hash(const struct audit_entry *entry, unsigned char out[DIGEST_SIZE]);

/* A chain being checked from its first entry on. */
struct audit_check {
    int64_t sequence; /* of the last entry seen, 0 before the first */
    unsigned char hash[DIGEST_SIZE];
    int64_t head_sequence; /* an exported head to be found on the way; 0 = none */
    unsigned char head_hash[DIGEST_SIZE];
};

void audit_check_init(struct audit_check *check);

/* Expect the entry of this number to have this hash (from `heng audit head`). */
void audit_check_expect(struct audit_check *check, int64_t sequence,
                        const unsigned char hash[DIGEST_SIZE]);

/* Kind ERROR_INVALID, with the number of the first bad entry as the subject. */
ERROR_CHECKED bool audit_check_next(struct audit_check *check, const struct audit_entry *entry,
                                    struct error *err);

/* After the last entry: the stored head must be it, and the exported head must have been seen. */
ERROR_CHECKED bool audit_check_end(const struct audit_check *check, int64_t stored_sequence,
                                   const unsigned char stored_hash[DIGEST_SIZE], struct error *err);

#endif
