/* SPDX-License-Identifier: GPL-3.0-or-later */
/* heng feed list|status|run|check: the feeds of setting feed.folder from the command line. */
#include <jansson.h>
#include <string.h>

#include "daemon/command.h"
#include "daemon/database.h"
#include "daemon/feeds.h"
#include "daemon/interrupt.h"
#include "etl/store/view_list.h"

enum { LIST_ARENA_CAP = 8 * 1024 * 1024, WORDS_SIZE = 300 };

struct verb {
    const char *name;
    bool needs_name;
    bool needs_database;
    bool (*run)(struct invocation *inv, struct feed_set *set, struct db *db, const char *name,
                struct error *err);
};

static bool print(const struct invocation *inv, json_t *value, struct error *err)
{
    bool good =
        value && json_dumpf(value, inv->out, JSON_INDENT(2)) == 0 && fputc('\n', inv->out) != EOF;
    json_decref(value);
    return good || error_set(err, ERROR_IO, "standard output", "cannot print the answer");
}

static const char *no_value(const void *context, const char *name)
{
    (void)context;
    (void)name;
    return NULL;
}

/* The list that the service answers, whole. */
static bool read_list(struct invocation *inv, struct db *db, struct arena *arena, json_t **out,
                      struct error *err)
{
    const struct view_query query = {
        .list = view_list_find("feeds"), .value = no_value, .limit = FEED_SET_CAP};
    struct view view = {
        .db = db,
        .arena = arena,
        .sees_raw = true,
        .data_version = "",
        .today = "",
        .utc_offset_minutes =
            (int)settings_integer(inv->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES),
    };
    json_t *answer = json_object();
    bool good = answer ? view_list_fill(&view, &query, answer, err) : error_memory(err);
    *out = good ? json_incref(json_object_get(answer, "items")) : NULL;
    json_decref(answer);
    return good;
}

static const char *text_of_member(const json_t *item, const char *key)
{
    const char *text = json_string_value(json_object_get(item, key));
    return text ? text : "-";
}

static void print_item(const struct invocation *inv, const json_t *item)
{
    fprintf(inv->out, "%-28s %-9s %-10s %-26s %s\n", text_of_member(item, "feed"),
            text_of_member(item, "feed_kind"), text_of_member(item, "state"),
            text_of_member(item, "last_delivered_at"), text_of_member(item, "error"));
}

static bool list(struct invocation *inv, struct feed_set *set, struct db *db, const char *name,
                 struct error *err)
{
    struct arena arena;
    json_t *items = NULL;
    (void)set;
    (void)name;
    arena_init(&arena, LIST_ARENA_CAP);
    bool good = read_list(inv, db, &arena, &items, err);
    for (size_t i = 0; good && !inv->json && i < json_array_size(items); i++)
        print_item(inv, json_array_get(items, i));
    if (good && inv->json)
        good = print(inv, json_incref(items), err);
    json_decref(items);
    arena_reset(&arena);
    return good;
}

static void print_members(const struct invocation *inv, json_t *item)
{
    const char *key;
    json_t *value;
    json_object_foreach(item, key, value)
    {
        char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
        const char *shown = json_is_string(value) ? json_string_value(value) : text;
        fprintf(inv->out, "%-24s %s\n", key, shown ? shown : "");
        free(text);
    }
}

static bool status(struct invocation *inv, struct feed_set *set, struct db *db, const char *name,
                   struct error *err)
{
    struct arena arena;
    json_t *items = NULL;
    json_t *found = NULL;
    (void)set;
    arena_init(&arena, LIST_ARENA_CAP);
    bool good = read_list(inv, db, &arena, &items, err);
    for (size_t i = 0; good && i < json_array_size(items); i++) {
        json_t *item = json_array_get(items, i);
        if (strcmp(text_of_member(item, "feed"), name) == 0)
            found = item;
    }
    if (good && !found)
        good = error_set(err, ERROR_NOT_FOUND, name, "there is no such feed");
    if (good && inv->json)
        good = print(inv, json_incref(found), err);
    else if (good)
        print_members(inv, found);
    json_decref(items);
    arena_reset(&arena);
    return good;
}

static bool tell(void *context, int percent, const char *detail, struct error *err)
{
    struct invocation *inv = context;
    (void)detail;
    progress_step(inv->progress, (uint64_t)percent);
    return interrupt_check(err);
}

static json_t *report_json(const char *name, const struct feed_report *report)
{
    return json_pack("{s:s, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I}", "feed", name,
                     "deliveries", (json_int_t)report->deliveries, "repeated",
                     (json_int_t)report->repeated, "refused", (json_int_t)report->refused,
                     "skipped", (json_int_t)report->skipped, "rows_in", (json_int_t)report->rows_in,
                     "inserted", (json_int_t)report->inserted, "updated",
                     (json_int_t)report->updated, "identical", (json_int_t)report->identical,
                     "rejected", (json_int_t)report->rejected);
}

