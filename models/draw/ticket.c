/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/draw/ticket.h"

#include <assert.h>
#include <string.h>

/* The two NUL bytes that follow the tag: one ends the literal, one is written. */
static const char key_tag[16] = "SR-DRAW-KEY-v1\0";

void ticket_key(enum digest_alg alg, const unsigned char commit[DIGEST_SIZE],
                const unsigned char beacon[DIGEST_SIZE], const unsigned char secret[DIGEST_SIZE],
                unsigned char key[DIGEST_SIZE])
{
    unsigned char message[sizeof key_tag + 3 * DIGEST_SIZE];
    memcpy(message, key_tag, sizeof key_tag);
    memcpy(message + sizeof key_tag, commit, DIGEST_SIZE);
    memcpy(message + sizeof key_tag + DIGEST_SIZE, beacon, DIGEST_SIZE);
    memcpy(message + sizeof key_tag + 2 * DIGEST_SIZE, secret, DIGEST_SIZE);
    digest_of(alg, message, sizeof message, key);
}

bool ticket_open(struct ticket_press *press, enum digest_alg alg,
                 const unsigned char key[DIGEST_SIZE], struct error *err)
{
    press->digest = digest_new(alg);
    if (!press->digest)
        return error_memory(err);
    memcpy(press->message, key, DIGEST_SIZE);
    return true;
}

void ticket_close(struct ticket_press *press)
{
    digest_free(press->digest);
    memset(press, 0, sizeof *press);
}

static struct ticket print(struct ticket_press *press, enum ticket_domain domain, size_t size)
{
    struct ticket ticket;
    press->message[DIGEST_SIZE] = (unsigned char)domain;
    digest_start(press->digest);
    digest_update(press->digest, press->message, DIGEST_SIZE + 1 + size);
    digest_finish(press->digest, ticket.bytes);
    return ticket;
}

struct ticket ticket_of(struct ticket_press *press, enum ticket_domain domain, struct text subject)
{
    assert(subject.size <= TICKET_ID_CAP);
    memcpy(press->message + DIGEST_SIZE + 1, subject.data, subject.size);
    return print(press, domain, subject.size);
}

struct ticket ticket_of_pair(struct ticket_press *press, struct text inspector, struct text entity)
{
    assert(inspector.size <= TICKET_ID_CAP && entity.size <= TICKET_ID_CAP);
    unsigned char *subject = press->message + DIGEST_SIZE + 1;
    memcpy(subject, inspector.data, inspector.size);
    subject[inspector.size] = 0;
    memcpy(subject + inspector.size + 1, entity.data, entity.size);
    return print(press, TICKET_INSPECTOR, inspector.size + 1 + entity.size);
}

uint64_t ticket_number(const struct ticket *ticket)
{
    return digest_prefix(ticket->bytes);
}

int ticket_compare(const struct ticket *a, struct text a_id, const struct ticket *b,
                   struct text b_id)
{
    int order = memcmp(a->bytes, b->bytes, DIGEST_SIZE);
    return order ? order : text_compare(a_id, b_id);
}
