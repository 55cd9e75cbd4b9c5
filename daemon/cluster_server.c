/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster_server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/clock.h"
#include "daemon/cluster_child.h"
#include "daemon/interrupt.h"
#include "etl/store/ping.h"
#include "models/core/text.h"

enum {
    POLL_MS = 20,
    FORMER_DEADLINE_MS = 60 * 1000,     /* for a server whose heng was killed to shut down */
    SILENT_DEADLINE_MS = 60 * 1000,     /* for a new server to answer at all */
    RECOVERY_DEADLINE_MS = 3600 * 1000, /* for it to replay its log after a crash */
    FAST_DEADLINE_MS = 60 * 1000,       /* for a fast shutdown, which writes a checkpoint */
    IMMEDIATE_DEADLINE_MS = 30 * 1000,  /* for an immediate one */
    PING_TIMEOUT_SECONDS = 2,
    BUFFERS_MIN_MB = 128,
    BUFFERS_MAX_MB = 512,
    ENDING_SIZE = 64,
    TAIL_SIZE = 400,
    LOG_SIZE_MAX = 8 * 1024 * 1024,
};

void cluster_server_dsn(const char *socket_dir, const char *role, const char *database, char *out)
{
    snprintf(out, CLUSTER_PATH_SIZE, "host='%.*s' port=%d user=%s dbname=%s",
             CLUSTER_SOCKET_PATH_MAX, socket_dir, CLUSTER_PORT, role, database);
}

