/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster_user.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool copy(const struct passwd *entry, struct cluster_user *user, struct error *err)
{
    if (strlen(entry->pw_name) >= sizeof user->name || strlen(entry->pw_dir) >= sizeof user->home)
        return error_set(err, ERROR_LIMIT, entry->pw_name,
                         "a user name may have %zu bytes and its home %zu, found %zu and %zu",
                         sizeof user->name - 1, sizeof user->home - 1, strlen(entry->pw_name),
                         strlen(entry->pw_dir));
    snprintf(user->name, sizeof user->name, "%s", entry->pw_name);
    snprintf(user->home, sizeof user->home, "%s", entry->pw_dir);
    user->uid = entry->pw_uid;
    user->gid = entry->pw_gid;
    return true;
}

static bool find_service(const char *name, struct cluster_user *user, struct error *err)
{
    const struct passwd *entry = getpwnam(name);
    if (!entry)
        return error_set(err, ERROR_CONFIG, "cluster.service_user",
                         "started as root, heng must become user \"%s\", which does not exist; "
                         "create it: useradd --system --home-dir /var/lib/heng "
                         "--shell /usr/sbin/nologin %s",
                         name, name);
    if (entry->pw_uid == 0)
        return error_set(err, ERROR_CONFIG, "cluster.service_user",
                         "must be an unprivileged user, found \"%s\" with user number 0", name);
    user->change = true;
    user->service = true;
    return copy(entry, user, err);
}

bool cluster_user_find(const struct settings *settings, struct cluster_user *user,
                       struct error *err)
{
    const char *service = settings_text(settings, SETTING_CLUSTER_SERVICE_USER);
    *user = (struct cluster_user){.change = false};
    if (geteuid() == 0)
        return find_service(service, user, err);
    const struct passwd *entry = getpwuid(geteuid());
    if (!entry)
        return error_set(err, ERROR_CONFIG, NULL,
                         "user number %u has no name; PostgreSQL needs a line in /etc/passwd",
                         (unsigned)geteuid());
    user->service = strcmp(entry->pw_name, service) == 0;
    return copy(entry, user, err);
}

bool cluster_user_become(const struct cluster_user *user, struct error *err)
{
    if (!user->change)
        return true;
    if (setgroups(0, NULL) != 0 || setresgid(user->gid, user->gid, user->gid) != 0 ||
        setresuid(user->uid, user->uid, user->uid) != 0)
        return error_errno(err, user->name, "cannot become this user", errno);
    if (setuid(0) == 0)
        return error_set(err, ERROR_INTERNAL, user->name,
                         "root's rights should be gone after becoming this user, found them kept");
    if (setenv("HOME", user->home, 1) != 0 || setenv("USER", user->name, 1) != 0 ||
        setenv("LOGNAME", user->name, 1) != 0)
        return error_memory(err);
    return true;
}
