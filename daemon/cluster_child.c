/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/cluster_child.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "daemon/clock.h"

enum { POLL_MS = 10, ENDING_SIZE = 64, EXIT_NO_EXEC = 127, EXIT_ORPHAN = 126 };

/* An ignored signal stays ignored across exec(), a caught one does not. */
static void restore_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void become(char *const *argv, int log, int death_signal, pid_t parent)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";
    char *const environment[] = {locale, path, NULL};
    /* The parent may have ended before the request took effect. */
    if (prctl(PR_SET_PDEATHSIG, death_signal) != 0 || getppid() != parent)
        _exit(EXIT_ORPHAN);
    restore_signals();
    int null = open("/dev/null", O_RDONLY);
    if (null < 0 || setpgid(0, 0) != 0 || chdir("/") != 0 || dup2(null, STDIN_FILENO) < 0 ||
        dup2(log, STDOUT_FILENO) < 0 || dup2(log, STDERR_FILENO) < 0)
        _exit(EXIT_NO_EXEC);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    execve(argv[0], argv, environment);
    _exit(EXIT_NO_EXEC);
}

bool cluster_child_start(char *const *argv, const char *log, int death_signal, pid_t *out,
                         struct error *err)
{
    assert(gettid() == getpid());
    int file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0)
        return error_errno(err, log, "cannot open the log", errno);
    pid_t parent = getpid();
    pid_t child = fork();
    if (child == 0)
        become(argv, file, death_signal, parent);
    int failure = errno;
    close(file);
    if (child < 0)
        return error_errno(err, argv[0], "cannot start", failure);
    *out = child;
    return true;
}

enum cluster_child_state cluster_child_look(pid_t child, int *status)
{
    pid_t ended = waitpid(child, status, WNOHANG);
    return ended == child ? CLUSTER_CHILD_ENDED : CLUSTER_CHILD_RUNS;
}

bool cluster_child_wait(pid_t child, int deadline_ms, int *status)
{
    int64_t end_ms = clock_monotonic_ms() + deadline_ms;
    while (cluster_child_look(child, status) == CLUSTER_CHILD_RUNS) {
        if (clock_monotonic_ms() >= end_ms)
            return false;
        clock_sleep_ms(POLL_MS);
    }
    return true;
}

const char *cluster_child_ending(int status, char *buffer)
{
    if (WIFSIGNALED(status))
        snprintf(buffer, ENDING_SIZE, "was ended by signal %d", WTERMSIG(status));
    else
        snprintf(buffer, ENDING_SIZE, "ended with exit code %d", WEXITSTATUS(status));
    return buffer;
}
