/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster_paths.h"

#include <dirent.h>
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "daemon/environment.h"

static const char SERVICE_DATA_DIR[] = "/var/lib/heng";
static const char SOCKET_DIR_TEMPLATE[] = "/heng-XXXXXX";
static const char SOCKET_NAME[] = "/.s.PGSQL.5432"; /* CLUSTER_PORT */

bool cluster_paths_join(const char *folder, const char *name, char *out, struct error *err)
{
    int size = snprintf(out, CLUSTER_PATH_SIZE, "%s/%s", folder, name);
    if (size >= CLUSTER_PATH_SIZE)
        return error_set(err, ERROR_LIMIT, folder, "a path may have %d bytes, found %d",
                         CLUSTER_PATH_SIZE - 1, size);
    return true;
}

/* cluster.data_dir or its default for this user; without a slash at the end. */
static bool data_dir_of(const struct settings *settings, const struct cluster_user *user, char *out,
                        struct error *err)
{
    const char *chosen = settings_text(settings, SETTING_CLUSTER_DATA_DIR);
    const char *base = environment_text("XDG_DATA_HOME");
    const char *parent = user->home;
    const char *name = ".local/share/heng";
    if (chosen[0] || user->service) {
        parent = chosen[0] ? chosen : SERVICE_DATA_DIR;
        name = "";
    } else if (base && base[0] == '/') {
        parent = base;
        name = "heng";
    }
    if (!cluster_paths_join(parent, name, out, err))
        return false;
    for (size_t size = strlen(out); size > 1 && out[size - 1] == '/'; size--)
        out[size - 1] = '\0';
    return true;
}

/* The end of the next longer leading part of a path: "/a", then "/a/b". */
static char *next_part(char *end)
{
    return end + 1 + strcspn(end + 1, "/");
}

/* Makes path and its parents; *made: path itself is new. */
static bool make_all(char *path, bool *made, struct error *err)
{
    *made = false;
    for (char *end = path; *end;) {
        end = next_part(end);
        char kept = *end;
        *end = '\0';
        *made = mkdir(path, kept ? 0755 : 0700) == 0;
        if (!*made && errno != EEXIST)
            return error_errno(err, path, "cannot make the directory", errno);
        *end = kept;
    }
    return true;
}

/* Root's and empty: a new volume, or made by the administrator for this purpose. */
static bool is_new_volume(const char *path)
{
    struct stat status;
    int entries = 0;
    DIR *folder = stat(path, &status) == 0 && status.st_uid == 0 ? opendir(path) : NULL;
    if (!folder)
        return false;
    while (entries <= 2 && readdir(folder)) /* "." and ".." */
        entries++;
    closedir(folder);
    return entries == 2;
}

/* Makes path and gives it to the user if it is new in one of the two senses. */
static bool prepare(char *path, const struct cluster_user *user, struct error *err)
{
    bool made;
    if (!make_all(path, &made, err))
        return false;
    if (!user->change || !(made || is_new_volume(path)))
        return true;
    if (chown(path, user->uid, user->gid) != 0)
        return error_errno(err, path, "cannot give the directory to the service user", errno);
    return true;
}

bool cluster_paths_prepare(const struct settings *settings, const struct cluster_user *user,
                           struct error *err)
{
    char path[CLUSTER_PATH_SIZE];
    if (!data_dir_of(settings, user, path, err) || !prepare(path, user, err))
        return false;
    const char *runtime = settings_text(settings, SETTING_CLUSTER_RUNTIME_DIR);
    bool made;
    if (!runtime[0])
        return true;
    if (!cluster_paths_join(runtime, ".", path, err) || !make_all(path, &made, err))
        return false;
    if (made && user->change && chown(path, user->uid, user->gid) != 0)
        return error_errno(err, path, "cannot give the directory to the service user", errno);
    return true;
}

/* Names the first directory on the way that this user cannot enter. */
static bool check_way(char *path, const struct cluster_user *user, struct error *err)
{
    for (char *end = path; *end;) {
        end = next_part(end);
        char kept = *end;
        *end = '\0';
        if (access(path, X_OK) != 0)
            return error_set(err, ERROR_CONFIG, path,
                             "user \"%s\" must be able to enter this directory, found: %s",
                             user->name, strerrordesc_np(errno));
        *end = kept;
    }
    return true;
}

static bool check_owner(const char *path, const struct cluster_user *user, struct error *err)
{
    struct stat status;
    if (stat(path, &status) != 0)
        return error_errno(err, path, "cannot look at the directory", errno);
    if (status.st_uid == user->uid)
        return true;
    const struct passwd *owner = getpwuid(status.st_uid);
    return error_set(err, ERROR_CONFIG, path,
                     "the directory must belong to user \"%s\", found \"%s\" (user number %u)",
                     user->name, owner ? owner->pw_name : "?", (unsigned)status.st_uid);
}

