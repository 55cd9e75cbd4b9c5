/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dirt of real files, put around clean rows in small shares (named in dirt.c):
 * - a spoiled row that must be rejected, for exactly one reason, sent before the good one;
 * - the same row sent twice;
 * - full-width digits, blanks around text and other spellings of the same date, which must not
 *   change what the row means.
 * A good row is always sent, so that dirt never hides a planted truth.
 */
#ifndef HENG_ETL_DEMO_DIRT_H
#define HENG_ETL_DEMO_DIRT_H

#include "etl/demo/chance.h"
#include "etl/demo/sheet.h"

/* Writes a record whose good row has the given outcome. Changes row. */
void dirt_send(struct sheet *sheet, struct chance *chance, struct sheet_row *row,
               enum sheet_outcome outcome);

#endif
