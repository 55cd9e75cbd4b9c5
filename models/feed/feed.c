/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "models/feed/feed.h"

#include <string.h>

#include "models/core/json.h"

/* What the reading functions pass along. */
struct reader {
    struct arena *arena;
    struct error *err;
};

typedef bool read_kind(const struct reader *reader, const json_t *object,
                       const struct json_place *place, struct feed *out);

static read_kind read_folder;
static read_kind read_push;

static const struct {
    const char *name; /* also of the member that only this kind has */
    bool scheduled;
    read_kind *read;
} kinds[FEED_KIND_COUNT] = {
    [FEED_FOLDER] = {"folder", true, read_folder},
    [FEED_PUSH] = {"push", false, read_push},
};

const char *feed_kind_name(enum feed_kind kind)
{
    return kinds[kind].name;
}

static bool keep_text(const struct reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, const char **out)
{
    const char *value = NULL;
    if (!json_get_text(object, key, place, &value, reader->err))
        return false;
    if (value[0] == '\0')
        return json_error(place, reader->err, "%s: expected a text, found an empty one", key);
    *out = arena_copy(reader->arena, value, strlen(value));
    return *out || arena_error(reader->arena, reader->err);
}

/* Leaves *out alone when the member is absent. */
static bool read_int(const struct reader *reader, const json_t *object, const char *key,
                     const struct json_place *place, int min, int max, int *out)
{
    int64_t value = 0;
    if (!json_has(object, key))
        return true;
    if (!json_get_integer(object, key, place, min, max, &value, reader->err))
        return false;
    *out = (int)value;
    return true;
}

static bool read_flag(const struct reader *reader, const json_t *object, const char *key,
                      const struct json_place *place, bool *out)
{
    return !json_has(object, key) || json_get_bool(object, key, place, out, reader->err);
}

/* Exactly HH:MM. */
static bool time_of(const char *text, int *minutes)
{
    if (!text || strlen(text) != 5 || text[2] != ':')
        return false;
    for (int i = 0; i < 5; i++) {
        if (i != 2 && (text[i] < '0' || text[i] > '9'))
            return false;
    }
    int hour = (text[0] - '0') * 10 + text[1] - '0';
    int minute = (text[3] - '0') * 10 + text[4] - '0';
    *minutes = hour * 60 + minute;
    return hour < 24 && minute < 60;
}

