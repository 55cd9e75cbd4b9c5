/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Unified social credit code, GB 32100-2015: 18 characters of 0-9 A-Z without I O S V Z. Character
 * 1 is the registering authority, 2 the kind, 3 to 8 the region at the time of issue (which may
 * have been abolished since: it never decides validity), 9 to 17 the organisation code with its
 * own check character (GB 11714-1997), 18 the check character:
 *   c18 = (31 - sum(value_i * 3^(i-1) mod 31) mod 31) mod 31, value = place in the alphabet.
 *
 * A wrong organisation check character is a warning: codes in use have it. O and I are suggested
 * to be 0 and 1, never silently replaced.
 */
#ifndef HENG_MODELS_CODES_USCC_H
#define HENG_MODELS_CODES_USCC_H

#include <stdbool.h>

#include "models/core/text.h"

enum { USCC_LENGTH = 18, USCC_SIZE = 19, USCC_ORG_LENGTH = 9, USCC_ORG_SIZE = 10 };

enum uscc_verdict { USCC_VALID, USCC_BAD_LENGTH, USCC_BAD_ALPHABET, USCC_BAD_CHECK_CHARACTER };

struct uscc {
    enum uscc_verdict verdict;
    bool org_valid;             /* of a valid code: characters 9 to 17 pass GB 11714 */
    char code[USCC_SIZE];       /* normalised; cut to 18 bytes when longer */
    size_t length;              /* bytes found after normalising */
    size_t bad_at;              /* USCC_BAD_ALPHABET: place of the first wrong byte, from 1 */
    char expected;              /* USCC_BAD_CHECK_CHARACTER: what the last character should be */
    char suggestion[USCC_SIZE]; /* valid code got by O -> 0, I -> 1, or "" */
};

/* Normalises (full width folded, blanks removed, upper case) and checks. */
void uscc_check(struct text raw, struct uscc *out);

/* "valid", "length", "alphabet", "check_character". */
const char *uscc_verdict_name(enum uscc_verdict verdict);

/* What was expected and what was found, into buffer, which is returned. */
const char *uscc_explain(const struct uscc *uscc, char *buffer, size_t size);

struct uscc_kind {
    char code[3]; /* characters 1 and 2 */
    const char *zh;
    const char *en;
};

/* The kinds of GB 32100-2015; NULL for others (later amendments added some). */
const struct uscc_kind *uscc_kind_of(const char code[USCC_SIZE]);

/* The 18-character code that begins with these 17; false when one is not in the alphabet. */
bool uscc_compose(const char first[USCC_LENGTH - 1], char out[USCC_SIZE]);

/* The organisation code that begins with these 8 characters of 0-9 A-Z; false otherwise. */
bool uscc_compose_org(const char first[USCC_ORG_LENGTH - 1], char out[USCC_ORG_SIZE]);

#endif
