/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/identity.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* GB 32100-2015, table 1; a digit's value is its index. */
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
enum { ALPHABET_SIZE = sizeof alphabet - 1 };

static unsigned value_in_alphabet(char c)
{
    const char *at = memchr(alphabet, c, ALPHABET_SIZE);
    assert(at);
    return (unsigned)(at - alphabet);
}

/* GB 11714-1997: here letters count on from 10 = A with none left out. */
static char organisation_check(const char *body)
{
    static const unsigned weights[8] = {3, 7, 9, 10, 5, 8, 4, 2};
    unsigned sum = 0;
    for (int i = 0; i < 8; i++) {
        char c = body[i];
        sum += weights[i] * (unsigned)(c <= '9' ? c - '0' : c - 'A' + 10);
    }
    unsigned check = (11 - sum % 11) % 11;
    return check == 10 ? 'X' : (char)('0' + check);
}

/* GB 32100-2015: weights 3^(i-1) mod 31. */
static char credit_check(const char *code)
{
    unsigned sum = 0;
    unsigned weight = 1;
    for (int i = 0; i < 17; i++) {
        sum += weight * value_in_alphabet(code[i]);
        weight = weight * 3 % ALPHABET_SIZE;
    }
    return alphabet[(ALPHABET_SIZE - sum % ALPHABET_SIZE) % ALPHABET_SIZE];
}

void identity_credit_code(const char *kind, const char *region, const char *letters,
                          uint64_t serial, char out[IDENTITY_CREDIT_SIZE])
{
    assert(serial < IDENTITY_SERIAL_COUNT);
    snprintf(out, IDENTITY_CREDIT_SIZE, "%.2s%.6s%.3s%05u", kind, region, letters,
             (unsigned)serial % IDENTITY_SERIAL_COUNT);
    out[16] = organisation_check(out + 8);
    out[17] = credit_check(out);
    out[18] = '\0';
}

/* ISO 7064 MOD 11,10 over fourteen digits. */
static char registration_check(const char *digits)
{
    unsigned product = 10;
    for (int i = 0; i < 14; i++) {
        unsigned sum = (product + (unsigned)(digits[i] - '0')) % 10;
        product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (char)('0' + (11 - product) % 10);
}

void identity_registration_number(const char *region, uint64_t serial,
                                  char out[IDENTITY_REGISTRATION_SIZE])
{
    assert(serial < IDENTITY_SERIAL_COUNT);
    snprintf(out, IDENTITY_REGISTRATION_SIZE, "%.6s9%07u", region,
             (unsigned)serial % IDENTITY_SERIAL_COUNT);
    out[14] = registration_check(out);
    out[15] = '\0';
}

void identity_spoil(char code[IDENTITY_CREDIT_SIZE])
{
    code[17] = alphabet[(value_in_alphabet(code[17]) + 1) % ALPHABET_SIZE];
}
