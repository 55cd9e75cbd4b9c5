/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The service manager's readiness protocol, see sd_notify(3): one datagram to the socket named in
 * NOTIFY_SOCKET. Without that variable nothing is sent. The protocol is advisory, so a failure to
 * send is not an error: the manager has its own deadline.
 */
#ifndef HENG_DAEMON_NOTIFY_H
#define HENG_DAEMON_NOTIFY_H

/* state is "READY=1", "STOPPING=1" or "STATUS=…". */
void notify_send(const char *state);

#endif
