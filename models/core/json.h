/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one door through which JSON text is parsed: size cap, depth cap, no duplicate keys, no NUL,
 * nothing after the value. The member functions read documents strictly: each names the place
 * ("indicators[3].weight"), what was expected and what was found.
 *
 * Strings returned belong to the document and live as long as it.
 */
#ifndef HENG_MODELS_CORE_JSON_H
#define HENG_MODELS_CORE_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "models/core/day.h"
#include "models/core/error.h"

enum { JSON_DEPTH_CAP = 32, JSON_BYTES_CAP = 16 * 1024 * 1024, JSON_WHERE_SIZE = 160 };

/* Parses size bytes. subject names the document in errors. The caller releases *out with
 * json_decref(). */
ERROR_CHECKED bool json_read(const char *bytes, size_t size, const char *subject, json_t **out,
                             struct error *err);

/* Where a reader is: the document's name and the path inside it. */
struct json_place {
    const char *subject;
    char where[JSON_WHERE_SIZE];
};

struct json_place json_place_root(const char *subject);
struct json_place json_place_member(const struct json_place *place, const char *key);
struct json_place json_place_item(const struct json_place *place, size_t index);

/* An input error about this place. Returns false. */
bool json_error(const struct json_place *place, struct error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Required members. */
ERROR_CHECKED bool json_get_text(const json_t *object, const char *key,
                                 const struct json_place *place, const char **out,
                                 struct error *err);
ERROR_CHECKED bool json_get_integer(const json_t *object, const char *key,
                                    const struct json_place *place, int64_t min, int64_t max,
                                    int64_t *out, struct error *err);
ERROR_CHECKED bool json_get_bool(const json_t *object, const char *key,
                                 const struct json_place *place, bool *out, struct error *err);
ERROR_CHECKED bool json_get_day(const json_t *object, const char *key,
                                const struct json_place *place, day *out, struct error *err);
ERROR_CHECKED bool json_get_object(const json_t *object, const char *key,
                                   const struct json_place *place, json_t **out, struct error *err);
ERROR_CHECKED bool json_get_array(const json_t *object, const char *key,
                                  const struct json_place *place, json_t **out, struct error *err);

/* True when the member is present and not null: the optional form is
 * `if (json_has(o, "k") && !json_get_…(…)) return false;`. */
bool json_has(const json_t *object, const char *key);

/* Refuses members that are not in the NULL-terminated list keys. */
ERROR_CHECKED bool json_only(const json_t *object, const struct json_place *place,
                             const char *const *keys, struct error *err);

#endif
