/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/record/reject.h"

#include <stdio.h>

enum { SHOWN_CAP = 80 };

static const char *const codes[REJECT_REASON_COUNT] = {
    [REJECT_FORM] = "form",
    [REJECT_COLUMNS] = "columns",
    [REJECT_ENCODING] = "encoding",
    [REJECT_REQUIRED] = "required",
    [REJECT_SUBJECT] = "subject",
    [REJECT_CODE] = "code",
    [REJECT_CREDIT_CODE] = "credit-code",
    [REJECT_DATE] = "date",
    [REJECT_NUMBER] = "number",
    [REJECT_REGION] = "region",
    [REJECT_INDUSTRY] = "industry",
    [REJECT_TOO_LONG] = "too-long",
    [REJECT_OUTDATED] = "outdated",
};

const char *reject_code(enum reject_reason reason)
{
    return codes[reason];
}

/* The size of the longest prefix of at most cap bytes that ends between two characters. */
static int shown_size(struct text value, size_t cap)
{
    size_t size = value.size;
    if (size > cap) {
        size = cap;
        while (size > 0 && ((unsigned char)value.data[size] & 0xC0) == 0x80)
            size--;
    }
    return (int)size;
}

bool reject_set(struct reject *reject, enum reject_reason reason, const char *field,
                const char *expected, struct text found)
{
    reject->reason = reason;
    snprintf(reject->field, sizeof reject->field, "%.*s",
             shown_size(text_of(field), REJECT_FIELD_SIZE - 1), field);
    snprintf(reject->message, sizeof reject->message, "expected %.120s, found \"%.*s\"", expected,
             shown_size(found, SHOWN_CAP), found.data ? found.data : "");
    return false;
}
