/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "daemon/interrupt.h"

#include <assert.h>
#include <signal.h>
#include <stddef.h>

static volatile sig_atomic_t stop_signal;
static volatile sig_atomic_t hangups;
static volatile sig_atomic_t children;

static void note(int signal)
{
    if (signal == SIGHUP)
        hangups = 1;
    else if (signal == SIGCHLD)
        children = 1;
    else
        stop_signal = signal;
}

static void act(int signal, void (*action)(int), int flags)
{
    struct sigaction request = {.sa_handler = action, .sa_flags = flags};
    sigemptyset(&request.sa_mask);
    int failed = sigaction(signal, &request, NULL);
    assert(!failed);
}

void interrupt_init(void)
{
    const int once = (int)(SA_RESTART | SA_RESETHAND);
    act(SIGINT, note, once);
    act(SIGTERM, note, once);
    act(SIGHUP, note, SA_RESTART);
    act(SIGCHLD, note, SA_RESTART | SA_NOCLDSTOP);
    act(SIGPIPE, SIG_IGN, 0);
}

bool interrupt_requested(void)
{
    return stop_signal != 0;
}

bool interrupt_check(struct error *err)
{
    if (!interrupt_requested())
        return true;
    return error_set(err, ERROR_INTERRUPTED, NULL, "stopped on request (%s)",
                     stop_signal == SIGINT ? "SIGINT" : "SIGTERM");
}

enum interrupt_event interrupt_wait(void)
{
    /* Blocked between the test and sigsuspend(), so that no signal is missed. */
    sigset_t watched;
    sigset_t former;
    sigemptyset(&watched);
    sigaddset(&watched, SIGINT);
    sigaddset(&watched, SIGTERM);
    sigaddset(&watched, SIGHUP);
    sigaddset(&watched, SIGCHLD);
    sigprocmask(SIG_BLOCK, &watched, &former);
    while (!stop_signal && !hangups && !children)
        sigsuspend(&former);
    sigprocmask(SIG_SETMASK, &former, NULL);
    if (stop_signal)
        return INTERRUPT_STOP;
    if (hangups) {
        hangups = 0;
        return INTERRUPT_HANGUP;
    }
    children = 0;
    return INTERRUPT_CHILD;
}
