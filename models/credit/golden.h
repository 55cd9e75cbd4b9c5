/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One decision counts once: of the records of one entity that are of one decision (decision.h), one
 * golden record is made.
 *
 * Where they disagree, the record that became known last decides amount, day, severity and grade
 * (of two known at one moment, the one of the smaller id). It ends on the earliest day on which any
 * of them says that it ended: a repair or an annulment holds whichever channel reports it.
 */
#ifndef HENG_MODELS_CREDIT_GOLDEN_H
#define HENG_MODELS_CREDIT_GOLDEN_H

#include "models/credit/fact.h"

struct golden_record {
    int64_t decision_id;
    int64_t known_at; /* any scale on which later is larger */
    struct credit_fact fact;
};

/* Sorts the records of one entity and leaves one per decision, the golden one; returns how many. */
size_t golden_merge(struct golden_record *records, size_t count);

#endif
