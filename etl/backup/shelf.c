/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/backup/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char PATTERN[] = "heng-00000000T000000Z"; /* 0: any digit */
static const char PARTIAL[] = ".partial";

enum {
    MANIFEST_ARENA = 16 * 1024 * 1024,
    SECONDS_PER_DAY = 86400,
    PARTIAL_NAME_SIZE = SHELF_NAME_SIZE + sizeof PARTIAL
};

/* A sorted list of names, the newest first. */
struct names {
    char (*rows)[SHELF_NAME_SIZE];
    size_t count;
    size_t room;
};

static bool is_name(const char *name, size_t size)
{
    if (size != sizeof PATTERN - 1)
        return false;
    for (size_t i = 0; i < size; i++) {
        bool digit = name[i] >= '0' && name[i] <= '9';
        if (PATTERN[i] == '0' ? !digit : name[i] != PATTERN[i])
            return false;
    }
    return true;
}

static bool is_partial(const char *name)
{
    size_t size = strlen(name);
    return size > sizeof PARTIAL - 1 && strcmp(name + size - (sizeof PARTIAL - 1), PARTIAL) == 0 &&
           is_name(name, size - (sizeof PARTIAL - 1));
}

/* "2026-06-30T12:00:00Z" → "heng-20260630T120000Z". */
static void name_of(const char *made_at, char *out)
{
    size_t used = (size_t)snprintf(out, SHELF_NAME_SIZE, "heng-");
    for (const char *c = made_at; *c && used + 1 < SHELF_NAME_SIZE; c++) {
        if (*c != '-' && *c != ':')
            out[used++] = *c;
    }
    out[used] = '\0';
}

static bool number_at(const char *text, size_t size, int64_t *out)
{
    return text_to_i64((struct text){text, size}, out);
}

/* The moment in a name; 0 when it is none. */
static int64_t moment_of(const char *name)
{
    char date[] = "0000-00-00";
    int64_t hour = 0;
    int64_t minute = 0;
    int64_t second = 0;
    day value;
    memcpy(date, name + 5, 4);
    memcpy(date + 5, name + 9, 2);
    memcpy(date + 8, name + 11, 2);
    if (!day_parse(text_of(date), &value) || !number_at(name + 14, 2, &hour) ||
        !number_at(name + 16, 2, &minute) || !number_at(name + 18, 2, &second))
        return 0;
    return (int64_t)value * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
}

static bool add_name(struct names *names, const char *name, const char *folder, struct error *err)
{
    if (names->count == SHELF_ENTRIES_CAP)
        return error_set(err, ERROR_LIMIT, folder, "at most %d backups may lie here, found more",
                         SHELF_ENTRIES_CAP);
    if (names->count == names->room) {
        size_t room = names->room ? names->room * 2 : 64;
        void *grown = realloc(names->rows, room * sizeof *names->rows);
        if (!grown)
            return error_memory(err);
        names->rows = grown;
        names->room = room;
    }
    snprintf(names->rows[names->count++], SHELF_NAME_SIZE, "%s", name);
    return true;
}

static int later_first(const void *a, const void *b)
{
    return strcmp(b, a);
}

/* The whole backups of a folder; the caller frees names->rows. */
static bool list(const char *folder, struct names *names, struct error *err)
{
    *names = (struct names){.count = 0};
    DIR *entries = opendir(folder);
    if (!entries)
        return errno == ENOENT || place_failed(err, folder, "cannot read the folder", errno);
    bool good = true;
    for (const struct dirent *entry = readdir(entries); good && entry; entry = readdir(entries)) {
        if (is_name(entry->d_name, strlen(entry->d_name)))
            good = add_name(names, entry->d_name, folder, err);
    }
    closedir(entries);
    if (names->count > 1)
        qsort(names->rows, names->count, sizeof *names->rows, later_first);
    return good;
}

/* A backup that cannot be read is nobody's: it neither counts nor is removed. */
static bool is_own(const char *folder, const char *name, const char *identity, struct arena *arena)
{
    char path[PLACE_PATH_SIZE];
    struct manifest manifest;
    struct error unread;
    bool own = place_join(folder, name, path, &unread) &&
               manifest_fetch(path, arena, &manifest, &unread) &&
               strcmp(manifest.identity, identity) == 0;
    arena_reset(arena);
    return own;
}

