/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Why a row was not stored: a code from one table, the field, and what was expected and found. */
#ifndef HENG_ETL_RECORD_REJECT_H
#define HENG_ETL_RECORD_REJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "models/core/text.h"

enum reject_reason {
    REJECT_FORM,        /* the record cannot be split into fields */
    REJECT_COLUMNS,     /* another number of columns than the header */
    REJECT_ENCODING,    /* bytes that are not text in the file's encoding */
    REJECT_REQUIRED,    /* a required field is empty */
    REJECT_SUBJECT,     /* nothing names the entity */
    REJECT_CODE,        /* not in the field's code list */
    REJECT_CREDIT_CODE, /* wrong length, alphabet or check character (GB 32100) */
    REJECT_DATE,
    REJECT_NUMBER,
    REJECT_REGION,
    REJECT_INDUSTRY,
    REJECT_TOO_LONG,
    REJECT_OUTDATED, /* replayed when a later line said otherwise already */
    REJECT_REASON_COUNT
};

enum { REJECT_MESSAGE_SIZE = 256, REJECT_FIELD_SIZE = 80 };

struct reject {
    enum reject_reason reason;
    char field[REJECT_FIELD_SIZE]; /* "" for the row as a whole */
    char message[REJECT_MESSAGE_SIZE];
};

/* The code stored in load_reject.reason, for example "credit-code". */
const char *reject_code(enum reject_reason reason);

/* Fills *reject; found may be empty and is cut to a readable length. Returns false. */
bool reject_set(struct reject *reject, enum reject_reason reason, const char *field,
                const char *expected, struct text found);

#endif
