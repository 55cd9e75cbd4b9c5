/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The identity of an alert: two findings with the same fingerprint are the same alert seen twice.
 * It is the SHA-256 of the lines "key=value\n" of its labels and of its rule ("rule=<id>\n"),
 * sorted by key in byte order, a shorter key first on an equal prefix. Labels say what the alert
 * is about (region, industry, entity); counts, bounds and times must not be among them.
 *
 * A key is a-z, 0-9 and _ and therefore never holds "=" or a newline; in a value a newline is
 * written "\n" and a backslash "\\", so that different labels never give the same bytes.
 */
#ifndef HENG_MODELS_ALERT_FINGERPRINT_H
#define HENG_MODELS_ALERT_FINGERPRINT_H

#include "models/core/digest.h"
#include "models/core/error.h"
#include "models/core/text.h"

enum { FINGERPRINT_LABELS_CAP = 16 };

struct fingerprint_label {
    struct text key;
    struct text value;
};

/* In any order. Refuses a key that is empty, has other characters, is "rule" or comes twice. */
ERROR_CHECKED bool fingerprint_of(struct text rule_id, const struct fingerprint_label *labels,
                                  size_t count, unsigned char out[DIGEST_SIZE], struct error *err);

#endif
