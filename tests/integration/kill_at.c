/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Preloaded into the program: kills it with SIGKILL just before the call number HENG_KILL_AT of
 * those that change what others see (files, folders, the database connection), or writes the number
 * of such calls to the file HENG_KILL_COUNT names. So every place where a crash could leave half of
 * something is reached, one by one. With HENG_KILL_AFTER calls count once the file of that name is
 * there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

static void count(void)
{
    const char *at = getenv("HENG_KILL_AT");
    const char *after = getenv("HENG_KILL_AFTER");
    if (after && access(after, F_OK) != 0)
        return;
    long number = atomic_fetch_add(&calls, 1) + 1;
    if (at && number == strtol(at, NULL, 10))
        kill(getpid(), SIGKILL);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("HENG_KILL_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", atomic_load(&calls));
        fclose(file);
    }
}

#define REAL(name) ((__typeof__(&(name)))dlsym(RTLD_NEXT, #name))

int renameat(int from_folder, const char *from, int to_folder, const char *to)
{
    count();
    return REAL(renameat)(from_folder, from, to_folder, to);
}

int mkdirat(int folder, const char *path, mode_t mode)
{
    count();
    return REAL(mkdirat)(folder, path, mode);
}

int unlinkat(int folder, const char *path, int flags)
{
    count();
    return REAL(unlinkat)(folder, path, flags);
}

int fsync(int file)
{
    count();
    return REAL(fsync)(file);
}

ssize_t send(int socket, const void *bytes, size_t size, int flags)
{
    count();
    return REAL(send)(socket, bytes, size, flags);
}

ssize_t recv(int socket, void *bytes, size_t size, int flags)
{
    count();
    return REAL(recv)(socket, bytes, size, flags);
}
