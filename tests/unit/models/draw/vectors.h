/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finds and reads the reference vectors below $HENG_TEST_DATA/oracles; a missing folder is
 * printed and skips the test. Include after cmocka.h. */
#ifndef HENG_TESTS_DRAW_VECTORS_H
#define HENG_TESTS_DRAW_VECTORS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "models/core/json.h"

static const char *vectors_folder(void)
{
    const char *folder = getenv("HENG_TEST_DATA");
    return folder ? folder : SOURCE_DIR "/../shared";
}

/* NULL when the folder is absent; a file missing from a present folder fails the test. */
static inline FILE *vectors_open(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/oracles", vectors_folder());
    FILE *folder = fopen(path, "r");
    if (!folder) {
        printf("skipped: HENG_TEST_DATA (%s) has no oracles\n", vectors_folder());
        return NULL;
    }
    fclose(folder);
    snprintf(path, sizeof path, "%s/oracles/%s", vectors_folder(), name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    return file;
}

static inline json_t *vectors_json(const char *name)
{
    static char bytes[1 << 16];
    FILE *file = vectors_open(name);
    if (!file)
        return NULL;
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    assert_true(size < sizeof bytes);
    json_t *document = NULL;
    struct error err;
    assert_true(json_read(bytes, size, name, &document, &err));
    return document;
}

static inline struct text vectors_text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    assert_non_null(value);
    return text_of(value);
}

static inline void vectors_digest(const json_t *object, const char *key, unsigned char out[32])
{
    assert_true(text_unhex(vectors_text(object, key), out, 32));
}

#endif
