/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster_create.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/clock.h"
#include "daemon/cluster_child.h"
#include "daemon/interrupt.h"

enum {
    POLL_MS = 20,
    INITDB_DEADLINE_MS = 600 * 1000,
    STOP_DEADLINE_MS = 30 * 1000,
    OPEN_MAX = 16,
    UNFINISHED_SIZE = CLUSTER_PATH_SIZE + 8
};

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status;
    (void)type;
    (void)place;
    return remove(path);
}

/* What an initdb that was cut off has left. */
static bool remove_tree(const char *path, struct error *err)
{
    if (access(path, F_OK) != 0)
        return true;
    if (nftw(path, remove_entry, OPEN_MAX, FTW_DEPTH | FTW_PHYS) != 0)
        return error_errno(err, path, "cannot remove the unfinished directory", errno);
    return true;
}

static bool wait_for_initdb(const struct cluster_server *server, pid_t child, struct error *err)
{
    int64_t end_ms = clock_monotonic_ms() + INITDB_DEADLINE_MS;
    int status;
    while (cluster_child_look(child, &status) == CLUSTER_CHILD_RUNS) {
        bool late = clock_monotonic_ms() >= end_ms;
        if (late || !interrupt_check(err)) {
            kill(child, SIGTERM);
            (void)cluster_child_wait(child, STOP_DEADLINE_MS, &status);
            return late ? error_set(err, ERROR_UNAVAILABLE, server->data,
                                    "initdb should end within %d s, found it still at work",
                                    INITDB_DEADLINE_MS / 1000)
                        : false;
        }
        clock_sleep_ms(POLL_MS);
    }
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           cluster_server_ended(server, "initdb", status, err);
}

static bool run_initdb(struct cluster_server *server, const struct cluster_binary *binary,
                       const char *folder, struct error *err)
{
    char program[CLUSTER_PATH_SIZE];
    char data[UNFINISHED_SIZE];
    snprintf(program, sizeof program, "%s", binary->initdb);
    snprintf(data, sizeof data, "%s", folder);
    char flag_data[] = "-D";
    char locale[] = "--locale=C.UTF-8"; /* LANG may name a locale that is not installed */
    char encoding[] = "--encoding=UTF8";
    char checksums[] = "--data-checksums";
    char superuser[] = "--username=" CLUSTER_SUPERUSER;
    char access_rule[] = "--auth=peer";
    char brief[] = "--no-instructions";
    char *const argv[] = {program,   flag_data, data,        locale, encoding,
                          checksums, superuser, access_rule, brief,  NULL};
    pid_t child;
    cluster_server_mark_log(server);
    return cluster_child_start(argv, server->log, SIGTERM, &child, err) &&
           wait_for_initdb(server, child, err);
}

static bool sync_folder(const char *path, struct error *err)
{
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0)
        return error_errno(err, path, "cannot open", errno);
    int failure = fsync(folder) == 0 ? 0 : errno;
    close(folder);
    return failure == 0 || error_errno(err, path, "cannot write to disk", failure);
}

static bool write_rules(const char *folder, const char *name, const char *text, struct error *err)
{
    char path[CLUSTER_PATH_SIZE];
    if (!cluster_paths_join(folder, name, path, err))
        return false;
    FILE *file = fopen(path, "we");
    if (!file)
        return error_errno(err, path, "cannot write", errno);
    bool good = fputs(text, file) >= 0 && fflush(file) == 0 && fsync(fileno(file)) == 0;
    int failure = errno;
    good = fclose(file) == 0 && good;
    return good || error_errno(err, path, "cannot write", failure);
}

/* One user of the operating system, by the socket only, as the superuser or as the application. */
static bool write_access(const char *folder, const char *os_user, struct error *err)
{
    char map[CLUSTER_PATH_SIZE];
    snprintf(map, sizeof map, "owner \"%s\" " CLUSTER_SUPERUSER "\nowner \"%s\" heng\n", os_user,
             os_user);
    return write_rules(folder, "pg_hba.conf", "local all all peer map=owner\n", err) &&
           write_rules(folder, "pg_ident.conf", map, err);
}

/* Durable before it is visible, and visible before it is used. */
static bool publish(const char *unfinished, const char *data, const char *home, struct error *err)
{
    if (!sync_folder(unfinished, err))
        return false;
    if (rename(unfinished, data) != 0)
        return error_errno(err, data, "cannot give the new data directory its name", errno);
    return sync_folder(home, err);
}

bool cluster_create_data(struct cluster_server *server, const struct cluster_binary *binary,
                         const char *os_user, struct error *err)
{
    char unfinished[UNFINISHED_SIZE];
    char home[CLUSTER_PATH_SIZE];
    snprintf(unfinished, sizeof unfinished, "%s.tmp", server->data);
    snprintf(home, sizeof home, "%.*s", (int)(strrchr(server->data, '/') - server->data),
             server->data);
    return remove_tree(unfinished, err) && run_initdb(server, binary, unfinished, err) &&
           write_access(unfinished, os_user, err) && publish(unfinished, server->data, home, err);
}