static bool run_feed(struct invocation *inv, struct feed_set *set, struct db *db, const char *name,
                     struct error *err)
{
    char words[WORDS_SIZE];
    int failures = 0;
    struct feed_run run = {
        .db = db,
        .entry = feed_set_find(set, name),
        .clock = &feeds_clock,
        .utc_offset_minutes =
            (int)settings_integer(inv->settings, SETTING_REGISTER_UTC_OFFSET_MINUTES),
        .reject_share_ppm = settings_integer(inv->settings, SETTING_LOAD_REJECT_SHARE_PPM),
        .progress = tell,
        .context = inv,
    };
    if (!run.entry)
        return error_set(err, ERROR_NOT_FOUND, name, "there is no such feed");
    progress_start(inv->progress, name, 100);
    if (!feed_run(&run, &failures, err))
        return false;
    progress_finish(inv->progress, 100);
    if (inv->json)
        return print(inv, report_json(name, &run.report), err);
    fprintf(inv->out, "%s: %s\n", name, feed_run_words(&run.report, words, sizeof words));
    return true;
}

/* What is wrong with one feed; prints a line and returns whether it is sound. */
static bool check_entry(const struct invocation *inv, const struct feed_entry *entry)
{
    struct error fault = {.kind = ERROR_NONE};
    bool good = feed_run_check(entry, &fault);
    fprintf(inv->out, "%-28s %-9s %s: %s%s%s\n", entry->name, feed_kind_name(entry->feed.kind),
            entry->path, good ? "good" : fault.subject, good ? "" : ": ",
            good ? "" : fault.message);
    return good;
}

static bool check(struct invocation *inv, struct feed_set *set, struct db *db, const char *name,
                  struct error *err)
{
    size_t bad = set->fault_count;
    size_t checked = 0;
    (void)db;
    for (size_t i = 0; i < set->fault_count; i++)
        fprintf(inv->out, "%-28s %-9s %s: %s\n", "-", "-", set->faults[i].path,
                set->faults[i].error.message);
    for (size_t i = 0; i < set->count; i++) {
        if (name[0] && strcmp(set->entries[i].name, name) != 0)
            continue;
        checked++;
        bad += !check_entry(inv, &set->entries[i]);
    }
    if (name[0] && checked == 0)
        return error_set(err, ERROR_NOT_FOUND, name, "there is no such feed");
    return bad == 0 || error_set(err, ERROR_CHECK, "feeds", "%zu of %zu feeds cannot work", bad,
                                 checked + set->fault_count);
}

static const struct verb verbs[] = {
    {"list", false, true, list},
    {"status", true, true, status},
    {"run", true, true, run_feed},
    {"check", false, false, check},
};

/* As root the database makes us the service user, whose folders these are. */
static bool open_parts(struct invocation *inv, const struct verb *verb, struct feed_set **set,
                       struct db **db, struct error *err)
{
    char now[DELIVERY_INSTANT_SIZE];
    const char *folder = settings_text(inv->settings, SETTING_FEED_FOLDER);
    if (!folder[0])
        return error_set(err, ERROR_CONFIG, "feed.folder",
                         "names the folder of the feed documents; it is not set");
    if (!database_open(inv, DB_JOB_SECONDS, db, err) || !feed_set_read(folder, set, err))
        return false;
    return !verb->needs_database || feed_set_register(*set, *db, database_instant(inv, now), err);
}

static bool run_verb(struct invocation *inv, const struct verb *verb, struct error *err)
{
    struct feed_set *set = NULL;
    struct db *db = NULL;
    const char *name = inv->argc > 1 ? inv->argv[1] : "";
    if (verb->needs_name && !name[0])
        return error_set(err, ERROR_USAGE, NULL, "heng feed %s needs one FEED", verb->name);
    bool good = open_parts(inv, verb, &set, &db, err) && verb->run(inv, set, db, name, err);
    feed_set_release(set);
    db_close(db);
    return good;
}

bool cmd_feed(struct invocation *inv, struct error *err)
{
    const struct option_form form = {.usage = "list | status FEED | run FEED | check [FEED]",
                                     .positional_min = 1,
                                     .positional_max = 2};
    if (!invocation_options(inv, &form, err))
        return false;
    for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
        if (strcmp(verbs[i].name, inv->argv[0]) == 0)
            return run_verb(inv, &verbs[i], err);
    }
    return error_set(err, ERROR_USAGE, NULL, "expected list, status, run or check, found \"%s\"",
                     inv->argv[0]);
}
