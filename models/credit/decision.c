/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/credit/decision.h"

#include <string.h>

/* Characters that are compared as another one, or as nothing. ASCII capitals are made beside it. */
static const struct replacement {
    const char *from;
    const char *to;
} replacements[] = {
    {"[", "("},
    {"]", ")"},
    {"{", "("},
    {"}", ")"},
    {"〔", "("},
    {"〕", ")"},
    {"【", "("},
    {"】", ")"},
    {"﹝", "("},
    {"﹞", ")"},
    {"〈", "("},
    {"〉", ")"},
    {"《", "("},
    {"》", ")"},
    {"—", "-"},
    {"–", "-"},
    {"‐", "-"},
    {"−", "-"},
    {" ", ""},
    {"\t", ""},
    {"\n", ""},
    {"\v", ""},
    {"\f", ""},
    {"\r", ""},
    {"\xC2\xA0", ""} /* no-break space */,
    {"\xE2\x80\x8B", ""} /* zero-width space */,
    {"\xEF\xBB\xBF", ""} /* byte order mark */,
};

static bool begins_with(struct text value, size_t at, const char *part)
{
    size_t size = strlen(part);
    return value.size - at >= size && memcmp(value.data + at, part, size) == 0;
}

static const struct replacement *replacement_at(struct text value, size_t at)
{
    for (size_t i = 0; i < sizeof replacements / sizeof replacements[0]; i++) {
        if (begins_with(value, at, replacements[i].from))
            return &replacements[i];
    }
    return NULL;
}

struct text decision_agency(struct text value, char *out)
{
    struct text folded = text_fold_width(value, out);
    size_t size = 0;
    /* Replacements are never longer than what they replace: the work is done in place. */
    for (size_t at = 0; at < folded.size;) {
        const struct replacement *replacement = replacement_at(folded, at);
        if (!replacement) {
            char c = folded.data[at++];
            out[size++] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
            continue;
        }
        at += strlen(replacement->from);
        if (replacement->to[0])
            out[size++] = replacement->to[0];
    }
    return (struct text){out, size};
}

static bool is_digit(struct text value, size_t at)
{
    return at < value.size && value.data[at] >= '0' && value.data[at] <= '9';
}

static bool is_leading_zero(struct text value, size_t at, char before)
{
    return value.data[at] == '0' && (before < '0' || before > '9') && is_digit(value, at + 1);
}

static struct text drop_last(struct text value, const char *part)
{
    size_t size = strlen(part);
    if (value.size >= size && begins_with(value, value.size - size, part))
        value.size -= size;
    return value;
}

struct text decision_number(struct text value, char *out)
{
    static const char ordinal[] = "第";
    struct text name = decision_agency(value, out);
    size_t size = 0;
    for (size_t at = 0; at < name.size;) {
        if (begins_with(name, at, ordinal) && is_digit(name, at + sizeof ordinal - 1))
            at += sizeof ordinal - 1;
        else if (is_leading_zero(name, at, size > 0 ? out[size - 1] : 0))
            at++;
        else
            out[size++] = name.data[at++];
    }
    struct text number = {out, size};
    struct text simple = drop_last(number, "号");
    return simple.size < number.size ? simple : drop_last(number, "號");
}

static bool has_digit(struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        if (is_digit(value, i))
            return true;
    }
    return false;
}

bool decision_id(struct digest *digest, struct text record_kind, struct text document_no,
                 struct text agency, int64_t *out)
{
    char number_room[DECISION_TEXT_CAP];
    char agency_room[DECISION_TEXT_CAP];
    unsigned char hash[DIGEST_SIZE];
    if (document_no.size == 0 || agency.size == 0 || document_no.size > sizeof number_room ||
        agency.size > sizeof agency_room)
        return false;
    struct text number = decision_number(document_no, number_room);
    struct text name = decision_agency(agency, agency_room);
    if (!has_digit(number) || name.size == 0)
        return false;
    digest_start(digest);
    digest_update(digest, record_kind.data, record_kind.size);
    digest_update(digest, ":", 1);
    digest_update(digest, number.data, number.size);
    digest_update(digest, ":", 1);
    digest_update(digest, name.data, name.size);
    digest_finish(digest, hash);
    *out = (int64_t)(digest_prefix(hash) & INT64_MAX);
    return true;
}
