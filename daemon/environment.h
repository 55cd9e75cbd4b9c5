/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one door to the environment of the process, so that what it can change is found in one
 * search: the settings (all variables named HENG_…) and three variables of the system that propose
 * a place (XDG_DATA_HOME, XDG_RUNTIME_DIR, RUNTIME_DIRECTORY) or name the service manager's socket
 * (NOTIFY_SOCKET).
 */
#ifndef HENG_DAEMON_ENVIRONMENT_H
#define HENG_DAEMON_ENVIRONMENT_H

/* NULL when the variable is not set. The text belongs to the environment. */
const char *environment_text(const char *name);

/* Every "NAME=value", ended by NULL. */
const char *const *environment_all(void);

#endif
