/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Whether a server would take a connection now, without logging in (PQping).
 */
#ifndef HENG_ETL_STORE_PING_H
#define HENG_ETL_STORE_PING_H

enum ping_answer {
    PING_READY,
    PING_REJECTING, /* alive, but starting, recovering or stopping */
    PING_SILENT     /* no answer, or the connection string is wrong */
};

enum ping_answer ping_server(const char *dsn, int timeout_seconds);

#endif
