/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "etl/backup/place.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { OPEN_MAX_AT_ONCE = 16, TRANSFER_SIZE = 1 << 30 };

bool place_join(const char *folder, const char *name, char *out, struct error *err)
{
    int size = snprintf(out, PLACE_PATH_SIZE, "%s/%s", folder, name);
    return size < PLACE_PATH_SIZE ||
           error_set(err, ERROR_LIMIT, folder, "a path may have %d bytes, found %d",
                     PLACE_PATH_SIZE - 1, size);
}

bool place_failed(struct error *err, const char *path, const char *what, int errno_value)
{
    switch (errno_value) {
    case ENOSPC:
    case EDQUOT:
        return error_set(err, ERROR_LIMIT, path, "%s: the disk is full (%s)", what,
                         strerrordesc_np(errno_value));
    case EACCES:
    case EPERM:
    case EROFS:
        return error_set(err, ERROR_CONFIG, path,
                         "%s: user number %u must be allowed to, found: %s", what,
                         (unsigned)geteuid(), strerrordesc_np(errno_value));
    case ENOENT:
        return error_set(err, ERROR_NOT_FOUND, path, "%s: it is not there", what);
    default:
        return error_errno(err, path, what, errno_value);
    }
}

bool place_make(const char *path, struct error *err)
{
    char part[PLACE_PATH_SIZE];
    size_t size = strlen(path);
    if (size == 0 || size >= sizeof part)
        return error_set(err, ERROR_LIMIT, path, "a path may have %d bytes, found %zu",
                         PLACE_PATH_SIZE - 1, size);
    for (size_t end = 1; end <= size; end++) {
        if (path[end] != '/' && path[end] != '\0')
            continue;
        memcpy(part, path, end);
        part[end] = '\0';
        if (mkdir(part, PLACE_FOLDER_MODE) == 0 || errno == EEXIST)
            continue;
        /* A parent that exists may refuse with another reason, such as a read-only place. */
        struct stat status;
        int failure = errno;
        if (stat(part, &status) != 0 || !S_ISDIR(status.st_mode))
            return place_failed(err, part, "cannot make the folder", failure);
    }
    return true;
}

bool place_sync(const char *folder, struct error *err)
{
    int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file < 0)
        return place_failed(err, folder, "cannot open the folder", errno);
    int failure = fsync(file) == 0 ? 0 : errno;
    close(file);
    return failure == 0 || place_failed(err, folder, "cannot write the folder to disk", failure);
}

bool place_rename(const char *from, const char *to, struct error *err)
{
    return rename(from, to) == 0 || place_failed(err, to, "cannot give it this name", errno);
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

bool place_remove(const char *path, struct error *err)
{
    return nftw(path, remove_entry, OPEN_MAX_AT_ONCE, FTW_DEPTH | FTW_PHYS) == 0 ||
           errno == ENOENT || place_failed(err, path, "cannot remove", errno);
}

bool place_put(int file, const char *path, const void *bytes, size_t size, struct error *err)
{
    const char *next = bytes;
    while (size > 0) {
        ssize_t done = write(file, next, size < TRANSFER_SIZE ? size : TRANSFER_SIZE);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return place_failed(err, path, "cannot write", errno);
        next += done;
        size -= (size_t)done;
    }
    return true;
}

bool place_close(int file, const char *path, struct error *err)
{
    int failure = fsync(file) == 0 ? 0 : errno;
    (void)posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    if (close(file) != 0 && failure == 0)
        failure = errno;
    return failure == 0 || place_failed(err, path, "cannot write to disk", failure);
}

bool place_write(const char *path, const char *bytes, size_t size, struct error *err)
{
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, PLACE_FILE_MODE);
    if (file < 0)
        return place_failed(err, path, "cannot make the file", errno);
    bool good = place_put(file, path, bytes, size, err);
    struct error second; /* the first failure is the one to report */
    return place_close(file, path, good ? err : &second) && good;
}

static bool read_bytes(int file, const char *path, char *out, size_t cap, size_t *size,
                       struct error *err)
{
    *size = 0;
    while (*size <= cap) {
        ssize_t got = read(file, out + *size, cap + 1 - *size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return place_failed(err, path, "cannot read", errno);
        if (got == 0)
            return true;
        *size += (size_t)got;
    }
    return error_set(err, ERROR_LIMIT, path, "the file may have %zu bytes, found more", cap);
}

bool place_read(const char *path, size_t cap, char **out, size_t *size, struct error *err)
{
    struct stat status;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0)
        return place_failed(err, path, "cannot open", errno);
    bool plain = fstat(file, &status) == 0 && S_ISREG(status.st_mode);
    char *bytes = plain ? malloc(cap + 2) : NULL;
    if (!bytes) {
        close(file);
        return plain ? error_memory(err)
                     : error_set(err, ERROR_INPUT, path, "expected a plain file");
    }
    bool good = read_bytes(file, path, bytes, cap, size, err);
    close(file);
    if (!good) {
        free(bytes);
        return false;
    }
    bytes[*size] = '\0';
    *out = bytes;
    return true;
}

bool place_lock(const char *path, const char *what, int *file, struct error *err)
{
    *file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, PLACE_FILE_MODE);
    if (*file < 0)
        return place_failed(err, path, "cannot make the lock", errno);
    if (flock(*file, LOCK_EX | LOCK_NB) == 0)
        return true;
    int failure = errno;
    close(*file);
    *file = -1;
    return failure == EWOULDBLOCK
               ? error_set(err, ERROR_CONFLICT, path, "%s is under way already", what)
               : place_failed(err, path, "cannot lock", failure);
}

bool place_check_free(const char *path, int64_t need_bytes, const char *what, struct error *err)
{
    struct statvfs status;
    if (statvfs(path, &status) != 0)
        return place_failed(err, path, "cannot ask for the free space", errno);
    int64_t free_bytes = (int64_t)(status.f_bavail * status.f_frsize);
    return free_bytes >= need_bytes ||
           error_set(err, ERROR_LIMIT, path,
                     "%s needs %" PRId64 " MB free on this disk, found %" PRId64, what,
                     need_bytes >> 20, free_bytes >> 20);
}
