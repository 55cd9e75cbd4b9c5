/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/feed/folder_place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "models/core/day.h"
#include "models/core/text.h"

enum { OWNER_ONLY = 0700, CLAIM_TRIES = 1000, NAMES_STEP = 64 };

static const char *const room_names[FOLDER_ROOM_COUNT] = {
    [FOLDER_IN] = "in",
    [FOLDER_WORK] = "work",
    [FOLDER_ARCHIVE] = "archive",
    [FOLDER_REFUSED] = "refused",
};

bool folder_place_path(const struct folder_place *place, enum folder_room room, const char *claim,
                       const char *name, const char *suffix, char *buffer, struct error *err)
{
    const char *const parts[] = {
        place->folder->path, "/", room_names[room], "/", claim, "/", name, suffix, NULL};
    return text_join(buffer, FOLDER_PLACE_PATH_SIZE, parts) ||
           error_set(err, ERROR_LIMIT, name, "a path has at most %d bytes",
                     FOLDER_PLACE_PATH_SIZE - 1);
}

static bool failed(const struct folder_place *place, const char *name, const char *what,
                   struct error *err)
{
    char subject[ERROR_SUBJECT_SIZE];
    int number = errno;
    snprintf(subject, sizeof subject, "%.150s: %.90s", place->folder->path, name);
    return error_errno(err, subject, what, number);
}

static bool check_own(const struct folder_place *place, enum folder_room room, struct error *err)
{
    struct stat status;
    if (fstat(place->rooms[room], &status) != 0)
        return failed(place, room_names[room], "cannot examine", err);
    return ((status.st_mode & 07777) == OWNER_ONLY && status.st_uid == geteuid()) ||
           error_set(err, ERROR_CONFIG, place->folder->path,
                     "%s: expected a folder of mode 0700 of the user that heng runs as, found mode "
                     "%04o of user %u",
                     room_names[room], (unsigned)(status.st_mode & 07777), (unsigned)status.st_uid);
}

static bool open_room(struct folder_place *place, int base, enum folder_room room,
                      struct error *err)
{
    const char *name = room_names[room];
    if (room != FOLDER_IN && mkdirat(base, name, OWNER_ONLY) != 0 && errno != EEXIST)
        return failed(place, name, "cannot make the folder", err);
    place->rooms[room] = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (place->rooms[room] < 0)
        return failed(place, name, "cannot open the folder", err);
    return room == FOLDER_IN || check_own(place, room, err);
}