bool shelf_newest(const char *folder, const char *identity, int64_t *made_s, struct error *err)
{
    struct names names;
    struct arena arena;
    *made_s = 0;
    bool good = list(folder, &names, err);
    arena_init(&arena, MANIFEST_ARENA);
    for (size_t i = 0; good && *made_s == 0 && i < names.count; i++) {
        if (is_own(folder, names.rows[i], identity, &arena))
            *made_s = moment_of(names.rows[i]);
    }
    arena_reset(&arena);
    free(names.rows);
    return good;
}

bool shelf_open(struct shelf *shelf, const char *folder, struct error *err)
{
    char path[PLACE_PATH_SIZE];
    *shelf = (struct shelf){.folder = folder, .lock = -1};
    return place_make(folder, err) && place_join(folder, ".lock", path, err) &&
           place_lock(path, "a backup", &shelf->lock, err);
}

void shelf_close(struct shelf *shelf)
{
    if (shelf->lock >= 0)
        close(shelf->lock);
    shelf->lock = -1;
}

/* With the lock held nobody works on them. */
static bool remove_partials(const struct shelf *shelf, struct error *err)
{
    char path[PLACE_PATH_SIZE];
    DIR *entries = opendir(shelf->folder);
    if (!entries)
        return place_failed(err, shelf->folder, "cannot read the folder", errno);
    bool good = true;
    for (const struct dirent *entry = readdir(entries); good && entry; entry = readdir(entries)) {
        if (is_partial(entry->d_name))
            good = place_join(shelf->folder, entry->d_name, path, err) && place_remove(path, err);
    }
    closedir(entries);
    return good;
}

static bool paths_of(const struct shelf *shelf, const char *name, char *whole, char *partial,
                     struct error *err)
{
    char unfinished[PARTIAL_NAME_SIZE];
    snprintf(unfinished, sizeof unfinished, "%s%s", name, PARTIAL);
    return place_join(shelf->folder, name, whole, err) &&
           place_join(shelf->folder, unfinished, partial, err);
}

static bool make_partial(const char *whole, const char *partial, struct error *err)
{
    if (access(whole, F_OK) == 0)
        return error_set(err, ERROR_CONFLICT, whole, "a backup of this very second is there");
    return mkdir(partial, PLACE_FOLDER_MODE) == 0 ||
           place_failed(err, partial, "cannot make the folder", errno);
}

bool shelf_make(struct shelf *shelf, struct db *db, const char *made_at, struct backup_watch *watch,
                struct arena *arena, struct manifest *manifest, char *name, struct error *err)
{
    char whole[PLACE_PATH_SIZE];
    char partial[PLACE_PATH_SIZE];
    struct manifest read;
    name_of(made_at, name);
    if (!paths_of(shelf, name, whole, partial, err) || !remove_partials(shelf, err) ||
        !make_partial(whole, partial, err))
        return false;
    if (backup_take(db, partial, made_at, watch, arena, manifest, err) &&
        backup_check(partial, watch, arena, &read, err) && place_rename(partial, whole, err))
        return place_sync(shelf->folder, err);
    struct error second; /* the first failure is the one to report */
    bool removed = place_remove(partial, &second);
    (void)removed;
    return false;
}

/* Cut off halfway it does not look whole. */
static bool remove_backup(const struct shelf *shelf, const char *name, struct error *err)
{
    char whole[PLACE_PATH_SIZE];
    char partial[PLACE_PATH_SIZE];
    return paths_of(shelf, name, whole, partial, err) && place_rename(whole, partial, err) &&
           place_sync(shelf->folder, err) && place_remove(partial, err);
}

bool shelf_prune(struct shelf *shelf, const char *identity, int64_t keep, int *kept, int *removed,
                 struct error *err)
{
    struct names names;
    struct arena arena;
    *kept = 0;
    *removed = 0;
    bool good = list(shelf->folder, &names, err);
    arena_init(&arena, MANIFEST_ARENA);
    for (size_t i = 0; good && i < names.count; i++) {
        if (!is_own(shelf->folder, names.rows[i], identity, &arena))
            continue;
        if (keep == 0 || *kept < keep) {
            ++*kept;
            continue;
        }
        good = remove_backup(shelf, names.rows[i], err);
        *removed += good;
    }
    arena_reset(&arena);
    free(names.rows);
    return good;
}
