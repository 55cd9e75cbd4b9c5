/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/disk.h"

#include <errno.h>
#include <inttypes.h>
#include <sys/statvfs.h>

enum { MIB = 1024 * 1024 };

bool disk_require(const char *path, uint64_t bytes, struct error *err)
{
    struct statvfs state;
    if (statvfs(path, &state) != 0)
        return error_errno(err, path, "cannot ask for the free space", errno);
    uint64_t found = (uint64_t)state.f_bavail * state.f_frsize;
    return found >= bytes ||
           error_set(err, ERROR_LIMIT, path,
                     "%" PRIu64 " MiB must be free for the database, found %" PRIu64 " MiB",
                     bytes / MIB, found / MIB);
}
