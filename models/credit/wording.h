/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words of a reason, in Chinese and English; see explain.h. */
#ifndef HENG_MODELS_CREDIT_WORDING_H
#define HENG_MODELS_CREDIT_WORDING_H

#include "models/credit/score.h"

enum { WORDING_SIZE = 1024 };

struct wording {
    char zh[WORDING_SIZE];
    char en[WORDING_SIZE];
};

void wording_of(const struct credit_plan *plan, const struct credit_input *input,
                const struct credit_part *part, struct wording *out);

#endif