/* The end of what the log got since log_start, from the beginning of a line. */
static void read_tail(const struct cluster_server *server, char *tail)
{
    tail[0] = '\0';
    int file = open(server->log, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    off_t end = lseek(file, 0, SEEK_END);
    off_t start =
        end - (TAIL_SIZE - 1) > server->log_start ? end - (TAIL_SIZE - 1) : server->log_start;
    ssize_t size = pread(file, tail, TAIL_SIZE - 1, start);
    close(file);
    tail[size > 0 ? size : 0] = '\0';
    char *line = start > server->log_start ? strchr(tail, '\n') : NULL;
    if (line)
        memmove(tail, line + 1, strlen(line));
    for (size_t used = strlen(tail); used > 0 && tail[used - 1] == '\n'; used--)
        tail[used - 1] = '\0';
}

bool cluster_server_ended(const struct cluster_server *server, const char *program, int status,
                          struct error *err)
{
    char tail[TAIL_SIZE];
    char ending[ENDING_SIZE];
    read_tail(server, tail);
    return error_set(err, ERROR_DATABASE, program, "%s; last lines of %s:\n%s",
                     cluster_child_ending(status, ending), server->log, tail);
}

/* One former log is kept. */
static void rotate_log(const struct cluster_server *server)
{
    struct stat status;
    char former[CLUSTER_PATH_SIZE + 8];
    snprintf(former, sizeof former, "%s.1", server->log);
    if (stat(server->log, &status) == 0 && status.st_size > LOG_SIZE_MAX)
        (void)rename(server->log, former);
}

void cluster_server_mark_log(struct cluster_server *server)
{
    struct stat status;
    server->log_start = stat(server->log, &status) == 0 ? status.st_size : 0;
}

bool cluster_server_check(struct cluster_server *server, struct error *err)
{
    int status;
    if (server->process == 0 || cluster_child_look(server->process, &status) == CLUSTER_CHILD_RUNS)
        return true;
    server->process = 0;
    return cluster_server_ended(server, "postgres", status, err);
}

/* The process that postmaster.pid names; 0 when there is no such file. */
static pid_t former_of(const char *pid_file)
{
    FILE *file = fopen(pid_file, "re");
    char line[32];
    if (!file)
        return 0;
    bool good = fgets(line, sizeof line, file) != NULL;
    fclose(file);
    if (!good)
        return 0;
    line[strcspn(line, "\n")] = '\0';
    int64_t process;
    return text_to_i64(text_of(line), &process) && process > 1 ? (pid_t)process : 0;
}

/* A process number may belong to someone else by now. */
static bool is_postgres(pid_t process)
{
    char path[64];
    char name[32] = "";
    snprintf(path, sizeof path, "/proc/%d/comm", (int)process);
    FILE *file = fopen(path, "re");
    if (!file)
        return false;
    bool good = fgets(name, sizeof name, file) != NULL;
    fclose(file);
    return good && strcmp(name, "postgres\n") == 0;
}

/* After kill -9 of heng its server takes a moment to shut down, and a killed server counts as
 * alive until its new parent has collected it; postgres refuses to start meanwhile. */
static bool wait_for_former(const struct cluster_server *server, struct error *err)
{
    char pid_file[CLUSTER_PATH_SIZE];
    int64_t end_ms = clock_monotonic_ms() + FORMER_DEADLINE_MS;
    if (!cluster_paths_join(server->data, "postmaster.pid", pid_file, err))
        return false;
    pid_t former = former_of(pid_file);
    while (former != 0 && is_postgres(former)) {
        if (!interrupt_check(err))
            return false;
        if (clock_monotonic_ms() >= end_ms)
            return error_set(err, ERROR_UNAVAILABLE, server->data,
                             "the former server should have ended within %d s, found process %d "
                             "still there",
                             FORMER_DEADLINE_MS / 1000, (int)former);
        clock_sleep_ms(POLL_MS);
        former = former_of(pid_file);
    }
    /* After a restart of the machine the number may belong to a stranger, whom postgres would take
     * for its predecessor. A number of nobody is left to postgres, which checks more. */
    if (former != 0 && kill(former, 0) == 0)
        unlink(pid_file);
    return true;
}

static int64_t buffers_mb(int64_t chosen_mb)
{
    if (chosen_mb > 0)
        return chosen_mb;
    int64_t memory_mb =
        (int64_t)sysconf(_SC_PHYS_PAGES) / 1024 * (int64_t)sysconf(_SC_PAGESIZE) / 1024;
    int64_t share_mb = memory_mb / 8;
    return share_mb < BUFFERS_MIN_MB   ? BUFFERS_MIN_MB
           : share_mb > BUFFERS_MAX_MB ? BUFFERS_MAX_MB
                                       : share_mb;
}

static bool launch(struct cluster_server *server, const struct cluster_binary *binary,
                   int64_t shared_buffers_mb, struct error *err)
{
    char postgres[CLUSTER_PATH_SIZE];
    char data[CLUSTER_PATH_SIZE];
    char sockets[CLUSTER_PATH_SIZE + 32];
    char buffers[64];
    char port[32];
    snprintf(postgres, sizeof postgres, "%s", binary->postgres);
    snprintf(data, sizeof data, "%s", server->data);
    snprintf(sockets, sizeof sockets, "unix_socket_directories=%s", server->socket_dir);
    snprintf(buffers, sizeof buffers, "shared_buffers=%lldMB",
             (long long)buffers_mb(shared_buffers_mb));
    snprintf(port, sizeof port, "port=%d", CLUSTER_PORT);
    char flag_data[] = "-D";
    char flag[] = "-c";
    char no_tcp[] = "listen_addresses=";
    char mode[] = "unix_socket_permissions=0700";
    char log_to[] = "log_destination=stderr";
    char no_collector[] = "logging_collector=off";
    char zone[] = "timezone=UTC";
    char log_zone[] = "log_timezone=UTC";
    char name[] = "cluster_name=heng";
    char vacuum[] = "autovacuum=on";
    char *const argv[] = {postgres, flag_data, data,         flag,   no_tcp, flag,    sockets,
                          flag,     mode,      flag,         port,   flag,   buffers, flag,
                          log_to,   flag,      no_collector, flag,   zone,   flag,    log_zone,
                          flag,     name,      flag,         vacuum, NULL};
    rotate_log(server);
    cluster_server_mark_log(server);
    return cluster_child_start(argv, server->log, SIGINT, &server->process, err);
}

static bool wait_until_ready(struct cluster_server *server, struct error *err)
{
    char dsn[CLUSTER_PATH_SIZE];
    int64_t start_ms = clock_monotonic_ms();
    cluster_server_dsn(server->socket_dir, CLUSTER_SUPERUSER, "postgres", dsn);
    for (;;) {
        enum ping_answer answer = ping_server(dsn, PING_TIMEOUT_SECONDS);
        int64_t deadline_ms = answer == PING_REJECTING ? RECOVERY_DEADLINE_MS : SILENT_DEADLINE_MS;
        if (answer == PING_READY)
            return true;
        if (!cluster_server_check(server, err) || !interrupt_check(err))
            return false;
        if (clock_monotonic_ms() - start_ms >= deadline_ms)
            return error_set(err, ERROR_UNAVAILABLE, server->data,
                             "the server should be ready within %lld s, found it %s",
                             (long long)deadline_ms / 1000,
                             answer == PING_REJECTING ? "still recovering" : "silent");
        clock_sleep_ms(POLL_MS);
    }
}

bool cluster_server_start(struct cluster_server *server, const struct cluster_binary *binary,
                          int64_t shared_buffers_mb, struct error *err)
{
    if (!wait_for_former(server, err) || !launch(server, binary, shared_buffers_mb, err))
        return false;
    if (wait_until_ready(server, err))
        return true;
    struct error second; /* the first cause is the one to report */
    bool stopped = cluster_server_stop(server, &second);
    (void)stopped;
    return false;
}

bool cluster_server_stop(struct cluster_server *server, struct error *err)
{
    int status;
    if (server->process == 0)
        return true;
    kill(server->process, SIGINT);
    if (!cluster_child_wait(server->process, FAST_DEADLINE_MS, &status)) {
        kill(server->process, SIGQUIT);
        if (!cluster_child_wait(server->process, IMMEDIATE_DEADLINE_MS, &status))
            return error_set(err, ERROR_UNAVAILABLE, server->data,
                             "the server should stop within %d s, found process %d still there",
                             (FAST_DEADLINE_MS + IMMEDIATE_DEADLINE_MS) / 1000,
                             (int)server->process);
    }
    server->process = 0;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    return cluster_server_ended(server, "postgres", status, err);
}
