/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Rules that act on the class and not on the score: by a number of facts in a window, or by the
 * subject's registration status. They act in this order, which a document cannot change:
 *   1. the bands give the class by score;
 *   2. adjust: "up" (better) or "down" (worse) by one class; several in one direction still move
 *      by one, and both directions cancel out;
 *   3. floor: the class is at least as bad as the worst floor that holds;
 *   4. class: the first class rule that holds, in document order, decides alone: neither an
 *      adjustment nor a floor changes its class.
 */
#ifndef HENG_MODELS_CREDIT_RULE_H
#define HENG_MODELS_CREDIT_RULE_H

#include "models/credit/condition.h"

enum { CREDIT_CLASSES_CAP = 8, CREDIT_RULES_CAP = 24 };

enum credit_effect {
    CREDIT_EFFECT_CLASS,
    CREDIT_EFFECT_FLOOR,
    CREDIT_EFFECT_UP,
    CREDIT_EFFECT_DOWN
};

struct credit_rule {
    const char *id;
    struct credit_title title;
    const char *basis;
    enum credit_effect effect;
    uint8_t rank;                  /* of the class or floor: 0 is the best class */
    uint8_t counter;               /* of a rule with facts */
    struct credit_condition facts; /* no kinds when the rule looks at the status */
    struct credit_window within;
    int64_t count_min;
    uint32_t statuses;
};

/* classes: the model's class letters, best first. */
ERROR_CHECKED bool credit_rule_read_direct(const struct credit_reader *reader, const json_t *object,
                                           const struct json_place *place, const char *classes,
                                           struct credit_rule *out);
ERROR_CHECKED bool credit_rule_read_adjust(const struct credit_reader *reader, const json_t *object,
                                           const struct json_place *place, struct credit_rule *out);

/* A class letter of the model, as its rank. */
ERROR_CHECKED bool credit_rule_read_class(const struct credit_reader *reader, const json_t *object,
                                          const char *key, const struct json_place *place,
                                          const char *classes, uint8_t *rank);

#endif