static bool open_rooms(struct folder_place *place, struct error *err)
{
    int base = open(place->folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (base < 0)
        return error_errno(err, place->folder->path, "cannot open the watched folder", errno);
    bool good = true;
    for (int room = 0; good && room < FOLDER_ROOM_COUNT; room++)
        good = open_room(place, base, (enum folder_room)room, err);
    close(base);
    return good;
}

bool folder_place_open(struct folder_place *place, const struct feed_folder *folder,
                       struct error *err)
{
    *place = (struct folder_place){.folder = folder};
    for (int room = 0; room < FOLDER_ROOM_COUNT; room++)
        place->rooms[room] = -1;
    bool good = open_rooms(place, err);
    if (good && flock(place->rooms[FOLDER_WORK], LOCK_EX | LOCK_NB) != 0)
        good = error_set(err, ERROR_CONFLICT, folder->path, "another program works in this folder");
    if (!good)
        folder_place_close(place);
    return good;
}

void folder_place_close(struct folder_place *place)
{
    for (int room = 0; room < FOLDER_ROOM_COUNT; room++) {
        if (place->rooms[room] >= 0)
            close(place->rooms[room]);
        place->rooms[room] = -1;
    }
}

static bool add_name(struct folder_names *out, size_t *room, const char *name, struct arena *arena,
                     struct error *err)
{
    if (out->count == *room) {
        size_t wanted = *room ? 2 * *room : NAMES_STEP;
        const char **larger = arena_array(arena, wanted, sizeof *larger);
        if (!larger)
            return arena_error(arena, err);
        if (out->count)
            memcpy(larger, out->names, out->count * sizeof *larger);
        out->names = larger;
        *room = wanted;
    }
    out->names[out->count] = arena_copy(arena, name, strlen(name));
    return out->names[out->count++] || arena_error(arena, err);
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether a name of a room is wanted. */
struct wanted {
    const struct folder_place *place;
    int64_t now_us;
    bool (*test)(const struct wanted *wanted, const char *name, size_t *skipped);
};

static bool read_names(const struct wanted *wanted, DIR *entries, struct arena *arena,
                       struct folder_names *out, struct error *err)
{
    size_t room = 0;
    const struct dirent *entry;
    while (out->count < FOLDER_PLACE_FILES_CAP && (errno = 0, entry = readdir(entries)) != NULL) {
        if (entry->d_name[0] != '.' && wanted->test(wanted, entry->d_name, &out->skipped) &&
            !add_name(out, &room, entry->d_name, arena, err))
            return false;
    }
    return errno == 0 || error_errno(err, wanted->place->folder->path, "cannot read", errno);
}

static bool list(const struct wanted *wanted, enum folder_room room, struct arena *arena,
                 struct folder_names *out, struct error *err)
{
    const struct folder_place *place = wanted->place;
    *out = (struct folder_names){.count = 0};
    int directory = openat(place->rooms[room], ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = directory >= 0 ? fdopendir(directory) : NULL;
    if (!entries) {
        failed(place, room_names[room], "cannot read the folder", err);
        if (directory >= 0)
            close(directory);
        return false;
    }
    bool good = read_names(wanted, entries, arena, out, err);
    closedir(entries);
    if (good && out->count > 1)
        qsort(out->names, out->count, sizeof *out->names, by_bytes);
    return good;
}

/* A change of size or of mtime changes ctime, and so does a rename: nobody sets it. */
static bool is_quiet(const struct wanted *wanted, const struct stat *status)
{
    int64_t changed_us = (int64_t)status->st_ctim.tv_sec * 1000000 + status->st_ctim.tv_nsec / 1000;
    return wanted->now_us - changed_us >= (int64_t)wanted->place->folder->quiet_seconds * 1000000;
}

static bool has_done(const struct folder_place *place, const char *name)
{
    char done[FOLDER_PLACE_NAME_SIZE + sizeof FOLDER_PLACE_DONE];
    snprintf(done, sizeof done, "%s" FOLDER_PLACE_DONE, name);
    return faccessat(place->rooms[FOLDER_IN], done, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static bool is_ready(const struct wanted *wanted, const char *name, size_t *skipped)
{
    const struct folder_place *place = wanted->place;
    const struct feed_folder *folder = place->folder;
    struct stat status;
    size_t size = strlen(name);
    size_t done = sizeof FOLDER_PLACE_DONE - 1;
    bool is_mark = size > done && strcmp(name + size - done, FOLDER_PLACE_DONE) == 0;
    if (fnmatch(folder->pattern, name, FNM_PERIOD) != 0 ||
        (folder->ready == FEED_READY_DONE && is_mark) ||
        fstatat(place->rooms[FOLDER_IN], name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return false;
    bool usable = S_ISREG(status.st_mode) && text_valid_utf8(text_of(name)) &&
                  size + sizeof FOLDER_PLACE_REASON <= FOLDER_PLACE_NAME_SIZE &&
                  faccessat(place->rooms[FOLDER_IN], name, R_OK, AT_EACCESS) == 0;
    *skipped += !usable;
    if (!usable)
        return false;
    return folder->ready == FEED_READY_QUIET
               ? is_quiet(wanted, &status)
               : folder->ready == FEED_READY_RENAME || has_done(place, name);
}

bool folder_place_ready(const struct folder_place *place, int64_t now_us, struct arena *arena,
                        struct folder_names *out, struct error *err)
{
    const struct wanted wanted = {.place = place, .now_us = now_us, .test = is_ready};
    return list(&wanted, FOLDER_IN, arena, out, err);
}

static bool is_claim(const struct wanted *wanted, const char *name, size_t *skipped)
{
    (void)wanted;
    (void)skipped;
    return strlen(name) == FOLDER_PLACE_CLAIM_SIZE - 2 && name[8] == 'T' && name[15] == '.';
}

bool folder_place_claims(const struct folder_place *place, enum folder_room room,
                         struct arena *arena, struct folder_names *out, struct error *err)
{
    const struct wanted wanted = {.place = place, .test = is_claim};
    return list(&wanted, room, arena, out, err);
}

static void claim_text(int64_t moment_us, char claim[FOLDER_PLACE_CLAIM_SIZE])
{
    char text[64];
    int64_t seconds = moment_us / 1000000;
    struct civil civil = day_to_civil((day)(seconds / 86400));
    int rest = (int)(seconds % 86400);
    snprintf(text, sizeof text, "%04d%02d%02dT%02d%02d%02d.%06d", civil.year, civil.month,
             civil.dom, rest / 3600, rest / 60 % 60, rest % 60, (int)(moment_us % 1000000));
    snprintf(claim, FOLDER_PLACE_CLAIM_SIZE, "%.22s", text);
}

/* Neither in work nor where claims go from there. */
static bool is_used(const struct folder_place *place, const char *claim)
{
    for (int room = FOLDER_WORK; room < FOLDER_ROOM_COUNT; room++) {
        if (faccessat(place->rooms[room], claim, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            return true;
    }
    return false;
}

static bool make_claim(const struct folder_place *place, int64_t now_us,
                       char claim[FOLDER_PLACE_CLAIM_SIZE], struct error *err)
{
    for (int i = 0; i < CLAIM_TRIES; i++) {
        claim_text(now_us + i, claim);
        if (!is_used(place, claim) && mkdirat(place->rooms[FOLDER_WORK], claim, OWNER_ONLY) == 0)
            return true;
        if (errno != EEXIST && errno != ENOENT)
            break;
    }
    return failed(place, claim, "cannot make the folder of a claim", err);
}

/* in/name + suffix → work/claim/name + suffix; *there is false when there is no such file. */
static bool pull(const struct folder_place *place, const char *claim, const char *name,
                 const char *suffix, bool *there, struct error *err)
{
    char from[FOLDER_PLACE_NAME_SIZE + 8];
    char to[FOLDER_PLACE_CLAIM_SIZE + FOLDER_PLACE_NAME_SIZE + 8];
    snprintf(from, sizeof from, "%s%s", name, suffix);
    snprintf(to, sizeof to, "%s/%s%s", claim, name, suffix);
    *there = renameat(place->rooms[FOLDER_IN], from, place->rooms[FOLDER_WORK], to) == 0;
    return *there || errno == ENOENT || failed(place, from, "cannot take the file", err);
}

/* The mark goes first: were it left behind, it would declare the next file of this name whole. */
bool folder_place_claim(const struct folder_place *place, const char *name, int64_t now_us,
                        char claim[FOLDER_PLACE_CLAIM_SIZE], bool *taken, struct error *err)
{
    bool marked = true;
    *taken = false;
    if (!make_claim(place, now_us, claim, err))
        return false;
    if (place->folder->ready == FEED_READY_DONE &&
        !pull(place, claim, name, FOLDER_PLACE_DONE, &marked, err))
        return false;
    if (marked && !pull(place, claim, name, "", taken, err))
        return false;
    return *taken || folder_place_delete(place, FOLDER_WORK, claim, err);
}

static bool ends_with(const char *name, const char *suffix, size_t *stem)
{
    size_t size = strlen(name);
    size_t end = strlen(suffix);
    *stem = size > end ? size - end : 0;
    return size > end && strcmp(name + *stem, suffix) == 0;
}

/* The file of the claim, or the name that its mark or its reason is for. */
static bool read_claim(const struct folder_place *place, const char *claim, char *file, char *mark,
                       struct error *err)
{
    int directory =
        openat(place->rooms[FOLDER_WORK], claim, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = directory >= 0 ? fdopendir(directory) : NULL;
    const struct dirent *entry;
    file[0] = mark[0] = '\0';
    if (!entries) {
        failed(place, claim, "cannot read the claim", err);
        if (directory >= 0)
            close(directory);
        return false;
    }
    while ((entry = readdir(entries)) != NULL) {
        const char *name = entry->d_name;
        size_t stem;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
            ends_with(name, FOLDER_PLACE_REASON, &stem))
            continue;
        bool is_mark =
            place->folder->ready == FEED_READY_DONE && ends_with(name, FOLDER_PLACE_DONE, &stem);
        snprintf(is_mark ? mark : file, FOLDER_PLACE_NAME_SIZE, "%.*s",
                 is_mark ? (int)stem : FOLDER_PLACE_NAME_SIZE - 1, name);
    }
    closedir(entries);
    return true;
}

bool folder_place_resume(const struct folder_place *place, const char *claim,
                         char name[FOLDER_PLACE_NAME_SIZE], struct error *err)
{
    char mark[FOLDER_PLACE_NAME_SIZE];
    bool there = false;
    if (!read_claim(place, claim, name, mark, err))
        return false;
    if (name[0])
        return true;
    if (mark[0] && !pull(place, claim, mark, "", &there, err))
        return false;
    if (there) {
        memcpy(name, mark, FOLDER_PLACE_NAME_SIZE);
        return true;
    }
    return folder_place_delete(place, FOLDER_WORK, claim, err);
}

bool folder_place_move(const struct folder_place *place, const char *claim, enum folder_room room,
                       struct error *err)
{
    return renameat(place->rooms[FOLDER_WORK], claim, place->rooms[room], claim) == 0 ||
           failed(place, claim, "cannot move the claim", err);
}

bool folder_place_keep_copy(const struct folder_place *place, const char *claim, const char *name,
                            struct error *err)
{
    char kept[FOLDER_PLACE_CLAIM_SIZE + FOLDER_PLACE_NAME_SIZE + 16];
    snprintf(kept, sizeof kept, "%s/%s" FOLDER_PLACE_BLANKED, claim, name);
    if (mkdirat(place->rooms[FOLDER_ARCHIVE], claim, OWNER_ONLY) != 0 && errno != EEXIST)
        return failed(place, claim, "cannot make the folder", err);
    return renameat(place->rooms[FOLDER_WORK], FOLDER_PLACE_COPY, place->rooms[FOLDER_ARCHIVE],
                    kept) == 0 ||
           failed(place, kept, "cannot keep the copy", err);
}

static bool write_all(int file, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(file, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

bool folder_place_explain(const struct folder_place *place, const char *claim, const char *name,
                          const char *reason, struct error *err)
{
    char path[FOLDER_PLACE_PATH_SIZE];
    if (!folder_place_path(place, FOLDER_WORK, claim, name, FOLDER_PLACE_REASON, path, err))
        return false;
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0)
        return error_errno(err, path, "cannot make the note", errno);
    bool good =
        write_all(file, reason, strlen(reason)) && write_all(file, "\n", 1) && fsync(file) == 0;
    if (!good)
        error_errno(err, path, "cannot write the note", errno);
    close(file);
    return good;
}

static bool delete_file(const struct folder_place *place, int directory, const char *name,
                        struct error *err)
{
    return unlinkat(directory, name, 0) == 0 || failed(place, name, "cannot delete", err);
}

static bool empty(const struct folder_place *place, DIR *entries, struct error *err)
{
    const struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            !delete_file(place, dirfd(entries), entry->d_name, err))
            return false;
    }
    return true;
}

bool folder_place_delete(const struct folder_place *place, enum folder_room room, const char *claim,
                         struct error *err)
{
    int directory =
        openat(place->rooms[room], claim, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *entries = directory >= 0 ? fdopendir(directory) : NULL;
    if (!entries) {
        failed(place, claim, "cannot read the claim", err);
        if (directory >= 0)
            close(directory);
        return false;
    }
    bool good = empty(place, entries, err);
    closedir(entries);
    return good && (unlinkat(place->rooms[room], claim, AT_REMOVEDIR) == 0 ||
                    failed(place, claim, "cannot delete", err));
}

bool folder_place_purge(const struct folder_place *place, enum folder_room room, int days,
                        int64_t now_us, struct arena *arena, struct error *err)
{
    char oldest[FOLDER_PLACE_CLAIM_SIZE];
    struct folder_names claims;
    if (days == 0)
        return true;
    claim_text(now_us - (int64_t)days * 86400 * 1000000, oldest);
    if (!folder_place_claims(place, room, arena, &claims, err))
        return false;
    for (size_t i = 0; i < claims.count && strcmp(claims.names[i], oldest) < 0; i++) {
        if (!folder_place_delete(place, room, claims.names[i], err))
            return false;
    }
    return true;
}
