/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/alert/fingerprint.h"

#include <stdlib.h>
#include <string.h>

static bool is_key(struct text key)
{
    for (size_t i = 0; i < key.size; i++) {
        char c = key.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return key.size > 0;
}

static int compare_labels(const void *a, const void *b)
{
    const struct fingerprint_label *left = a;
    const struct fingerprint_label *right = b;
    return text_compare(left->key, right->key);
}

static void add_value(struct digest *digest, struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] == '\n')
            digest_update(digest, "\\n", 2);
        else if (value.data[i] == '\\')
            digest_update(digest, "\\\\", 2);
        else
            digest_update(digest, &value.data[i], 1);
    }
}

static bool check_sorted(const struct fingerprint_label *labels, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        int size = (int)(labels[i].key.size < 60 ? labels[i].key.size : 60);
        if (!is_key(labels[i].key))
            return error_set(err, ERROR_INPUT, "alert label",
                             "expected a key of a-z, 0-9 and _, found \"%.*s\"", size,
                             labels[i].key.data);
        if (i > 0 && text_equal(labels[i - 1].key, labels[i].key))
            return error_set(err, ERROR_INPUT, "alert label", "key \"%.*s\" comes twice", size,
                             labels[i].key.data);
    }
    return true;
}

bool fingerprint_of(struct text rule_id, const struct fingerprint_label *labels, size_t count,
                    unsigned char out[DIGEST_SIZE], struct error *err)
{
    if (count > FINGERPRINT_LABELS_CAP)
        return error_set(err, ERROR_LIMIT, "alert label",
                         "an alert has at most %d labels, found %zu", FINGERPRINT_LABELS_CAP,
                         count);
    struct fingerprint_label sorted[FINGERPRINT_LABELS_CAP + 1];
    sorted[0] = (struct fingerprint_label){.key = TEXT_LITERAL("rule"), .value = rule_id};
    for (size_t i = 0; i < count; i++)
        sorted[i + 1] = labels[i];
    qsort(sorted, count + 1, sizeof sorted[0], compare_labels);
    if (!check_sorted(sorted, count + 1, err))
        return false;
    struct digest *digest = digest_new(DIGEST_SHA256);
    if (!digest)
        return error_memory(err);
    for (size_t i = 0; i <= count; i++) {
        digest_update(digest, sorted[i].key.data, sorted[i].key.size);
        digest_update(digest, "=", 1);
        add_value(digest, sorted[i].value);
        digest_update(digest, "\n", 1);
    }
    digest_finish(digest, out);
    digest_free(digest);
    return true;
}
