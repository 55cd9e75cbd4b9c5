/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/codes/uscc.h"

#include <stdio.h>
#include <string.h>

enum { MODULUS = 31, ORG_MODULUS = 11, ORG_AT = 8, FOLD_SIZE = 256 };

static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static const char *const verdict_names[] = {
    [USCC_VALID] = "valid",
    [USCC_BAD_LENGTH] = "length",
    [USCC_BAD_ALPHABET] = "alphabet",
    [USCC_BAD_CHECK_CHARACTER] = "check_character",
};

static const struct uscc_kind kinds[] = {
    {"11", "机关", "government body"},
    {"12", "事业单位", "public institution"},
    {"13", "编办直接管理机构编制的群众团体", "mass organisation"},
    {"19", "机构编制其他", "other body of the establishment register"},
    {"51", "社会团体", "social organisation"},
    {"52", "民办非企业单位", "private non-enterprise unit"},
    {"53", "基金会", "foundation"},
    {"59", "民政其他", "other body of the civil affairs register"},
    {"91", "企业", "enterprise"},
    {"92", "个体工商户", "individual household"},
    {"93", "农民专业合作社", "farmers' cooperative"},
    {"Y1", "其他", "other"},
};

static int value_of(char c)
{
    const char *found = c ? strchr(alphabet, c) : NULL;
    return found ? (int)(found - alphabet) : -1;
}

/* The check character of 17 characters, or NUL when one is not in the alphabet. */
static char check_character(const char *code)
{
    int sum = 0;
    int weight = 1;
    for (int i = 0; i < USCC_LENGTH - 1; i++) {
        int value = value_of(code[i]);
        if (value < 0)
            return '\0';
        sum += value * weight;
        weight = weight * 3 % MODULUS;
    }
    return alphabet[(MODULUS - sum % MODULUS) % MODULUS];
}

static int org_value_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'A' && c <= 'Z' ? c - 'A' + 10 : -1;
}

static char org_check_character(const char *code)
{
    static const int weights[] = {3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (int i = 0; i < USCC_ORG_LENGTH - 1; i++) {
        int value = org_value_of(code[i]);
        if (value < 0)
            return '\0';
        sum += value * weights[i];
    }
    return "0123456789X"[(ORG_MODULUS - sum % ORG_MODULUS) % ORG_MODULUS];
}

/* Fills code and length. Input too long to be a code keeps its first bytes, for the message. */
static void normalise(struct text raw, struct uscc *out)
{
    char folded[FOLD_SIZE];
    raw = text_trim(raw);
    size_t cut = raw.size > sizeof folded ? raw.size - sizeof folded : 0;
    raw.size -= cut;
    struct text value = text_fold_width(raw, folded);
    for (size_t i = 0; i < value.size; i++) {
        char c = value.data[i];
        if (c == ' ' || (c >= '\t' && c <= '\r'))
            continue;
        if (out->length < USCC_LENGTH)
            out->code[out->length] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
        out->length++;
    }
    out->length += cut;
}

static void judge(struct uscc *out)
{
    out->verdict = USCC_BAD_LENGTH;
    if (out->length != USCC_LENGTH)
        return;
    out->verdict = USCC_BAD_ALPHABET;
    for (size_t i = 0; i < USCC_LENGTH; i++) {
        if (value_of(out->code[i]) < 0) {
            out->bad_at = i + 1;
            return;
        }
    }
    out->expected = check_character(out->code);
    bool valid = out->code[USCC_LENGTH - 1] == out->expected;
    out->verdict = valid ? USCC_VALID : USCC_BAD_CHECK_CHARACTER;
    const char *org = out->code + ORG_AT;
    out->org_valid = valid && org[USCC_ORG_LENGTH - 1] == org_check_character(org);
}

static void suggest(struct uscc *out)
{
    if (out->verdict != USCC_BAD_ALPHABET)
        return;
    char repaired[USCC_SIZE] = "";
    for (size_t i = 0; i < USCC_LENGTH; i++) {
        char c = out->code[i];
        repaired[i] = c == 'O' ? '0' : c == 'I' ? '1' : c;
    }
    char expected = check_character(repaired);
    if (expected != '\0' && expected == repaired[USCC_LENGTH - 1])
        memcpy(out->suggestion, repaired, sizeof repaired);
}

void uscc_check(struct text raw, struct uscc *out)
{
    *out = (struct uscc){0};
    normalise(raw, out);
    judge(out);
    suggest(out);
}

const char *uscc_verdict_name(enum uscc_verdict verdict)
{
    return verdict_names[verdict];
}

const char *uscc_explain(const struct uscc *uscc, char *buffer, size_t size)
{
    switch (uscc->verdict) {
    case USCC_BAD_LENGTH:
        snprintf(buffer, size, "expected %d characters, found %zu bytes", USCC_LENGTH,
                 uscc->length);
        break;
    case USCC_BAD_ALPHABET:
        snprintf(buffer, size,
                 "expected digits and capital letters except I O S V Z, found another character at "
                 "place %zu%s%s",
                 uscc->bad_at, uscc->suggestion[0] ? "; perhaps " : "", uscc->suggestion);
        break;
    case USCC_BAD_CHECK_CHARACTER:
        snprintf(buffer, size, "expected check character %c, found %c", uscc->expected,
                 uscc->code[USCC_LENGTH - 1]);
        break;
    default:
        snprintf(buffer, size, "%s",
                 uscc->org_valid ? "valid" : "valid, but its organisation code fails GB 11714");
    }
    return buffer;
}

const struct uscc_kind *uscc_kind_of(const char code[USCC_SIZE])
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strncmp(kinds[i].code, code, 2) == 0)
            return &kinds[i];
    }
    return NULL;
}

bool uscc_compose(const char first[USCC_LENGTH - 1], char out[USCC_SIZE])
{
    char check = check_character(first);
    if (check == '\0')
        return false;
    memcpy(out, first, USCC_LENGTH - 1);
    out[USCC_LENGTH - 1] = check;
    out[USCC_LENGTH] = '\0';
    return true;
}

bool uscc_compose_org(const char first[USCC_ORG_LENGTH - 1], char out[USCC_ORG_SIZE])
{
    char check = org_check_character(first);
    if (check == '\0')
        return false;
    memcpy(out, first, USCC_ORG_LENGTH - 1);
    out[USCC_ORG_LENGTH - 1] = check;
    out[USCC_ORG_LENGTH] = '\0';
    return true;
}
