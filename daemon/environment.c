/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/environment.h"

#include <stdlib.h>
#include <unistd.h>

const char *environment_text(const char *name)
{
    return getenv(name);
}

const char *const *environment_all(void)
{
    return (const char *const *)environ;
}