static size_t socket_path_size(const char *runtime)
{
    return strlen(runtime) + sizeof SOCKET_DIR_TEMPLATE - 1 + sizeof SOCKET_NAME - 1;
}

/* libpq and postgres split lists of directories at commas; libpq has no way to quote one. */
static bool check_runtime(const char *runtime, const struct cluster_user *user, struct error *err)
{
    if (socket_path_size(runtime) > CLUSTER_SOCKET_PATH_MAX)
        return error_set(err, ERROR_CONFIG, "cluster.runtime_dir",
                         "a socket path may have %d bytes, found %zu: %s%s%s",
                         CLUSTER_SOCKET_PATH_MAX, socket_path_size(runtime), runtime,
                         SOCKET_DIR_TEMPLATE, SOCKET_NAME);
    if (strpbrk(runtime, ",\"'\\"))
        return error_set(err, ERROR_CONFIG, "cluster.runtime_dir",
                         "must be without comma, quote and backslash, found %s", runtime);
    if (access(runtime, W_OK | X_OK) != 0)
        return error_set(err, ERROR_CONFIG, "cluster.runtime_dir",
                         "user \"%s\" must be able to write in %s, found: %s", user->name, runtime,
                         strerrordesc_np(errno));
    return true;
}

/* The setting must do; the environment of the caller is only a proposal. */
static bool choose_runtime(const struct settings *settings, const struct cluster_user *user,
                           char *out, struct error *err)
{
    const char *chosen = settings_text(settings, SETTING_CLUSTER_RUNTIME_DIR);
    const char *const proposals[] = {environment_text("RUNTIME_DIRECTORY"),
                                     environment_text("XDG_RUNTIME_DIR")};
    const char *runtime = chosen[0] ? chosen : "/tmp";
    for (size_t i = 0; !chosen[0] && i < sizeof proposals / sizeof proposals[0]; i++) {
        if (proposals[i] && proposals[i][0] == '/' && check_runtime(proposals[i], user, NULL)) {
            runtime = proposals[i];
            break;
        }
    }
    if (!check_runtime(runtime, user, err))
        return false;
    snprintf(out, CLUSTER_PATH_SIZE, "%s", runtime);
    return true;
}

bool cluster_paths_choose(const struct settings *settings, const struct cluster_user *user,
                          struct cluster_paths *paths, struct error *err)
{
    char data_dir[CLUSTER_PATH_SIZE];
    if (!choose_runtime(settings, user, paths->runtime, err) ||
        !data_dir_of(settings, user, data_dir, err) || !check_way(data_dir, user, err) ||
        !check_owner(data_dir, user, err))
        return false;
    if (!cluster_paths_join(data_dir, "pg", paths->home, err))
        return false;
    if (mkdir(paths->home, 0700) != 0 && errno != EEXIST)
        return error_errno(err, paths->home, "cannot make the directory", errno);
    return check_owner(paths->home, user, err);
}

bool cluster_paths_make_socket_dir(const struct cluster_paths *paths, char *out, struct error *err)
{
    snprintf(out, CLUSTER_PATH_SIZE, "%.*s%s", CLUSTER_SOCKET_PATH_MAX, paths->runtime,
             SOCKET_DIR_TEMPLATE);
    if (!mkdtemp(out))
        return error_errno(err, out, "cannot make the socket directory", errno);
    return true;
}

void cluster_paths_remove_socket_dir(const char *socket_dir)
{
    const char *name = strrchr(socket_dir, '/');
    char path[CLUSTER_PATH_SIZE];
    if (!name || strncmp(name, SOCKET_DIR_TEMPLATE, sizeof "/heng-" - 1) != 0 ||
        strlen(name) != sizeof SOCKET_DIR_TEMPLATE - 1)
        return;
    snprintf(path, sizeof path, "%.*s%s", CLUSTER_PATH_SIZE / 2, socket_dir, SOCKET_NAME);
    unlink(path);
    snprintf(path, sizeof path, "%.*s%s.lock", CLUSTER_PATH_SIZE / 2, socket_dir, SOCKET_NAME);
    unlink(path);
    rmdir(socket_dir);
}

bool cluster_paths_free_bytes(const char *path, int64_t *out, struct error *err)
{
    struct statvfs status;
    if (statvfs(path, &status) != 0)
        return error_errno(err, path, "cannot ask for the free space", errno);
    *out = (int64_t)(status.f_bavail * status.f_frsize);
    return true;
}

bool cluster_paths_check_free(const char *path, int64_t min_mb, struct error *err)
{
    int64_t free_bytes = 0;
    if (!cluster_paths_free_bytes(path, &free_bytes, err))
        return false;
    int64_t free_mb = free_bytes / (1024 * 1024);
    if (free_mb < min_mb)
        return error_set(err, ERROR_LIMIT, path,
                         "the disk is full: the embedded database needs %lld MB free, found %lld",
                         (long long)min_mb, (long long)free_mb);
    return true;
}
