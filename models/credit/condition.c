/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/condition.h"

bool credit_condition_states(const struct credit_reader *reader,
                             const struct credit_condition *condition, uint32_t states,
                             const struct json_place *place)
{
    uint32_t possible = 0;
    for (unsigned kind = 0; kind < CREDIT_KIND_COUNT; kind++) {
        if (condition->kinds >> kind & 1u)
            possible |= credit_kind_states((enum credit_kind)kind);
    }
    for (unsigned state = 0; state < CREDIT_STATE_COUNT; state++) {
        if (states >> state & 1u && !(possible >> state & 1u))
            return json_error(place, reader->err,
                              "expected states that the kinds can have, found \"%s\"",
                              credit_word_of(CREDIT_STATES, state)->name);
    }
    return true;
}

bool credit_condition_read(const struct credit_reader *reader, const json_t *object,
                           const char *key, const struct json_place *place,
                           struct credit_condition *out)
{
    json_t *facts = NULL;
    if (!json_get_object(object, key, place, &facts, reader->err))
        return false;
    struct json_place inner = json_place_member(place, key);
    *out = (struct credit_condition){.states = (1u << CREDIT_STATE_COUNT) - 1,
                                     .severities = (1u << CREDIT_SEVERITY_COUNT) - 1};
    if (!json_only(facts, &inner, (const char *const[]){"kinds", "states", "severities", NULL},
                   reader->err) ||
        !credit_read_words(reader, facts, "kinds", &inner, CREDIT_KINDS, false, &out->kinds))
        return false;
    if (json_object_get(facts, "severities") &&
        !credit_read_words(reader, facts, "severities", &inner, CREDIT_SEVERITIES, true,
                           &out->severities))
        return false;
    if (!json_object_get(facts, "states"))
        return true;
    struct json_place states = json_place_member(&inner, "states");
    return credit_read_words(reader, facts, "states", &inner, CREDIT_STATES, false, &out->states) &&
           credit_condition_states(reader, out, out->states, &states);
}

bool credit_condition_admits(const struct credit_condition *condition, unsigned kind,
                             unsigned state, unsigned severity)
{
    return condition->kinds >> kind & condition->states >> state &
           condition->severities >> severity & 1u;
}
