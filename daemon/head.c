/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/head.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

/* Each may be given once. */
static const char *const names[HEAD_NAME_COUNT] = {
    [HEAD_HOST] = "Host",
    [HEAD_CONTENT_LENGTH] = "Content-Length",
    [HEAD_TRANSFER_ENCODING] = "Transfer-Encoding",
    [HEAD_CONTENT_TYPE] = "Content-Type",
    [HEAD_ORIGIN] = "Origin",
    [HEAD_TOKEN] = "X-Heng-Token",
    [HEAD_COOKIE] = "Cookie",
    [HEAD_IF_NONE_MATCH] = "If-None-Match",
    [HEAD_IF_MATCH] = "If-Match",
    [HEAD_IDEMPOTENCY_KEY] = "Idempotency-Key",
    [HEAD_PURPOSE] = "X-Heng-Purpose",
    [HEAD_ACCEPT_LANGUAGE] = "Accept-Language",
    [HEAD_ACCEPT_ENCODING] = "Accept-Encoding",
    [HEAD_FORWARDED_FOR] = "X-Forwarded-For",
};

static const char *const methods[] = {"GET", "HEAD", "POST", "DELETE"};

enum { CONTENT_LENGTH_DIGITS = 12 };

void head_init(struct head *head)
{
    *head = (struct head){.wrong = NULL};
}

static bool is_token(struct text name)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool alphanumeric =
            (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        if (!alphanumeric && (c == '\0' || !strchr(others, c)))
            return false;
    }
    return name.size > 0;
}

static bool is_printable(struct text value)
{
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.data[i];
        if ((c < ' ' && c != '\t') || c == 0x7F)
            return false;
    }
    return true;
}

static bool same_word(struct text a, const char *b)
{
    return a.size == strlen(b) && strncasecmp(a.data, b, a.size) == 0;
}

void head_add(struct head *head, struct text name, struct text value)
{
    if (!is_token(name))
        head->wrong = "a header whose name is no token";
    if (!is_printable(value))
        head->wrong = "a header with a control character";
    for (int i = 0; i < HEAD_NAME_COUNT; i++) {
        if (!same_word(name, names[i]))
            continue;
        if (head->values[i].data)
            head->wrong = "a header twice that may be given once";
        head->values[i] = value;
    }
}

static bool known_method(const char *method)
{
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++) {
        if (strcmp(method, methods[i]) == 0)
            return true;
    }
    return false;
}

static bool read_length(struct text value, uint64_t *out)
{
    *out = 0;
    if (value.size == 0 || value.size > CONTENT_LENGTH_DIGITS)
        return false;
    for (size_t i = 0; i < value.size; i++) {
        if (value.data[i] < '0' || value.data[i] > '9')
            return false;
        *out = *out * 10 + (uint64_t)(value.data[i] - '0');
    }
    return true;
}

enum problem_kind head_check(struct head *head, const char *method, const char *version,
                             uint64_t *body_bytes)
{
    const struct text *length = &head->values[HEAD_CONTENT_LENGTH];
    bool encoded = head->values[HEAD_TRANSFER_ENCODING].data != NULL;
    *body_bytes = 0;
    if (encoded && length->data)
        head->wrong = "Content-Length and Transfer-Encoding together";
    if (!head->values[HEAD_HOST].data || head->values[HEAD_HOST].size == 0)
        head->wrong = "no Host";
    if (length->data && !read_length(*length, body_bytes))
        head->wrong = "a Content-Length that is no plain number";
    if (strcmp(version, "HTTP/1.1") != 0 && strcmp(version, "HTTP/1.0") != 0)
        head->wrong = "a version other than HTTP/1.0 and HTTP/1.1";
    if (head->wrong)
        return PROBLEM_MALFORMED;
    if (!known_method(method)) {
        head->wrong = "a method that no path has";
        return PROBLEM_METHOD;
    }
    if (encoded) {
        head->wrong = "a body without Content-Length";
        return PROBLEM_LENGTH_REQUIRED;
    }
    return PROBLEM_BY_ERROR;
}

/* The next item of a list, trimmed; *rest moves on. False at the end. */
static bool next_item(struct text *rest, char separator, struct text *item)
{
    if (rest->size == 0)
        return false;
    const char *end = memchr(rest->data, separator, rest->size);
    size_t size = end ? (size_t)(end - rest->data) : rest->size;
    *item = text_trim((struct text){rest->data, size});
    size_t step = end ? size + 1 : size;
    *rest = (struct text){rest->data + step, rest->size - step};
    return true;
}

struct text head_cookie(const struct head *head, const char *name)
{
    struct text rest = head->values[HEAD_COOKIE];
    struct text found = {NULL, 0};
    size_t size = strlen(name);
    struct text item;
    while (rest.data && next_item(&rest, ';', &item)) {
        if (item.size <= size || item.data[size] != '=' || memcmp(item.data, name, size) != 0)
            continue;
        if (found.data)
            return (struct text){NULL, 0};
        found = (struct text){item.data + size + 1, item.size - size - 1};
    }
    return found;
}

/* "zh-CN;q=0.8" in thousandths; 1000 without a weight. */
static int weight_of(struct text item)
{
    const char *semicolon = memchr(item.data, ';', item.size);
    if (!semicolon)
        return 1000;
    struct text weight =
        text_trim((struct text){semicolon + 1, item.size - (size_t)(semicolon + 1 - item.data)});
    int64_t value = 0;
    if (weight.size < 3 || weight.data[0] != 'q' || weight.data[1] != '=' ||
        !text_to_scaled((struct text){weight.data + 2, weight.size - 2}, 3, &value) || value < 0 ||
        value > 1000)
        return 0;
    return (int)value;
}

bool head_chinese(const struct head *head)
{
    struct text rest = head->values[HEAD_ACCEPT_LANGUAGE];
    struct text item;
    int chinese = 0;
    int english = 0;
    while (rest.data && next_item(&rest, ',', &item)) {
        int weight = weight_of(item);
        bool two = item.size >= 2;
        if (two && strncasecmp(item.data, "zh", 2) == 0 && weight > chinese)
            chinese = weight;
        else if (two && strncasecmp(item.data, "en", 2) == 0 && weight > english)
            english = weight;
    }
    return chinese >= english;
}

bool head_same_origin(const struct head *head, bool secure)
{
    struct text origin = head->values[HEAD_ORIGIN];
    struct text host = head->values[HEAD_HOST];
    const char *scheme = secure ? "https://" : "http://";
    size_t size = strlen(scheme);
    return origin.data && origin.size == size + host.size &&
           memcmp(origin.data, scheme, size) == 0 &&
           strncasecmp(origin.data + size, host.data, host.size) == 0;
}

bool head_none_match(const struct head *head, const char *etag)
{
    struct text rest = head->values[HEAD_IF_NONE_MATCH];
    struct text item;
    while (rest.data && next_item(&rest, ',', &item)) {
        if (item.size > 2 && memcmp(item.data, "W/", 2) == 0)
            item = (struct text){item.data + 2, item.size - 2};
        if (text_is(item, etag) || text_is(item, "*"))
            return true;
    }
    return false;
}
