/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Why an entity has its class: every part of the score as a reason in words (zh, en), with points,
 * age, decay, legal basis and the record's id. The points of the reasons add up exactly to the
 * score; constants and what limits take away are reasons of their own. Rules that hold are
 * reasons without points.
 *
 * Reasons are ordered as the document is: the model's constant, then per dimension its constant,
 * its indicators with their records, its limit; rules last. Results live in the arena.
 */
#ifndef HENG_MODELS_CREDIT_EXPLAIN_H
#define HENG_MODELS_CREDIT_EXPLAIN_H

#include "models/credit/score.h"

struct credit_reason {
    struct credit_part part;
    const char *zh;
    const char *en;
    const char *basis; /* legal basis, NULL when the document gives none */
};

struct credit_explanation {
    struct credit_result result;
    struct credit_reason *reasons;
    size_t reason_count;
};

/* input->facts must outlive the explanation, which points at them. */
ERROR_CHECKED bool credit_explain(const struct credit_plan *plan, const struct credit_input *input,
                                  struct arena *arena, struct credit_explanation *out,
                                  struct error *err);

/* "record", "cap" … as in the JSON form. */
const char *credit_role_name(enum credit_role role);

/* A new JSON object with the class, score, dimensions, coverage, model and reasons, for the
 * caller to json_decref(). The entity's id is not in it: outside the database only its code is
 * used. */
ERROR_CHECKED bool credit_explain_json(const struct credit_plan *plan,
                                       const struct credit_explanation *explanation, json_t **out,
                                       struct error *err);

#endif
