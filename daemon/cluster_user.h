/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who runs the embedded server: PostgreSQL refuses root, so a process started as root becomes the
 * service user for good; any other process stays what it is.
 */
#ifndef HENG_DAEMON_CLUSTER_USER_H
#define HENG_DAEMON_CLUSTER_USER_H

#include <stdbool.h>
#include <sys/types.h>

#include "daemon/settings.h"
#include "models/core/error.h"

enum { CLUSTER_USER_NAME_SIZE = 64, CLUSTER_USER_HOME_SIZE = 512 };

struct cluster_user {
    char name[CLUSTER_USER_NAME_SIZE];
    char home[CLUSTER_USER_HOME_SIZE];
    uid_t uid;
    gid_t gid;
    bool change;  /* this process is root and must become it */
    bool service; /* it is the service user of the settings */
};

/* The service user for root, else the user of this process. */
ERROR_CHECKED bool cluster_user_find(const struct settings *settings, struct cluster_user *user,
                                     struct error *err);

/* Gives root's rights up, for the whole process, if user->change. */
ERROR_CHECKED bool cluster_user_become(const struct cluster_user *user, struct error *err);

#endif
