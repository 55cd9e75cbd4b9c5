/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Codes for invented firms: social credit codes that pass the checks of GB 32100-2015 (whole code)
 * and GB 11714-1997 (organisation part), and 15-digit registration numbers of the older scheme
 * (ISO 7064 MOD 11,10).
 *
 * No real firm has such a code: the organisation part begins with DEM or DEU (unknown to the
 * register), while issued parts begin with a digit, one letter before digits, or MA and its
 * successors. The registration numbers carry 9 as the seventh digit, a kind that was not issued
 * as far as we know.
 */
#ifndef HENG_ETL_DEMO_IDENTITY_H
#define HENG_ETL_DEMO_IDENTITY_H

#include <stdint.h>

enum {
    IDENTITY_CREDIT_SIZE = 19,
    IDENTITY_REGISTRATION_SIZE = 16,
    IDENTITY_SERIAL_COUNT = 100000 /* five digits follow the three letters */
};

/* kind: "91", "92" or "93"; region: six digits; letters: "DEM" or "DEU"; serial below
 * IDENTITY_SERIAL_COUNT. Two codes with the same letters and serial are the same firm's. */
void identity_credit_code(const char *kind, const char *region, const char *letters,
                          uint64_t serial, char out[IDENTITY_CREDIT_SIZE]);

void identity_registration_number(const char *region, uint64_t serial,
                                  char out[IDENTITY_REGISTRATION_SIZE]);

/* Puts a wrong check character in place of the right one. */
void identity_spoil(char code[IDENTITY_CREDIT_SIZE]);

#endif
