/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "models/core/text.h"

enum { HOLDER_SIZE = 32 };

bool cluster_lock_open(const char *folder, const char *name, struct cluster_lock *lock,
                       struct error *err)
{
    if (!cluster_paths_join(folder, name, lock->path, err))
        return false;
    lock->file = open(lock->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    return lock->file >= 0 || error_errno(err, lock->path, "cannot open the lock file", errno);
}

/* For messages only, so a failed write is no matter. */
static void note_holder(const struct cluster_lock *lock)
{
    char text[HOLDER_SIZE];
    int size = snprintf(text, sizeof text, "%d\n", (int)getpid());
    if (ftruncate(lock->file, 0) == 0)
        (void)!pwrite(lock->file, text, (size_t)size, 0);
}

bool cluster_lock_try(struct cluster_lock *lock, enum cluster_lock_mode mode, bool *got,
                      struct error *err)
{
    int operation = mode == CLUSTER_LOCK_EXCLUSIVE ? LOCK_EX : LOCK_SH;
    *got = flock(lock->file, operation | LOCK_NB) == 0;
    if (!*got && errno != EWOULDBLOCK && errno != EINTR)
        return error_errno(err, lock->path, "cannot lock", errno);
    if (*got && mode == CLUSTER_LOCK_EXCLUSIVE)
        note_holder(lock);
    return true;
}

pid_t cluster_lock_holder(const struct cluster_lock *lock)
{
    char text[HOLDER_SIZE];
    int64_t holder;
    ssize_t size = pread(lock->file, text, sizeof text, 0);
    if (size <= 1 || !text_to_i64((struct text){text, (size_t)size - 1}, &holder))
        return 0;
    return (pid_t)holder;
}

void cluster_lock_close(struct cluster_lock *lock)
{
    if (lock->file >= 0)
        close(lock->file);
    lock->file = -1;
}
