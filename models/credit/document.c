/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/document.h"

#include <string.h>

static day back_months(day from, int months)
{
    struct civil civil = day_to_civil(from);
    int index = civil.year * 12 + civil.month - 1 - months;
    struct civil back = {.year = index / 12, .month = index % 12 + 1, .dom = civil.dom};
    if (index < 12)
        return DAY_FIRST;
    day start = DAY_FIRST;
    while (!day_of_civil(back, &start))
        back.dom--;
    return start;
}

day credit_window_start(struct credit_window window, day as_of)
{
    if (window.months > 0)
        return back_months(as_of, window.months);
    if (window.days == 0 || as_of - DAY_FIRST < window.days)
        return DAY_FIRST;
    return as_of - window.days;
}

int64_t credit_bands_points(const struct credit_bands *bands, int64_t value)
{
    unsigned i = 0;
    while (i + 1u < bands->count && value >= bands->below[i])
        i++;
    return bands->points_milli[i];
}

bool credit_read_text(const struct credit_reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, const char **out)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, reader->err))
        return false;
    size_t size = strlen(value);
    if (size == 0 || size > CREDIT_TEXT_CAP) {
        struct json_place inner = json_place_member(place, key);
        return json_error(&inner, reader->err, "expected 1 to %d bytes of text, found %zu",
                          CREDIT_TEXT_CAP, size);
    }
    *out = arena_copy(reader->arena, value, size);
    if (*out)
        return true;
    (void)arena_error(reader->arena, reader->err);
    return false;
}

bool credit_read_id(const struct credit_reader *reader, const json_t *object, const char *key,
                    const struct json_place *place, const char **out)
{
    if (!credit_read_text(reader, object, key, place, out))
        return false;
    size_t size = strlen(*out);
    if (size > CREDIT_ID_CAP || strspn(*out, "abcdefghijklmnopqrstuvwxyz0123456789_") != size) {
        struct json_place inner = json_place_member(place, key);
        return json_error(&inner, reader->err,
                          "expected 1 to %d of a-z, 0-9 and _, found \"%.60s\"", CREDIT_ID_CAP,
                          *out);
    }
    return true;
}

bool credit_read_title(const struct credit_reader *reader, const json_t *object, const char *key,
                       const struct json_place *place, struct credit_title *out)
{
    json_t *title = NULL;
    if (!json_get_object(object, key, place, &title, reader->err))
        return false;
    struct json_place inner = json_place_member(place, key);
    return json_only(title, &inner, (const char *const[]){"zh", "en", NULL}, reader->err) &&
           credit_read_text(reader, title, "zh", &inner, &out->zh) &&
           credit_read_text(reader, title, "en", &inner, &out->en);
}

bool credit_read_points(const struct credit_reader *reader, const json_t *object, const char *key,
                        const struct json_place *place, int64_t *out)
{
    return json_get_integer(object, key, place, -CREDIT_POINTS_CAP_MILLI, CREDIT_POINTS_CAP_MILLI,
                            out, reader->err);
}

static bool read_word(const struct credit_reader *reader, const json_t *item,
                      const struct json_place *place, enum credit_vocabulary vocabulary,
                      unsigned first, unsigned *out)
{
    const char *name = json_string_value(item);
    if (name && credit_word_find(vocabulary, text_of(name), out) && *out >= first)
        return true;
    char known[400] = "";
    for (unsigned i = first; i < credit_word_count(vocabulary); i++) {
        size_t used = strlen(known);
        (void)snprintf(known + used, sizeof known - used, "%s%s", used ? ", " : "",
                       credit_word_of(vocabulary, i)->name);
    }
    return json_error(place, reader->err, "expected one of %s; found \"%.60s\"", known,
                      name ? name : "(not a string)");
}

