/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/rule.h"

#include <string.h>

bool credit_rule_read_class(const struct credit_reader *reader, const json_t *object,
                            const char *key, const struct json_place *place, const char *classes,
                            uint8_t *rank)
{
    const char *letter = NULL;
    if (!json_get_text(object, key, place, &letter, reader->err))
        return false;
    const char *found = strlen(letter) == 1 ? strchr(classes, letter[0]) : NULL;
    if (!found) {
        struct json_place inner = json_place_member(place, key);
        return json_error(&inner, reader->err, "expected one of the classes %s, found \"%.60s\"",
                          classes, letter);
    }
    *rank = (uint8_t)(found - classes);
    return true;
}

static bool read_cause(const struct credit_reader *reader, const json_t *object,
                       const struct json_place *place, struct credit_rule *out)
{
    bool by_facts = json_object_get(object, "facts") != NULL;
    if (by_facts == (json_object_get(object, "statuses") != NULL))
        return json_error(place, reader->err, "expected either facts or statuses");
    if (!by_facts) {
        if (json_object_get(object, "within") || json_object_get(object, "count_min"))
            return json_error(place, reader->err, "within and count_min need facts");
        return credit_read_words(reader, object, "statuses", place, CREDIT_STATUSES, false,
                                 &out->statuses);
    }
    out->count_min = 1;
    return credit_condition_read(reader, object, "facts", place, &out->facts) &&
           (!json_object_get(object, "within") ||
            credit_read_window(reader, object, "within", place, &out->within)) &&
           (!json_object_get(object, "count_min") ||
            json_get_integer(object, "count_min", place, 1, CREDIT_FACTS_CAP, &out->count_min,
                             reader->err));
}

static bool read_common(const struct credit_reader *reader, const json_t *object,
                        const struct json_place *place, struct credit_rule *out)
{
    return credit_read_id(reader, object, "id", place, &out->id) &&
           credit_read_title(reader, object, "title", place, &out->title) &&
           credit_read_text(reader, object, "basis", place, &out->basis) &&
           read_cause(reader, object, place, out);
}

bool credit_rule_read_direct(const struct credit_reader *reader, const json_t *object,
                             const struct json_place *place, const char *classes,
                             struct credit_rule *out)
{
    if (!json_only(object, place,
                   (const char *const[]){"id", "title", "basis", "class", "floor", "facts",
                                         "within", "count_min", "statuses", NULL},
                   reader->err))
        return false;
    bool by_class = json_object_get(object, "class") != NULL;
    if (by_class == (json_object_get(object, "floor") != NULL))
        return json_error(place, reader->err, "expected either class or floor");
    out->effect = by_class ? CREDIT_EFFECT_CLASS : CREDIT_EFFECT_FLOOR;
    return credit_rule_read_class(reader, object, by_class ? "class" : "floor", place, classes,
                                  &out->rank) &&
           read_common(reader, object, place, out);
}

bool credit_rule_read_adjust(const struct credit_reader *reader, const json_t *object,
                             const struct json_place *place, struct credit_rule *out)
{
    const char *move = NULL;
    if (!json_only(object, place,
                   (const char *const[]){"id", "title", "basis", "move", "facts", "within",
                                         "count_min", "statuses", NULL},
                   reader->err) ||
        !json_get_text(object, "move", place, &move, reader->err))
        return false;
    bool up = strcmp(move, "up") == 0;
    if (!up && strcmp(move, "down") != 0) {
        struct json_place inner = json_place_member(place, "move");
        return json_error(&inner, reader->err, "expected up or down, found \"%.60s\"", move);
    }
    out->effect = up ? CREDIT_EFFECT_UP : CREDIT_EFFECT_DOWN;
    return read_common(reader, object, place, out);
}
