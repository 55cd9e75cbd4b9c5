/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/store/view_cursor.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/core/digest.h"
#include "models/core/json.h"
#include "models/core/text.h"

/* A cursor is the hexadecimal form of the JSON array [binding, key, …]. */

const char *view_cursor_bind(const char *statement, const char *const *parameters, int count,
                             char out[VIEW_BINDING_SIZE])
{
    unsigned char hash[DIGEST_SIZE];
    char hex[DIGEST_HEX_SIZE];
    struct digest *digest = digest_new(DIGEST_SHA256);
    assert(digest);
    digest_start(digest);
    digest_update(digest, statement, strlen(statement) + 1);
    for (int i = 0; i < count; i++) {
        const char *value = parameters[i] ? parameters[i] : "";
        digest_update(digest, parameters[i] ? "=" : "-", 1);
        digest_update(digest, value, strlen(value) + 1);
    }
    digest_finish(digest, hash);
    digest_free(digest);
    text_hex(hash, DIGEST_SIZE, hex);
    snprintf(out, VIEW_BINDING_SIZE, "%.*s", VIEW_BINDING_SIZE - 1, hex);
    return out;
}

static char *dump(const char *binding, const char *const *keys, int count)
{
    json_t *array = json_array();
    bool good = json_array_append_new(array, json_string(binding)) == 0;
    for (int i = 0; good && i < count; i++)
        good = json_array_append_new(array, keys[i] ? json_string(keys[i]) : json_null()) == 0;
    char *text = good ? json_dumps(array, JSON_COMPACT) : NULL;
    json_decref(array);
    return text;
}

bool view_cursor_write(const char *binding, const char *const *keys, int count, struct arena *arena,
                       const char **out, struct error *err)
{
    char *text = dump(binding, keys, count);
    if (!text)
        return error_memory(err);
    size_t size = strlen(text);
    char *hex = arena_alloc(arena, 2 * size + 1);
    if (hex)
        text_hex((const unsigned char *)text, size, hex);
    free(text);
    *out = hex;
    return hex != NULL || arena_error(arena, err);
}

static bool refuse(struct error *err)
{
    return error_set(err, ERROR_INPUT, "cursor",
                     "expected the `next` of this list with the same filter");
}

static bool take_keys(const json_t *array, const char *binding, int count, struct arena *arena,
                      const char **keys, struct error *err)
{
    const char *bound = json_string_value(json_array_get(array, 0));
    if (json_array_size(array) != (size_t)count + 1 || !bound || strcmp(bound, binding) != 0)
        return refuse(err);
    for (int i = 0; i < count; i++) {
        const json_t *key = json_array_get(array, (size_t)i + 1);
        if (!json_is_string(key) && !json_is_null(key))
            return refuse(err);
        const char *value = json_string_value(key);
        keys[i] = value ? arena_copy(arena, value, strlen(value)) : NULL;
        if (value && !keys[i])
            return arena_error(arena, err);
    }
    return true;
}

bool view_cursor_read(const char *cursor, const char *binding, int count, struct arena *arena,
                      const char **keys, struct error *err)
{
    size_t size = strlen(cursor) / 2;
    json_t *array = NULL;
    struct error ignored;
    char *text = size > 0 && size <= VIEW_CURSOR_BYTES_CAP ? arena_alloc(arena, size + 1) : NULL;
    if (!text || !text_unhex(text_of(cursor), (unsigned char *)text, size) ||
        !json_read(text, size, "cursor", &array, &ignored))
        return refuse(err);
    bool good = take_keys(array, binding, count, arena, keys, err);
    json_decref(array);
    return good;
}
