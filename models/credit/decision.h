/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which decision a record is of. The same penalty reaches an office from several channels
 * (公示系统, 双公示, 互联网+监管) under different keys; what they share is the number of the
 * decision, the agency that made it, and whom it is about. Spellings differ, so both texts are
 * compared as follows:
 *
 *   - full-width characters become half-width, a-z becomes A-Z
 *   - 〔〕[]（）【】﹝﹞〈〉《》{} become (), dashes become -
 *   - blanks of all kinds, and characters without width, are dropped
 *   - of a number: 第 before a digit, leading zeros of each run of digits, and a last 号 are
 * dropped: "渝市监处罚〔２０２１〕第 012号" is "渝市监处罚(2021)12"
 *
 * A number without a digit ("无", "/") or a record without an agency names no decision. The
 * identity is the first 8 bytes of SHA-256("record kind:number:agency"), top bit cleared. The SQL
 * function decision_id() of migration 0014 is the same.
 */
#ifndef HENG_MODELS_CREDIT_DECISION_H
#define HENG_MODELS_CREDIT_DECISION_H

#include <stdbool.h>
#include <stdint.h>

#include "models/core/digest.h"
#include "models/core/text.h"

enum { DECISION_TEXT_CAP = 4000 };

/* The number and the agency as they are compared, in out (value.size bytes). */
struct text decision_number(struct text value, char *out);
struct text decision_agency(struct text value, char *out);

/* False when the texts name no decision, or one of them is over DECISION_TEXT_CAP bytes. digest is
 * for SHA-256. */
bool decision_id(struct digest *digest, struct text record_kind, struct text document_no,
                 struct text agency, int64_t *out);

#endif
