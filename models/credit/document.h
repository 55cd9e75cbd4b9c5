/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The small pieces that every part of a credit model document is read with: titles, identifiers,
 * points, word lists, windows and bands. Each reader is strict and its error names the place.
 * Text is copied into the arena. Points are milli-points.
 *
 * Bounds: a points value is at most CREDIT_POINTS_CAP_MILLI in size, an entity has at most
 * CREDIT_FACTS_CAP facts and a model CREDIT_INDICATORS_CAP indicators, so no sum of points can
 * overflow an int64_t: overflow is excluded when the document is loaded.
 */
#ifndef HENG_MODELS_CREDIT_DOCUMENT_H
#define HENG_MODELS_CREDIT_DOCUMENT_H

#include <stdint.h>

#include "models/core/arena.h"
#include "models/core/error.h"
#include "models/core/json.h"
#include "models/credit/fact.h"

#define CREDIT_POINTS_CAP_MILLI INT64_C(1000000000)
#define CREDIT_PPM INT64_C(1000000)

enum {
    CREDIT_INDICATORS_CAP = 40,
    CREDIT_BANDS_CAP = 16,
    CREDIT_ID_CAP = 40,
    CREDIT_TEXT_CAP = 400,
    CREDIT_DAYS_CAP = 36600, /* a hundred years */
    CREDIT_MONTHS_CAP = 1200,
};

_Static_assert(CREDIT_POINTS_CAP_MILLI <= INT64_MAX / CREDIT_PPM, "points times decay fits");
_Static_assert(CREDIT_POINTS_CAP_MILLI <= INT64_MAX / CREDIT_FACTS_CAP / CREDIT_INDICATORS_CAP,
               "a sum of points over all facts and indicators fits");

/* Where the reader is and where its results go. */
struct credit_reader {
    struct arena *arena;
    struct error *err;
};

struct credit_title {
    const char *zh;
    const char *en;
};

/*
 * A stretch of time that ends with as_of. A fact lies within N days when its age in days, as_of -
 * occurred_on, is at most N; within N months when it occurred on or after the same day of the
 * month N months before as_of, or that month's last day where it is shorter. The first day
 * belongs to the window. Length 0 is no limit.
 */
struct credit_window {
    int32_t days;
    int32_t months;
};

/* The first day of the window. */
day credit_window_start(struct credit_window window, day as_of);

/* Ascending limits: the points of the first band whose limit is above the value; the last band has
 * no limit (INT64_MAX, which it includes). */
struct credit_bands {
    uint8_t count;
    int64_t below[CREDIT_BANDS_CAP];
    int64_t points_milli[CREDIT_BANDS_CAP];
};

int64_t credit_bands_points(const struct credit_bands *bands, int64_t value);

ERROR_CHECKED bool credit_read_text(const struct credit_reader *reader, const json_t *object,
                                    const char *key, const struct json_place *place,
                                    const char **out);
/* [a-z0-9_]{1,40} */
ERROR_CHECKED bool credit_read_id(const struct credit_reader *reader, const json_t *object,
                                  const char *key, const struct json_place *place,
                                  const char **out);
/* {"zh": …, "en": …} */
ERROR_CHECKED bool credit_read_title(const struct credit_reader *reader, const json_t *object,
                                     const char *key, const struct json_place *place,
                                     struct credit_title *out);
ERROR_CHECKED bool credit_read_points(const struct credit_reader *reader, const json_t *object,
                                      const char *key, const struct json_place *place,
                                      int64_t *out);
/* A non-empty list of different words, as bits 1u << index; index 0 only when allow_none. */
ERROR_CHECKED bool credit_read_words(const struct credit_reader *reader, const json_t *object,
                                     const char *key, const struct json_place *place,
                                     enum credit_vocabulary vocabulary, bool allow_none,
                                     uint32_t *out);
/* {"days": N} or {"months": N} */
ERROR_CHECKED bool credit_read_window(const struct credit_reader *reader, const json_t *object,
                                      const char *key, const struct json_place *place,
                                      struct credit_window *out);
ERROR_CHECKED bool credit_read_bands(const struct credit_reader *reader, const json_t *object,
                                     const struct json_place *place, struct credit_bands *out);

/* The items of a list with 1 to cap objects. */
ERROR_CHECKED bool credit_read_list(const struct credit_reader *reader, const json_t *object,
                                    const char *key, const struct json_place *place, size_t cap,
                                    json_t **out, struct json_place *list_place);
/* Item index of a list, which must be an object, and its place. */
ERROR_CHECKED bool credit_read_item(const struct credit_reader *reader, const json_t *list,
                                    const struct json_place *list_place, size_t index,
                                    const json_t **out, struct json_place *item_place);

#endif
