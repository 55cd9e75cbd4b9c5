/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/demo/identity.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "models/codes/uscc.h"

void identity_credit_code(const char *kind, const char *region, const char *letters,
                          uint64_t serial, char out[IDENTITY_CREDIT_SIZE])
{
    assert(serial < IDENTITY_SERIAL_COUNT);
    char body[USCC_SIZE];
    char organisation[USCC_ORG_SIZE];
    snprintf(body, sizeof body, "%.2s%.6s%.3s%05u", kind, region, letters,
             (unsigned)serial % IDENTITY_SERIAL_COUNT);
    bool composed = uscc_compose_org(body + 8, organisation);
    assert(composed);
    memcpy(body + 8, organisation, USCC_ORG_SIZE);
    composed = uscc_compose(body, out);
    assert(composed);
    (void)composed;
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
    code[17] = code[17] == '0' ? '1' : '0';
}