static bool read_times(const struct reader *reader, const json_t *object,
                       const struct json_place *place, struct schedule *out)
{
    json_t *list = NULL;
    if (!json_get_array(object, "at", place, &list, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "at");
    size_t count = json_array_size(list);
    if (count == 0 || count > SCHEDULE_TIMES_CAP)
        return json_error(&inner, reader->err, "expected 1 to %d times of the day, found %zu",
                          SCHEDULE_TIMES_CAP, count);
    for (size_t i = 0; i < count; i++) {
        struct json_place item = json_place_item(&inner, i);
        const char *text = json_string_value(json_array_get(list, i));
        if (!time_of(text, &out->at_minutes[i]))
            return json_error(&item, reader->err, "expected a time HH:MM, found \"%.40s\"",
                              text ? text : "something else");
        if (i > 0 && out->at_minutes[i] <= out->at_minutes[i - 1])
            return json_error(&item, reader->err, "the times of the day must ascend");
    }
    out->at_count = count;
    return true;
}

static bool read_schedule(const struct reader *reader, const json_t *root,
                          const struct json_place *place, struct feed *out)
{
    static const char *const keys[] = {"every_seconds", "at", "working_days_only", NULL};
    json_t *object = NULL;
    if (!json_get_object(root, "schedule", place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "schedule");
    out->scheduled = true;
    if (!json_only(object, &inner, keys, reader->err) ||
        !read_flag(reader, object, "working_days_only", &inner, &out->schedule.working_days_only))
        return false;
    if (json_has(object, "every_seconds") == json_has(object, "at"))
        return json_error(&inner, reader->err, "expected either every_seconds or at");
    return json_has(object, "at")
               ? read_times(reader, object, &inner, &out->schedule)
               : read_int(reader, object, "every_seconds", &inner, 1, SCHEDULE_EVERY_CAP_SECONDS,
                          &out->schedule.every_seconds);
}

static bool read_expected(const struct reader *reader, const json_t *root,
                          const struct json_place *place, struct feed *out)
{
    static const char *const keys[] = {"every_minutes", "working_days_only", NULL};
    json_t *object = NULL;
    int64_t minutes = 0;
    if (!json_has(root, "expected"))
        return true;
    if (!json_get_object(root, "expected", place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "expected");
    if (!json_only(object, &inner, keys, reader->err) ||
        !json_get_integer(object, "every_minutes", &inner, 1, FEED_EXPECTED_CAP_MINUTES, &minutes,
                          reader->err))
        return false;
    out->expected_minutes = (int)minutes;
    return read_flag(reader, object, "working_days_only", &inner, &out->expected_working_days);
}

static bool read_ready(const struct reader *reader, const json_t *root,
                       const struct json_place *place, struct feed_folder *out)
{
    static const char *const names[] = {
        [FEED_READY_QUIET] = "quiet", [FEED_READY_DONE] = "done", [FEED_READY_RENAME] = "rename"};
    static const char *const quiet_keys[] = {"by", "seconds", NULL};
    static const char *const other_keys[] = {"by", NULL};
    json_t *object = NULL;
    const char *name = NULL;
    int64_t seconds = 0;
    if (!json_get_object(root, "ready", place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "ready");
    if (!json_get_text(object, "by", &inner, &name, reader->err))
        return false;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        out->ready = (enum feed_ready)i;
        if (strcmp(names[i], name) != 0)
            continue;
        if (out->ready != FEED_READY_QUIET)
            return json_only(object, &inner, other_keys, reader->err);
        bool good = json_only(object, &inner, quiet_keys, reader->err) &&
                    json_get_integer(object, "seconds", &inner, 1, FEED_QUIET_CAP_SECONDS, &seconds,
                                     reader->err);
        out->quiet_seconds = (int)seconds;
        return good;
    }
    return json_error(&inner, reader->err, "by: expected quiet, done or rename, found \"%.40s\"",
                      name);
}

static bool read_folder(const struct reader *reader, const json_t *object,
                        const struct json_place *place, struct feed *out)
{
    static const char *const keys[] = {"path",         "pattern",      "ready",
                                       "archive_days", "refused_days", NULL};
    struct feed_folder *folder = &out->folder;
    *folder = (struct feed_folder){.refused_days = FEED_REFUSED_DAYS};
    if (!json_only(object, place, keys, reader->err) ||
        !keep_text(reader, object, "path", place, &folder->path) ||
        !keep_text(reader, object, "pattern", place, &folder->pattern) ||
        !read_ready(reader, object, place, folder) ||
        !read_int(reader, object, "archive_days", place, 1, FEED_KEEP_CAP_DAYS,
                  &folder->archive_days) ||
        !read_int(reader, object, "refused_days", place, 1, FEED_KEEP_CAP_DAYS,
                  &folder->refused_days))
        return false;
    if (folder->path[0] != '/')
        return json_error(place, reader->err, "path: expected an absolute path, found \"%.80s\"",
                          folder->path);
    return !strchr(folder->pattern, '/') ||
           json_error(place, reader->err, "pattern: expected the form of a name, found \"%.80s\"",
                      folder->pattern);
}

static bool read_push(const struct reader *reader, const json_t *object,
                      const struct json_place *place, struct feed *out)
{
    static const char *const keys[] = {"accounts", NULL};
    struct feed_push *push = &out->push;
    json_t *list = NULL;
    *push = (struct feed_push){.account_count = 0};
    if (!json_only(object, place, keys, reader->err) ||
        !json_get_array(object, "accounts", place, &list, reader->err))
        return false;
    struct json_place inner = json_place_member(place, "accounts");
    size_t count = json_array_size(list);
    if (count == 0 || count > FEED_ACCOUNTS_CAP)
        return json_error(&inner, reader->err, "expected 1 to %d names of accounts, found %zu",
                          FEED_ACCOUNTS_CAP, count);
    for (size_t i = 0; i < count; i++) {
        struct json_place item = json_place_item(&inner, i);
        const char *name = json_string_value(json_array_get(list, i));
        if (!name || !name[0])
            return json_error(&item, reader->err, "expected the name of an account");
        push->accounts[i] = arena_copy(reader->arena, name, strlen(name));
        if (!push->accounts[i])
            return arena_error(reader->arena, reader->err);
    }
    push->account_count = count;
    return true;
}

/* The member named after the kind, and of no other kind. */
static bool read_own(const struct reader *reader, const json_t *root,
                     const struct json_place *place, struct feed *out)
{
    json_t *object = NULL;
    for (int i = 0; i < FEED_KIND_COUNT; i++) {
        if (i != (int)out->kind && json_has(root, kinds[i].name))
            return json_error(place, reader->err, "a feed of kind %s has no member %s",
                              kinds[out->kind].name, kinds[i].name);
    }
    if (!json_get_object(root, kinds[out->kind].name, place, &object, reader->err))
        return false;
    struct json_place inner = json_place_member(place, kinds[out->kind].name);
    return kinds[out->kind].read(reader, object, &inner, out);
}

/* Relative, and no part of it is "..". */
static bool stays_inside(const char *path)
{
    if (path[0] == '/')
        return false;
    for (const char *part = path; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (strncmp(part, "..", 2) == 0 && (part[2] == '/' || part[2] == '\0'))
            return false;
    }
    return true;
}

static bool find_kind(const struct reader *reader, const json_t *root,
                      const struct json_place *place, struct feed *out)
{
    const char *name = NULL;
    if (!json_get_text(root, "kind", place, &name, reader->err))
        return false;
    for (int i = 0; i < FEED_KIND_COUNT; i++) {
        out->kind = (enum feed_kind)i;
        if (strcmp(kinds[i].name, name) == 0)
            return true;
    }
    return json_error(place, reader->err, "kind: there is none named \"%.40s\"", name);
}

static bool read_root(const struct reader *reader, const json_t *root,
                      const struct json_place *place, struct feed *out)
{
    static const char *const keys[] = {"feed",     "kind",   "mapping", "schedule",
                                       "expected", "folder", "push",    NULL};
    const char *format = NULL;
    if (!json_is_object(root))
        return json_error(place, reader->err, "expected an object");
    if (!json_only(root, place, keys, reader->err) ||
        !json_get_text(root, "feed", place, &format, reader->err))
        return false;
    if (strcmp(format, "heng-feed-1") != 0)
        return json_error(place, reader->err, "feed: expected \"heng-feed-1\", found \"%.40s\"",
                          format);
    if (!find_kind(reader, root, place, out) ||
        !keep_text(reader, root, "mapping", place, &out->mapping))
        return false;
    if (!stays_inside(out->mapping))
        return json_error(place, reader->err,
                          "mapping: expected a path inside the folder, found \"%.80s\"",
                          out->mapping);
    if (!kinds[out->kind].scheduled && json_has(root, "schedule"))
        return json_error(place, reader->err, "a feed of kind %s has no schedule",
                          kinds[out->kind].name);
    return (!kinds[out->kind].scheduled || read_schedule(reader, root, place, out)) &&
           read_expected(reader, root, place, out) && read_own(reader, root, place, out);
}

bool feed_read(const char *bytes, size_t size, const char *subject, struct arena *arena,
               struct feed *out, struct error *err)
{
    const struct reader reader = {.arena = arena, .err = err};
    const struct json_place place = json_place_root(subject);
    json_t *root = NULL;
    *out = (struct feed){.kind = FEED_FOLDER};
    if (!json_read(bytes, size, subject, &root, err))
        return false;
    bool good = read_root(&reader, root, &place, out);
    json_decref(root);
    return good;
}
