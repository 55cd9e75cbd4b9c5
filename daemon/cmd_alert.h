/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of `heng alert`: one function per verb, and how an alert is put into words and JSON. */
#ifndef HENG_DAEMON_CMD_ALERT_H
#define HENG_DAEMON_CMD_ALERT_H

#include "daemon/invocation.h"
#include "etl/store/alert_store.h"
#include "models/core/json.h"

enum { CMD_ALERT_ARENA_CAP = 256 * 1024 * 1024, CMD_ALERT_FINDING_SIZE = 512 };

bool cmd_alert_scan(struct invocation *inv, struct error *err);
bool cmd_alert_list(struct invocation *inv, struct error *err);
bool cmd_alert_show(struct invocation *inv, struct error *err);
bool cmd_alert_step(struct invocation *inv, struct error *err);
bool cmd_alert_verify(struct invocation *inv, struct error *err);

/* "+08:00", the zone of a moment written by database_now(). */
const char *cmd_alert_zone(const char *moment);

/* The alert's number in argv[0]. */
ERROR_CHECKED bool cmd_alert_number(const struct invocation *inv, int64_t *alert_id,
                                    struct error *err);

/* A new object; the caller releases it. */
ERROR_CHECKED bool cmd_alert_json(const struct alert *alert, json_t **out, struct error *err);

/* Prints value as one JSON document and releases it; NULL is an error. */
ERROR_CHECKED bool cmd_alert_print(const struct invocation *inv, json_t *value, struct error *err);

/* What was found, in one sentence, into buffer (CMD_ALERT_FINDING_SIZE bytes), returned. */
const char *cmd_alert_finding(const struct alert *alert, bool chinese, char *buffer);

/* The words of the tables that people read. */
const char *cmd_alert_state(const char *state, bool chinese);
const char *cmd_alert_severity(const char *severity, bool chinese);

/* One line of a list. */
void cmd_alert_line(const struct invocation *inv, const struct alert *alert);

#endif
