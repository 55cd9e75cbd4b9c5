/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/bundle/bundle.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0600, TRANSFER_SIZE = 1 << 30 }; /* one read() or write() moves at most 2 GiB */

static int open_directory(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/* Opens a plain file of at most cap bytes; -1 after setting the error. */
static int open_file(int directory, const struct bundle_rule *rule, size_t *size, struct error *err)
{
    struct stat status;
    /* O_NONBLOCK: opening a FIFO must not wait for its writer. */
    int file = openat(directory, rule->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file < 0) {
        if (errno == ELOOP)
            error_set(err, ERROR_INVALID, rule->name,
                      "expected a plain file, found a symbolic link");
        else
            error_errno(err, rule->name, "cannot open", errno);
        return -1;
    }
    if (fstat(file, &status) != 0)
        error_errno(err, rule->name, "cannot look at", errno);
    else if (!S_ISREG(status.st_mode))
        error_set(err, ERROR_INVALID, rule->name, "expected a plain file, found something else");
    else if ((uintmax_t)status.st_size > rule->size_cap)
        error_set(err, ERROR_LIMIT, rule->name, "the file has at most %zu bytes, found %jd",
                  rule->size_cap, (intmax_t)status.st_size);
    else {
        *size = (size_t)status.st_size;
        return file;
    }
    close(file);
    return -1;
}

static bool read_bytes(int file, const char *name, char *data, size_t size, struct error *err)
{
    for (size_t done = 0; done < size;) {
        size_t left = size - done;
        ssize_t count = read(file, data + done, left < TRANSFER_SIZE ? left : TRANSFER_SIZE);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return error_errno(err, name, "cannot read", errno);
        if (count == 0)
            return error_set(err, ERROR_IO, name, "expected %zu bytes, found %zu", size, done);
        done += (size_t)count;
    }
    return true;
}

static bool load_file(int directory, const struct bundle_rule *rule, struct arena *arena,
                      struct text *out, struct error *err)
{
    size_t size = 0;
    int file = open_file(directory, rule, &size, err);
    if (file < 0)
        return false;
    char *data = arena_alloc(arena, size);
    bool done = data ? read_bytes(file, rule->name, data, size, err) : arena_error(arena, err);
    close(file);
    *out = (struct text){data, size};
    return done;
}

static bool load_entries(DIR *entries, struct arena *arena, struct bundle *out, struct error *err)
{
    for (;;) {
        enum bundle_file file;
        errno = 0;
        const struct dirent *entry = readdir(entries);
        if (!entry)
            return errno == 0 || error_errno(err, "bundle", "cannot list", errno);
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!bundle_file_of(entry->d_name, &file))
            return error_set(err, ERROR_INVALID, entry->d_name,
                             "expected the files of a bundle only, found this one");
        if (!load_file(dirfd(entries), &bundle_rules[file], arena, &out->files[file], err))
            return false;
    }
}

bool bundle_load(const char *path, struct arena *arena, struct bundle *out, struct error *err)
{
    *out = (struct bundle){.files = {{NULL, 0}}};
    int directory = open_directory(path);
    if (directory < 0)
        return errno == ENOENT ? error_set(err, ERROR_NOT_FOUND, path, "no such bundle")
                               : error_errno(err, path, "cannot open the bundle", errno);
    DIR *entries = fdopendir(directory);
    if (!entries) {
        close(directory);
        return error_errno(err, path, "cannot open the bundle", errno);
    }
    bool done = load_entries(entries, arena, out, err);
    closedir(entries);
    return done;
}

static bool write_bytes(int file, const char *name, struct text content, struct error *err)
{
    for (size_t done = 0; done < content.size;) {
        size_t left = content.size - done;
        ssize_t count =
            write(file, content.data + done, left < TRANSFER_SIZE ? left : TRANSFER_SIZE);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return error_errno(err, name, "cannot write", errno);
        done += (size_t)count;
    }
    return fsync(file) == 0 || error_errno(err, name, "cannot sync", errno);
}

static bool save_file(int directory, const char *name, struct text content, struct error *err)
{
    int file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
    if (file < 0)
        return error_errno(err, name, "cannot create", errno);
    bool done = write_bytes(file, name, content, err);
    if (close(file) != 0 && done)
        return error_errno(err, name, "cannot close", errno);
    return done;
}

static bool save_files(int directory, const struct bundle *bundle, struct error *err)
{
    for (int i = 0; i < BUNDLE_FILE_COUNT; i++) {
        if (bundle->files[i].data &&
            !save_file(directory, bundle_rules[i].name, bundle->files[i], err))
            return false;
    }
    return fsync(directory) == 0 || error_errno(err, "bundle", "cannot sync", errno);
}

/* Removes the files of a bundle and their directory; what is not a bundle's stays. */
static void remove_bundle(const char *path)
{
    int directory = open_directory(path);
    if (directory < 0)
        return;
    for (int i = 0; i < BUNDLE_FILE_COUNT; i++)
        unlinkat(directory, bundle_rules[i].name, 0);
    close(directory);
    rmdir(path);
}

/* Is there nothing at path, or a bundle that may be replaced? */
static bool check_target(const char *path, bool *exists, struct error *err)
{
    struct stat status;
    *exists = lstat(path, &status) == 0;
    if (!*exists)
        return errno == ENOENT || error_errno(err, path, "cannot look at", errno);
    int directory = open_directory(path);
    bool bundle =
        directory >= 0 && faccessat(directory, bundle_rules[BUNDLE_COMMIT].name, F_OK, 0) == 0;
    if (directory >= 0)
        close(directory);
    return bundle || error_set(err, ERROR_CONFLICT, path,
                               "expected nothing or a bundle to replace, found something else");
}

static bool sync_parent(const char *path, struct error *err)
{
    char parent[PATH_MAX];
    snprintf(parent, sizeof parent, "%s", path);
    char *slash = strrchr(parent, '/');
    if (slash)
        slash[slash == parent] = '\0';
    int directory = open_directory(slash ? parent : ".");
    if (directory < 0)
        return error_errno(err, path, "cannot open the parent directory", errno);
    bool done = fsync(directory) == 0 || error_errno(err, path, "cannot sync", errno);
    close(directory);
    return done;
}

static bool fill_directory(const char *path, const struct bundle *bundle, struct error *err)
{
    int directory = open_directory(path);
    if (directory < 0)
        return error_errno(err, path, "cannot open", errno);
    bool done = save_files(directory, bundle, err);
    close(directory);
    return done;
}

bool bundle_save(const char *path, const struct bundle *bundle, struct error *err)
{
    char fresh[PATH_MAX];
    bool exists = false;
    size_t size = strlen(path);
    if (size == 0 || size + sizeof ".XXXXXX" > sizeof fresh || path[size - 1] == '/')
        return error_set(err, ERROR_INPUT, path,
                         "expected a path of 1 to %zu bytes that does not end with a slash",
                         sizeof fresh - sizeof ".XXXXXX");
    snprintf(fresh, sizeof fresh, "%s.XXXXXX", path);
    if (!check_target(path, &exists, err))
        return false;
    if (!mkdtemp(fresh))
        return error_errno(err, fresh, "cannot create", errno);
    bool done = fill_directory(fresh, bundle, err);
    if (done && renameat2(AT_FDCWD, fresh, AT_FDCWD, path,
                          exists ? RENAME_EXCHANGE : RENAME_NOREPLACE) != 0)
        done = error_errno(err, path, "cannot rename into place", errno);
    if (!done || exists)
        remove_bundle(fresh); /* ours, or after the exchange the old one */
    return done && sync_parent(path, err);
}
