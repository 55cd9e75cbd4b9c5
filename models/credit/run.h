/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Scores every entity of a snapshot. Threads take ranges of entities and do not talk, so the
 * results are the same bits for any number of them. First each entity's bits as somebody's
 * relation are computed, then the scores.
 */
#ifndef HENG_MODELS_CREDIT_RUN_H
#define HENG_MODELS_CREDIT_RUN_H

#include "models/credit/snapshot.h"

enum { CREDIT_THREADS_CAP = 64 };

/* results has room for snapshot->entity_count rows and is filled in entity order. threads is 1 to
 * CREDIT_THREADS_CAP. */
ERROR_CHECKED bool credit_run(const struct credit_snapshot *snapshot,
                              const struct credit_model *model, day as_of, unsigned threads,
                              struct credit_result *results, struct error *err);

#endif
