/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Asked to stop: the first SIGINT or SIGTERM only sets a flag that long work looks at; the second
 * ends the program at once. SIGPIPE is ignored (a broken pipe is a failed write). SIGHUP is noted
 * by those who wait. Signals are a property of the process, so this module is too.
 */
#ifndef HENG_DAEMON_INTERRUPT_H
#define HENG_DAEMON_INTERRUPT_H

#include <stdbool.h>

#include "models/core/error.h"

/* Installs the signal actions; called once, by main(). */
void interrupt_init(void);

bool interrupt_requested(void);

/* False, with kind ERROR_INTERRUPTED, once a stop was asked for. */
ERROR_CHECKED bool interrupt_check(struct error *err);

enum interrupt_event { INTERRUPT_STOP, INTERRUPT_HANGUP, INTERRUPT_CHILD };

/* Waits, in the main thread, for a request to stop, a SIGHUP or the end of a child. */
enum interrupt_event interrupt_wait(void);

#endif