bool credit_read_words(const struct credit_reader *reader, const json_t *object, const char *key,
                       const struct json_place *place, enum credit_vocabulary vocabulary,
                       bool allow_none, uint32_t *out)
{
    json_t *list = NULL;
    if (!json_get_array(object, key, place, &list, reader->err))
        return false;
    struct json_place inner = json_place_member(place, key);
    *out = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct json_place item = json_place_item(&inner, i);
        unsigned index = 0;
        if (!read_word(reader, json_array_get(list, i), &item, vocabulary, allow_none ? 0 : 1,
                       &index))
            return false;
        if (*out >> index & 1u)
            return json_error(&item, reader->err, "expected different words, found \"%s\" twice",
                              credit_word_of(vocabulary, index)->name);
        *out |= 1u << index;
    }
    return *out != 0 || json_error(&inner, reader->err, "expected at least one word, found none");
}

bool credit_read_window(const struct credit_reader *reader, const json_t *object, const char *key,
                        const struct json_place *place, struct credit_window *out)
{
    json_t *window = NULL;
    if (!json_get_object(object, key, place, &window, reader->err))
        return false;
    struct json_place inner = json_place_member(place, key);
    if (!json_only(window, &inner, (const char *const[]){"days", "months", NULL}, reader->err))
        return false;
    if (json_object_size(window) != 1)
        return json_error(&inner, reader->err, "expected either days or months, found %zu members",
                          json_object_size(window));
    bool in_days = json_object_get(window, "days") != NULL;
    int64_t length = 0;
    if (!json_get_integer(window, in_days ? "days" : "months", &inner, 1,
                          in_days ? CREDIT_DAYS_CAP : CREDIT_MONTHS_CAP, &length, reader->err))
        return false;
    *out = (struct credit_window){.days = in_days ? (int32_t)length : 0,
                                  .months = in_days ? 0 : (int32_t)length};
    return true;
}

bool credit_read_list(const struct credit_reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, size_t cap, json_t **out,
                      struct json_place *list_place)
{
    if (!json_get_array(object, key, place, out, reader->err))
        return false;
    *list_place = json_place_member(place, key);
    size_t count = json_array_size(*out);
    if (count == 0 || count > cap)
        return json_error(list_place, reader->err, "expected 1 to %zu items, found %zu", cap,
                          count);
    return true;
}

bool credit_read_item(const struct credit_reader *reader, const json_t *list,
                      const struct json_place *list_place, size_t index, const json_t **out,
                      struct json_place *item_place)
{
    *item_place = json_place_item(list_place, index);
    *out = json_array_get(list, index);
    return json_is_object(*out) || json_error(item_place, reader->err, "expected an object");
}

/* The last band has no "below"; the others ascend. */
static bool read_limit(const struct credit_reader *reader, const json_t *item,
                       const struct json_place *place, bool last, int64_t above, int64_t *out)
{
    if (last) {
        *out = INT64_MAX;
        return !json_object_get(item, "below") ||
               json_error(place, reader->err, "the last band has no limit, found \"below\"");
    }
    if (!json_get_integer(item, "below", place, 0, INT64_MAX, out, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "below");
    return *out > above ||
           json_error(&inner, reader->err, "expected a limit above the last one, %lld, found %lld",
                      (long long)above, (long long)*out);
}

bool credit_read_bands(const struct credit_reader *reader, const json_t *object,
                       const struct json_place *place, struct credit_bands *out)
{
    json_t *list = NULL;
    struct json_place inner;
    if (!credit_read_list(reader, object, "bands", place, CREDIT_BANDS_CAP, &list, &inner))
        return false;
    out->count = (uint8_t)json_array_size(list);
    int64_t above = 0;
    for (size_t i = 0; i < out->count; i++) {
        const json_t *item = NULL;
        struct json_place at;
        if (!credit_read_item(reader, list, &inner, i, &item, &at) ||
            !json_only(item, &at, (const char *const[]){"below", "points_milli", NULL},
                       reader->err) ||
            !read_limit(reader, item, &at, i + 1u == out->count, above, &out->below[i]) ||
            !credit_read_points(reader, item, "points_milli", &at, &out->points_milli[i]))
            return false;
        above = out->below[i];
    }
    return true;
}
