/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tickets: the only source of chance in a draw. The key K mixes the commit, a public beacon and a
 * secret of the authority; a ticket is H(K || domain || subject). Definition: FORMAT.md sections 2
 * and 3. Order: the ticket bytes, then the identifier bytes, shorter first.
 */
#ifndef HENG_MODELS_DRAW_TICKET_H
#define HENG_MODELS_DRAW_TICKET_H

#include "models/core/digest.h"
#include "models/core/error.h"

/* An identifier has at most this many bytes; FORMAT.md says which bytes it may hold. */
enum { TICKET_ID_CAP = 128 };

enum ticket_domain { TICKET_ENTITY = 1, TICKET_QUOTA = 2, TICKET_INSPECTOR = 3, TICKET_RESULT = 6 };

struct ticket {
    unsigned char bytes[DIGEST_SIZE];
};

/* Hashes many short messages that share one key. One thread at a time. */
struct ticket_press {
    struct digest *digest;
    unsigned char message[DIGEST_SIZE + 1 + 2 * TICKET_ID_CAP + 1];
};

void ticket_key(enum digest_alg alg, const unsigned char commit[DIGEST_SIZE],
                const unsigned char beacon[DIGEST_SIZE], const unsigned char secret[DIGEST_SIZE],
                unsigned char key[DIGEST_SIZE]);

ERROR_CHECKED bool ticket_open(struct ticket_press *press, enum digest_alg alg,
                               const unsigned char key[DIGEST_SIZE], struct error *err);
void ticket_close(struct ticket_press *press);

/* subject has at most TICKET_ID_CAP bytes. */
struct ticket ticket_of(struct ticket_press *press, enum ticket_domain domain, struct text subject);

/* The ticket of an inspector for the visit to an entity. */
struct ticket ticket_of_pair(struct ticket_press *press, struct text inspector, struct text entity);

/* The ticket as a number: its first 8 bytes, big endian. */
uint64_t ticket_number(const struct ticket *ticket);

int ticket_compare(const struct ticket *a, struct text a_id, const struct ticket *b,
                   struct text b_id);

#endif
