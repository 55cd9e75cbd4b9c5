/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A growing buffer for the text form of COPY: columns end in a tab, rows in a line feed, NULL is
 * \N. Appending fails only for want of memory or past BYTES_CAP; the failure is remembered, so a
 * row is written first and bytes_ok() asked once.
 */
#ifndef HENG_ETL_RECORD_BYTES_H
#define HENG_ETL_RECORD_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/text.h"

enum { BYTES_CAP = 64 * 1024 * 1024 };

struct bytes {
    char *data;
    size_t size;
    size_t room;
    bool failed;
};

void bytes_reset(struct bytes *bytes); /* empties, keeps the memory */
void bytes_free(struct bytes *bytes);
bool bytes_ok(const struct bytes *bytes);

void bytes_append(struct bytes *bytes, const char *data, size_t size);

/* Column values, each followed by a tab. */
void bytes_column_null(struct bytes *bytes);
void bytes_column_text(struct bytes *bytes, struct text value);
void bytes_column_binary(struct bytes *bytes, struct text value); /* of type bytea */
void bytes_column_integer(struct bytes *bytes, int64_t value);
/* Turns the last tab into the end of the row. */
void bytes_end_row(struct bytes *bytes);

#endif
