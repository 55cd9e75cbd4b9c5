/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * "Did you mean …?": the nearest of a list of known words to a mistyped one, by the number of
 * inserted, deleted, replaced or swapped neighbouring bytes. Words are compared up to
 * SUGGEST_WORD_SIZE bytes.
 */
#ifndef HENG_DAEMON_SUGGEST_H
#define HENG_DAEMON_SUGGEST_H

#include <stddef.h>

enum { SUGGEST_WORD_SIZE = 64, SUGGEST_TEXT_SIZE = SUGGEST_WORD_SIZE + 32 };

/* Collects candidates one by one. */
struct suggest {
    const char *word;
    const char *best; /* owned by the caller of suggest_offer() */
    size_t distance;
};

void suggest_init(struct suggest *suggest, const char *word);
void suggest_offer(struct suggest *suggest, const char *candidate);

/* "; did you mean <prefix><best>?" into buffer (SUGGEST_TEXT_SIZE bytes), returned; "" when nothing
 * is near enough (more than a third of the word wrong). */
const char *suggest_text(const struct suggest *suggest, const char *prefix, char *buffer);

#endif
