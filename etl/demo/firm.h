/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One invented market entity as a pure function of the scene and its index, and how the register
 * showed it on a given day. Shares aimed at are named in firm.c.
 */
#ifndef HENG_ETL_DEMO_FIRM_H
#define HENG_ETL_DEMO_FIRM_H

#include <stdbool.h>
#include <stdint.h>

#include "etl/demo/area.h"
#include "etl/demo/identity.h"
#include "etl/demo/scene.h"
#include "etl/demo/trade.h"

enum firm_kind { FIRM_ENTERPRISE, FIRM_INDIVIDUAL, FIRM_COOPERATIVE };
enum firm_status { FIRM_ACTIVE, FIRM_DEREGISTERED, FIRM_REVOKED, FIRM_MOVED_OUT };

enum { FIRM_NAME_SIZE = 160, FIRM_ADDRESS_SIZE = 240, FIRM_PERSON_SIZE = 32 };

struct firm {
    uint64_t index;
    enum scene_role role;
    unsigned slot; /* which firm of its role */
    enum firm_kind kind;
    const struct area *area;
    const struct trade *trade;
    bool troubled; /* draws more adverse records than others */
    day registered_on;
    enum firm_status status;
    day ended_on;               /* DAY_NONE while active */
    int64_t capital_yuan;       /* 0 when not stated */
    int64_t first_capital_yuan; /* before the change of capital, else equal */
    int32_t employees;
    char code[IDENTITY_CREDIT_SIZE];
    char registration_number[IDENTITY_REGISTRATION_SIZE]; /* "" when it never had one */
    char name[FIRM_NAME_SIZE];
    char person[FIRM_PERSON_SIZE]; /* legal representative */
};

void firm_of(const struct scene *scene, uint64_t index, struct firm *out);

/* What a register file made on a day says. Versions with equal members are the same content. */
struct firm_version {
    const char *region_code;
    enum firm_status status;
    day ended_on;
    int64_t capital_yuan;
};
struct firm_version firm_version_on(const struct firm *firm, const struct scene *scene, day on);
bool firm_version_equal(const struct firm_version *a, const struct firm_version *b);

/* The address carries the district's name of that day. */
void firm_address_on(const struct firm *firm, day on, char out[FIRM_ADDRESS_SIZE]);

/* The part of [first, last] in which the firm existed; false when there is none. */
bool firm_alive_within(const struct firm *firm, day *first, day *last);

#endif
