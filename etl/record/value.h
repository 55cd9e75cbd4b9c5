/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One value of a file becomes one field: trimmed, mapped, checked, and brought into the one
 * spelling that is stored and hashed: days as YYYY-MM-DD, money as fen, sets sorted as a
 * PostgreSQL array literal, booleans as t or f. A missing value has data NULL.
 */
#ifndef HENG_ETL_RECORD_VALUE_H
#define HENG_ETL_RECORD_VALUE_H

#include "etl/record/codelist.h"
#include "etl/record/mapping.h"
#include "etl/record/reject.h"
#include "models/core/day.h"

enum {
    VALUE_TEXT_CAP = 4000,                 /* bytes of a text */
    VALUE_ID_CAP = CODELIST_CODE_SIZE - 1, /* bytes of an identifier: it fits a code list */
    VALUE_SET_CAP = 64                     /* members of a set */
};

#define VALUE_MISSING ((struct text){NULL, 0})

/* Room for the values of one row; reset before each. */
struct scratch {
    char *data;
    size_t used;
    size_t room;
};

struct value_lists {
    const struct codelist *regions;
    const struct codelist *industries;
};

/* NULL when the row needs more room than there is. */
char *scratch_take(struct scratch *scratch, size_t size);

/* Applies clean steps, value map and prefix to a raw (already trimmed UTF-8) value. */
bool value_clean(const struct mapped_value *mapped, struct text raw, struct scratch *scratch,
                 struct text *out, struct reject *reject);

/* The whole way from the column's value, or the mapping's constant instead of it; false = rejected
 * with the reason. lists may be NULL for fields that hold neither region nor industry. */
bool value_parse(const struct field *field, const struct mapped_value *mapped, struct text raw,
                 const struct value_lists *lists, struct scratch *scratch, struct text *out,
                 struct reject *reject);

/* A day in any of the forms, '长期' as 9999-12-31. */
bool value_day(const enum date_form *forms, size_t count, struct text value, day *out);

#endif
