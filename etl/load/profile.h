/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a file is like through a mapping: gathered row by row while a load only checks. Fields are
 * looked at one by one, so that a row's second fault is seen too; rows that cannot be told apart
 * into columns count as rejects only.
 */
#ifndef HENG_ETL_LOAD_PROFILE_H
#define HENG_ETL_LOAD_PROFILE_H

#include "etl/load/frequency.h"
#include "etl/load/version.h"
#include "etl/record/row.h"

enum profile_shape {
    SHAPE_WHOLE_NUMBER,
    SHAPE_DECIMAL_NUMBER,
    SHAPE_DATE_ISO,
    SHAPE_DATE_SLASH,
    SHAPE_DATE_COMPACT,
    SHAPE_DATE_CHINESE,
    SHAPE_DATE_MONTH_FIRST,
    SHAPE_TEXT,
    SHAPE_COUNT
};

enum { PROFILE_EXAMPLES = 3, PROFILE_KEYS_CAP = 4000000 };

struct profile_field {
    int64_t filled;  /* the column has something */
    int64_t unknown; /* … that the field cannot hold */
    int64_t shapes[SHAPE_COUNT];
    int64_t out_of_range;         /* days before 1949-10-01, or to come where none should */
    int64_t out_of_range_line;    /* the first */
    char first_on[DAY_TEXT_SIZE]; /* of days; "" = none */
    char last_on[DAY_TEXT_SIZE];
    size_t list_size;                /* codes that the field's list has; 0 = no list */
    struct frequency values;         /* as stored, of fields with a list */
    struct frequency unknown_values; /* as they stand in the file */
};

struct profile_reject {
    int64_t count;
    int64_t lines[PROFILE_EXAMPLES];
    char messages[PROFILE_EXAMPLES][REJECT_MESSAGE_SIZE];
    char fields[PROFILE_EXAMPLES][REJECT_FIELD_SIZE];
};

struct profile {
    const char *today;    /* YYYY-MM-DD */
    int64_t columns_read; /* rows that could be told apart into columns */
    struct profile_field fields[KIND_FIELDS_CAP];
    struct profile_reject rejects[REJECT_REASON_COUNT];
    struct version_map keys;
    int64_t keys_seen;     /* rows whose key was compared: the first PROFILE_KEYS_CAP */
    int64_t repeated;      /* keys that came before with the same contents */
    int64_t contradicting; /* … with other contents */
    int64_t duplicate_lines[PROFILE_EXAMPLES];
    bool loaded_before; /* the file was loaded to its end: a load would change nothing */
    bool refused;       /* a load would refuse the file for the share of rejects */
};

ERROR_CHECKED bool profile_init(struct profile *profile, const char *today, struct error *err);
void profile_free(struct profile *profile);

/* The row that was read last; row is NULL when it was rejected, then reject says why. */
ERROR_CHECKED bool profile_add(struct profile *profile, struct row_reader *reader,
                               const struct row *row, const struct reject *reject, int64_t line,
                               struct error *err);

const char *profile_shape_name(enum profile_shape shape);

#endif
