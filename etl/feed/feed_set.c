/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/feed/feed_set.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "etl/source/file.h"

static int is_document(const struct dirent *entry)
{
    size_t size = strlen(entry->d_name);
    return entry->d_name[0] != '.' && size > 5 && strcmp(entry->d_name + size - 5, ".json") == 0;
}

static bool join(struct arena *arena, const char *folder, const char *name, const char **out,
                 struct error *err)
{
    size_t size = strlen(folder) + strlen(name) + 2;
    char *path = arena_alloc(arena, size);
    if (!path)
        return arena_error(arena, err);
    snprintf(path, size, "%s/%s", folder, name);
    *out = path;
    return true;
}

/* What the kind of a feed asks of the files that its mapping reads. */
static bool check_mapping(const struct feed_entry *entry, struct error *err)
{
    const struct source_form *form = &entry->mapping->form;
    if (entry->feed.kind == FEED_PUSH &&
        (form->format != SOURCE_JSONL || form->encoding != ENCODING_UTF8))
        return error_set(err, ERROR_INPUT, entry->mapping_path,
                         "a feed of kind push takes JSON lines: expected format \"jsonl\" and "
                         "encoding \"utf-8\"");
    return true;
}

static bool read_mapping(struct feed_set *set, const char *folder, struct feed_entry *entry,
                         struct error *err)
{
    char *bytes = NULL;
    if (!join(&set->arena, folder, entry->feed.mapping, &entry->mapping_path, err) ||
        !file_read(entry->mapping_path, MAPPING_BYTES_CAP, &set->arena, &bytes,
                   &entry->mapping_size, err))
        return false;
    entry->mapping_bytes = bytes;
    if (!mapping_read(bytes, entry->mapping_size, entry->mapping_path, &set->arena, &entry->mapping,
                      err))
        return false;
    entry->name = entry->mapping->source;
    return check_mapping(entry, err);
}

static bool read_document(struct feed_set *set, const char *folder, struct feed_entry *entry,
                          struct error *err)
{
    char *bytes = NULL;
    size_t size = 0;
    if (!file_read(entry->path, FEED_BYTES_CAP, &set->arena, &bytes, &size, err) ||
        !feed_read(bytes, size, entry->path, &set->arena, &entry->feed, err) ||
        !read_mapping(set, folder, entry, err))
        return false;
    digest_of(DIGEST_SHA256, bytes, size, entry->sha256);
    const struct feed_entry *other = feed_set_find(set, entry->name);
    return !other || error_set(err, ERROR_CONFLICT, entry->path,
                               "source %s has a feed already, in %s: one source, one feed",
                               entry->name, other->path);
}

/* One document: an entry, or a fault. */
static bool add_document(struct feed_set *set, const char *folder, const char *name,
                         struct error *err)
{
    struct feed_entry *entry = &set->entries[set->count];
    struct feed_fault *fault = &set->faults[set->fault_count];
    *entry = (struct feed_entry){.name = NULL};
    if (!join(&set->arena, folder, name, &entry->path, err))
        return false;
    if (read_document(set, folder, entry, &fault->error)) {
        set->count++;
        return true;
    }
    fault->path = entry->path;
    set->fault_count++;
    return fault->error.kind != ERROR_MEMORY || error_memory(err);
}

static bool add_documents(struct feed_set *set, const char *folder, struct dirent **names,
                          int count, struct error *err)
{
    if (count > FEED_SET_CAP)
        return error_set(err, ERROR_LIMIT, folder, "at most %d feed documents, found %d",
                         FEED_SET_CAP, count);
    set->entries = arena_array(&set->arena, (size_t)count, sizeof *set->entries);
    set->faults = arena_array(&set->arena, (size_t)count, sizeof *set->faults);
    if (count > 0 && (!set->entries || !set->faults))
        return arena_error(&set->arena, err);
    for (int i = 0; i < count; i++) {
        if (!add_document(set, folder, names[i]->d_name, err))
            return false;
    }
    return true;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bool read_folder(struct feed_set *set, const char *folder, struct error *err)
{
    struct dirent **names = NULL;
    int count = scandir(folder, &names, is_document, by_bytes);
    if (count < 0)
        return error_errno(err, folder, "cannot read the folder of feed documents", errno);
    bool good = add_documents(set, folder, names, count, err);
    for (int i = 0; i < count; i++)
        free(names[i]);
    free(names);
    return good;
}

bool feed_set_read(const char *folder, struct feed_set **out, struct error *err)
{
    struct feed_set *set = calloc(1, sizeof *set);
    if (!set)
        return error_memory(err);
    arena_init(&set->arena, FEED_SET_ARENA_CAP);
    atomic_init(&set->users, 1);
    if (folder[0] && !read_folder(set, folder, err)) {
        feed_set_release(set);
        return false;
    }
    *out = set;
    return true;
}

struct feed_set *feed_set_share(struct feed_set *set)
{
    atomic_fetch_add(&set->users, 1);
    return set;
}

void feed_set_release(struct feed_set *set)
{
    if (!set || atomic_fetch_sub(&set->users, 1) > 1)
        return;
    arena_reset(&set->arena);
    free(set);
}

struct feed_entry *feed_set_find(const struct feed_set *set, const char *name)
{
    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->entries[i].name, name) == 0)
            return &set->entries[i];
    }
    return NULL;
}

static bool register_all(struct feed_set *set, struct db *db, const char *now, struct error *err)
{
    const char *names[FEED_SET_CAP];
    int64_t feed_id = 0;
    for (size_t i = 0; i < set->count; i++) {
        struct feed_entry *entry = &set->entries[i];
        const struct feed_row row = {.name = entry->name,
                                     .feed = &entry->feed,
                                     .record_kind = entry->mapping->kind->name,
                                     .jurisdiction = entry->mapping->jurisdiction,
                                     .title_zh = entry->mapping->title_zh,
                                     .title_en = entry->mapping->title_en,
                                     .document_sha256 = entry->sha256,
                                     .mapping_sha256 = entry->mapping->sha256};
        names[i] = entry->name;
        if (!feed_store_register(db, &row, now, &feed_id, err))
            return false;
        entry->feed_id = feed_id;
    }
    return feed_store_retire(db, names, set->count, now, err);
}

bool feed_set_register(struct feed_set *set, struct db *db, const char *now, struct error *err)
{
    if (db_begin(db, err) && register_all(set, db, now, err) && db_commit(db, err))
        return true;
    db_rollback(db);
    return false;
}
