/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which facts an indicator or rule looks at: kinds, and where given states and severities.
 * In a document: {"kinds": […], "states": […], "severities": […]}; a list left out admits all.
 */
#ifndef HENG_MODELS_CREDIT_CONDITION_H
#define HENG_MODELS_CREDIT_CONDITION_H

#include "models/credit/document.h"

/* Every triple of kind, state and severity has a cell number below CREDIT_CELLS. */
enum { CREDIT_CELLS = CREDIT_KIND_COUNT * 16 * 4 };

_Static_assert(CREDIT_STATE_COUNT <= 16 && CREDIT_SEVERITY_COUNT <= 4, "cells hold all triples");

static inline unsigned credit_cell(unsigned kind, unsigned state, unsigned severity)
{
    return (kind << 4 | state) << 2 | severity;
}

/* Bits 1u << value; no kinds means no facts. */
struct credit_condition {
    uint32_t kinds;
    uint32_t states;
    uint32_t severities;
};

ERROR_CHECKED bool credit_condition_read(const struct credit_reader *reader, const json_t *object,
                                         const char *key, const struct json_place *place,
                                         struct credit_condition *out);

bool credit_condition_admits(const struct credit_condition *condition, unsigned kind,
                             unsigned state, unsigned severity);

/* Refuses a state in states that no kind of the condition can have. */
ERROR_CHECKED bool credit_condition_states(const struct credit_reader *reader,
                                           const struct credit_condition *condition,
                                           uint32_t states, const struct json_place *place);

#endif
