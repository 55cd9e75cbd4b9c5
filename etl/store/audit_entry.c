/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/audit_entry.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char PREFIX[] = "heng-audit-1\n";

enum { NUMBER_SIZE = 24 };

static void update_field(struct digest *digest, struct text field)
{
    char length[NUMBER_SIZE];
    int printed = snprintf(length, sizeof length, "%zu:", field.size);
    digest_update(digest, length, (size_t)printed);
    digest_update(digest, field.data, field.size);
    digest_update(digest, "\n", 1);
}

void audit_entry_hash(const struct audit_entry *entry, unsigned char out[DIGEST_SIZE])
{
    char number[NUMBER_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert(digest);
    snprintf(number, sizeof number, "%" PRId64, entry->sequence);
    const struct text fields[] = {text_of(number), entry->at,     entry->actor,     entry->action,
                                  entry->subject,  entry->detail, entry->request_id};
    digest_start(digest);
    digest_update(digest, PREFIX, sizeof PREFIX - 1);
    digest_update(digest, entry->previous_hash, DIGEST_SIZE);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        update_field(digest, fields[i]);
    digest_finish(digest, out);
    digest_free(digest);
}

void audit_check_init(struct audit_check *check)
{
    *check = (struct audit_check){.sequence = 0};
}

void audit_check_expect(struct audit_check *check, int64_t sequence,
                        const unsigned char hash[DIGEST_SIZE])
{
    check->head_sequence = sequence;
    memcpy(check->head_hash, hash, DIGEST_SIZE);
}

static bool bad(int64_t sequence, struct error *err, const char *what)
{
    char subject[NUMBER_SIZE];
    snprintf(subject, sizeof subject, "%" PRId64, sequence);
    return error_set(err, ERROR_INVALID, subject, "audit entry %s: %s", subject, what);
}

bool audit_check_next(struct audit_check *check, const struct audit_entry *entry, struct error *err)
{
    unsigned char hash[DIGEST_SIZE];
    if (entry->sequence != check->sequence + 1)
        return bad(check->sequence + 1, err, "expected here, but the chain goes on elsewhere");
    if (memcmp(entry->previous_hash, check->hash, DIGEST_SIZE) != 0)
        return bad(entry->sequence, err, "its previous hash is not the hash of the entry before");
    audit_entry_hash(entry, hash);
    if (memcmp(entry->hash, hash, DIGEST_SIZE) != 0)
        return bad(entry->sequence, err, "its hash is not the hash of its fields");
    if (entry->sequence == check->head_sequence &&
        memcmp(entry->hash, check->head_hash, DIGEST_SIZE) != 0)
        return bad(entry->sequence, err, "its hash is not the one that was exported");
    check->sequence = entry->sequence;
    memcpy(check->hash, hash, DIGEST_SIZE);
    return true;
}

bool audit_check_end(const struct audit_check *check, int64_t stored_sequence,
                     const unsigned char stored_hash[DIGEST_SIZE], struct error *err)
{
    if (check->sequence < check->head_sequence)
        return bad(check->sequence + 1, err, "was exported as part of the chain, but is missing");
    if (check->sequence != stored_sequence)
        return bad(check->sequence + 1, err, "the stored head names another last entry");
    return memcmp(check->hash, stored_hash, DIGEST_SIZE) == 0 ||
           bad(check->sequence, err, "the stored head has another hash");
}
