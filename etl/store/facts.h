/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a server says about itself and about the database that a connection string names.
 */
#ifndef HENG_ETL_STORE_FACTS_H
#define HENG_ETL_STORE_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "models/core/error.h"

enum { FACTS_TEXT_SIZE = 128 };

struct facts {
    char server_version[FACTS_TEXT_SIZE];
    char encoding[FACTS_TEXT_SIZE];
    char checksums[FACTS_TEXT_SIZE]; /* "on" or "off" */
    char database[FACTS_TEXT_SIZE];
    char role[FACTS_TEXT_SIZE];
    int64_t size_bytes;
    int64_t tables;
};

ERROR_CHECKED bool facts_fetch(const char *dsn, struct facts *facts, struct error *err);

#endif
