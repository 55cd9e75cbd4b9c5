/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/source/splitter.h"

#include <stdlib.h>
#include <string.h>

#include "etl/source/record.h"
#include "etl/source/window.h"
#include "models/core/json.h"

enum { KEY_CAP = 1024, KINDS_KNOWN = 64 };

struct splitter {
    struct window window;
    const char *path;
    int objects; /* around the array, still to be closed */
    bool inside; /* the array */
    bool first;
    bool finished;
    bool skipping; /* the element in front was given up for its length */
    int64_t number;
};

/* Where the scan of a value stands: which brackets are open (bit set: an array; below KINDS_KNOWN),
 * and whether it is inside a string. */
struct nesting {
    uint64_t arrays;
    size_t depth;
    bool string;
    bool escaped;
};

static bool fail(const struct splitter *splitter, const char *expected, struct error *err)
{
    struct text view = window_view(&splitter->window);
    char found[32] = "the end of the file";
    if (view.size > 0 && view.data[0] > ' ' && view.data[0] < 0x7F)
        snprintf(found, sizeof found, "'%c'", view.data[0]);
    else if (view.size > 0)
        snprintf(found, sizeof found, "byte 0x%02X", (unsigned char)view.data[0]);
    return error_set(err, ERROR_INPUT, stream_path(splitter->window.stream),
                     "JSON byte %lld, element %lld: expected %s, found %s",
                     (long long)splitter->window.offset + 1, (long long)splitter->number + 1,
                     expected, found);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Passes white space; *c is the byte in front, 0 at the end. */
static bool peek(struct splitter *splitter, char *c, struct error *err)
{
    struct window *window = &splitter->window;
    for (;;) {
        if (window->begin == window->end && !window_fill(window, err))
            return false;
        while (window->begin < window->end && is_blank(window->buffer[window->begin]))
            window_pass(window, 1);
        if (window->begin < window->end) {
            *c = window->buffer[window->begin];
            return true;
        }
        if (window->finished) {
            *c = '\0';
            return true;
        }
    }
}

static bool take(struct splitter *splitter, char wanted, const char *expected, struct error *err)
{
    char c;
    if (!peek(splitter, &c, err))
        return false;
    if (c != wanted)
        return fail(splitter, expected, err);
    window_pass(&splitter->window, 1);
    return true;
}

/* Takes one byte of a value into account; *bad is set by a bracket that closes another kind. */
static void nest(struct nesting *nesting, char c, bool *bad)
{
    if (nesting->string) {
        if (nesting->escaped)
            nesting->escaped = false;
        else if (c == '\\')
            nesting->escaped = true;
        else if (c == '"')
            nesting->string = false;
    } else if (c == '"') {
        nesting->string = true;
    } else if (c == '{' || c == '[') {
        if (nesting->depth < KINDS_KNOWN) {
            uint64_t bit = UINT64_C(1) << nesting->depth;
            nesting->arrays = c == '[' ? nesting->arrays | bit : nesting->arrays & ~bit;
        }
        nesting->depth++;
    } else if (c == '}' || c == ']') {
        nesting->depth--;
        *bad = nesting->depth < KINDS_KNOWN &&
               (nesting->arrays >> nesting->depth & 1) != (uint64_t)(c == ']');
    }
}

/* Whether the value has ended before c: a bare word or number ends where something else begins. */
static bool ends_word(char c)
{
    return is_blank(c) || c == ',' || c == ']' || c == '}';
}

/* The size of the value at the front of view; 0 if its end is not in view. *bad: the offset of a
 * bracket that closes another kind, view.size if there is none. */
static size_t value_size(struct text view, struct nesting *nesting, size_t *bad_at)
{
    bool bad = false;
    bool word =
        nesting->depth == 0 && !nesting->string && view.size > 0 && !strchr("{[\"", view.data[0]);
    *bad_at = view.size;
    for (size_t i = 0; i < view.size; i++) {
        if (word && ends_word(view.data[i]))
            return i;
        if (word)
            continue;
        nest(nesting, view.data[i], &bad);
        if (bad) {
            *bad_at = i;
            return 0;
        }
        if (nesting->depth == 0 && !nesting->string)
            return i + 1;
    }
    return 0;
}

/* Passes a value of any length. */
static bool skip_value(struct splitter *splitter, struct error *err)
{
    struct nesting nesting = {0};
    char c;
    if (!peek(splitter, &c, err))
        return false;
    if (c == '\0' || strchr(",:]}", c))
        return fail(splitter, "a value", err);
    bool word = !strchr("{[\"", c);
    for (;;) {
        size_t bad_at = SIZE_MAX;
        struct text view = window_view(&splitter->window);
        size_t size = word && view.size > 0 && ends_word(view.data[0])
                          ? 0
                          : value_size(view, &nesting, &bad_at);
        bool ended = size > 0 || (word && view.size > 0 && ends_word(view.data[0]));
        if (!ended && bad_at < view.size) {
            window_pass(&splitter->window, bad_at);
            return fail(splitter, "the bracket that closes the one before", err);
        }
        window_pass(&splitter->window, ended ? size : view.size);
        if (ended || (word && splitter->window.finished))
            return true;
        if (splitter->window.finished)
            return fail(splitter, "the end of a value", err);
        if (!window_fill(&splitter->window, err))
            return false;
    }
}

/* A member's name, unescaped, and its colon. */
static bool take_key(struct splitter *splitter, char key[KEY_CAP], struct error *err)
{
    char quoted[KEY_CAP + 2];
    struct nesting nesting = {0};
    size_t bad_at;
    char c;
    json_t *list = NULL;
    if (!peek(splitter, &c, err) || !window_fill(&splitter->window, err))
        return false;
    struct text view = window_view(&splitter->window);
    if (view.size > KEY_CAP - 1)
        view.size = KEY_CAP - 1;
    size_t size = c == '"' ? value_size(view, &nesting, &bad_at) : 0;
    if (size == 0)
        return fail(splitter, "the name of a member", err);
    quoted[0] = '[';
    memcpy(quoted + 1, view.data, size);
    quoted[size + 1] = ']';
    if (!json_read(quoted, size + 2, stream_path(splitter->window.stream), &list, err))
        return false;
    snprintf(key, KEY_CAP, "%s", json_string_value(json_array_get(list, 0)));
    json_decref(list);
    window_pass(&splitter->window, size);
    return take(splitter, ':', "':'", err);
}

/* Passes members of an object until the one with this name, whose value is then in front. */
static bool find_member(struct splitter *splitter, struct text name, struct error *err)
{
    char key[KEY_CAP];
    char c;
    if (!take(splitter, '{', "an object", err))
        return false;
    splitter->objects++;
    for (;;) {
        if (!take_key(splitter, key, err))
            return false;
        if (text_is(name, key))
            return true;
        if (!skip_value(splitter, err) || !peek(splitter, &c, err))
            return false;
        if (c != ',')
            return fail(splitter, "a member of the record path", err);
        window_pass(&splitter->window, 1);
    }
}

static bool find_array(struct splitter *splitter, struct error *err)
{
    const char *part = splitter->path;
    while (part) {
        const char *dot = strchr(part, '.');
        struct text name = {part, dot ? (size_t)(dot - part) : strlen(part)};
        if (!find_member(splitter, name, err))
            return false;
        part = dot ? dot + 1 : NULL;
    }
    splitter->inside = splitter->first = true;
    return take(splitter, '[', splitter->path ? "an array" : "an array, or a record path", err);
}

bool splitter_open(struct stream *stream, const char *path, struct splitter **out,
                   struct error *err)
{
    struct splitter *splitter = calloc(1, sizeof *splitter);
    if (!splitter)
        return error_memory(err);
    splitter->path = path;
    if (!window_init(&splitter->window, stream, SOURCE_RECORD_CAP + 1, err) ||
        !window_fill(&splitter->window, err)) {
        splitter_close(splitter);
        return false;
    }
    window_pass_mark(&splitter->window);
    if (!find_array(splitter, err)) {
        splitter_close(splitter);
        return false;
    }
    *out = splitter;
    return true;
}

void splitter_close(struct splitter *splitter)
{
    if (!splitter)
        return;
    window_free(&splitter->window);
    free(splitter);
}

/* What follows the array: the rest of the objects around it, then nothing. */
static bool take_rest(struct splitter *splitter, struct error *err)
{
    char key[KEY_CAP];
    char c;
    while (splitter->objects > 0) {
        if (!peek(splitter, &c, err))
            return false;
        if (c != ',') {
            if (!take(splitter, '}', "',' or '}'", err))
                return false;
            splitter->objects--;
            continue;
        }
        window_pass(&splitter->window, 1);
        if (!take_key(splitter, key, err) || !skip_value(splitter, err))
            return false;
    }
    splitter->finished = true;
    return peek(splitter, &c, err) &&
           (window_view(&splitter->window).size == 0 ||
            fail(splitter, "nothing behind the end of the document", err));
}

/* Stands before the next element, or behind the array (*end). */
static bool approach(struct splitter *splitter, bool *end, struct error *err)
{
    char c;
    if (!peek(splitter, &c, err))
        return false;
    *end = c == ']';
    if (*end) {
        window_pass(&splitter->window, 1);
        return take_rest(splitter, err);
    }
    if (!splitter->first && !take(splitter, ',', "',' or ']'", err))
        return false;
    splitter->first = false;
    if (!peek(splitter, &c, err))
        return false;
    return (c != '\0' && !strchr(",:]}", c)) || fail(splitter, "an element", err);
}

static bool take_element(struct splitter *splitter, struct element *element, struct error *err)
{
    struct nesting nesting = {0};
    size_t bad_at;
    if (!window_fill(&splitter->window, err))
        return false;
    struct text view = window_view(&splitter->window);
    size_t size = value_size(view, &nesting, &bad_at);
    if (size == 0 && bad_at < view.size) {
        window_pass(&splitter->window, bad_at);
        return fail(splitter, "the bracket that closes the one before", err);
    }
    if (size == 0 && splitter->window.finished) {
        window_pass(&splitter->window, view.size);
        return fail(splitter, "the end of the element", err);
    }
    *element = (struct element){
        .raw = {view.data, size}, .number = ++splitter->number, .offset = splitter->window.offset};
    if (size > 0 && size <= SOURCE_RECORD_CAP) {
        window_pass(&splitter->window, size);
        return true;
    }
    element->raw.size = SOURCE_RECORD_CAP;
    element->problem = "an element of more than 1 MiB";
    splitter->skipping = true;
    return true;
}

bool splitter_next(struct splitter *splitter, struct element *element, bool *end, struct error *err)
{
    *end = splitter->finished;
    if (*end)
        return true;
    if (splitter->skipping && !skip_value(splitter, err))
        return false;
    splitter->skipping = false;
    return approach(splitter, end, err) && (*end || take_element(splitter, element, err));
}
